"""Trouble with the database, told in one sentence instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError

from portal.problem import ProblemError

CONNECT_SECONDS = 5


class DatabaseError(ProblemError):
    """The database does not answer, or refuses."""


def require_reachable(url: str) -> None:
    """Raises DatabaseError when there is no answer within CONNECT_SECONDS."""
    with database_errors():
        psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=CONNECT_SECONDS).close()


@contextmanager
def database_errors() -> Iterator[None]:
    """Raises DatabaseError for whatever PostgreSQL or the connection to it refuses inside the block."""
    try:
        yield
    except (psycopg.Error, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        first_line = (str(cause).strip() or type(cause).__name__).splitlines()[0]
        if isinstance(cause, psycopg.OperationalError):
            raise DatabaseError(f"The database of DATABASE_URL cannot be used: {first_line}") from error
        raise DatabaseError(f"The database refused: {first_line}") from error
