"""The schema: brought to its newest version by its owner, then handed to the application's role.

The owner is the login of DATABASE_OWNER_URL; web and worker log in with DATABASE_URL and take the role `portal_app`.
"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, create_engine, make_url, text

from portal.db.engine import APP_ROLE

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"

_LOCK = 7285_2027
"""Advisory lock: two `portal migrate` at once wait for each other."""


def migrate(owner_url: str, app_url: str, revision: str = "head") -> None:
    """Bring the schema to a revision and let the login of `app_url` take the application's role."""
    with _owner(owner_url).connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        try:
            _ensure_role(connection, make_url(app_url).username)
            connection.commit()
            command.upgrade(_config(connection), revision)
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
            connection.commit()


def downgrade(owner_url: str, revision: str) -> None:
    """Take the schema back to a revision ('base' = nothing left)."""
    with _owner(owner_url).connect() as connection:
        command.downgrade(_config(connection), revision)


def head() -> str:
    """The newest revision that this code knows."""
    newest = ScriptDirectory.from_config(_config(None)).get_current_head()
    if newest is None:
        raise RuntimeError("no migrations found")
    return newest


def current(connection: Connection) -> str | None:
    """The revision of a database."""
    return MigrationContext.configure(connection).get_current_revision()


def autogenerate(owner_url: str, message: str, revision: str) -> None:
    """Write the next migration from the difference between the models and a database at head."""
    with _owner(owner_url).connect() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=revision)


def _owner(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 5})


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    return config


def _ensure_role(connection: Connection, login: str | None) -> None:
    """Roles are of the whole server, so they cannot be part of a migration of one database."""
    exists = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": APP_ROLE})
    if not exists:
        connection.execute(text(f"CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS"))
    if login is None:
        login = connection.scalar(text("SELECT session_user"))
    member = connection.scalar(
        text("SELECT pg_has_role(oid, :role, 'MEMBER') FROM pg_roles WHERE rolname = :login"),
        {"role": APP_ROLE, "login": login},
    )
    if not member:
        quoted = connection.dialect.identifier_preparer.quote(str(login))
        connection.execute(text(f"GRANT {APP_ROLE} TO {quoted}"))
