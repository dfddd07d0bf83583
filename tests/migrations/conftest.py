"""A database for each test of the migrations."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, NullPool, create_engine

from tests.conftest import Server


class Fresh:
    """An empty database with the addresses of its owner and of its application."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.name = f"proef_{uuid4().hex[:8]}"
        self.owner_url, self.app_url = server.new_database(self.name)

    def owner(self) -> Any:
        """A superuser's psycopg connection."""
        return self.server.owner(self.name)

    def connect(self) -> Connection:
        return create_engine(self.owner_url, poolclass=NullPool).connect()


@pytest.fixture
def fresh(server: Server) -> Fresh:
    return Fresh(server)


@pytest.fixture
def shape() -> Callable[[Any], dict[str, list[Any]]]:
    """Everything in a database that a migration could leave behind, by kind."""
    return _shape


def _shape(connection: Any) -> dict[str, list[Any]]:
    public = "'public'::regnamespace"
    questions = {
        "relations": "SELECT relname, relkind, relrowsecurity, relforcerowsecurity,"
        " (SELECT array_agg(privilege_type ORDER BY 1) FROM aclexplode(relacl) WHERE grantee = 'portal_app'::regrole)"
        f" FROM pg_class WHERE relnamespace = {public} AND relname NOT LIKE 'alembic_version%%' ORDER BY 1",
        "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default"
        " FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY 1, 2",
        "constraints": f"SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        f" WHERE connamespace = {public} AND conrelid::regclass::text <> 'alembic_version' ORDER BY 1, 2",
        "policies": "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2",
        "functions": f"SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = {public} ORDER BY 1",
        "triggers": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
        "types": f"SELECT typname FROM pg_type WHERE typnamespace = {public} AND typtype = 'e' ORDER BY 1",
        "extensions": "SELECT extname FROM pg_extension ORDER BY 1",
    }
    return {kind: connection.execute(question).fetchall() for kind, question in questions.items()}
