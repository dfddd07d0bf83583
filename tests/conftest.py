"""What every test may ask for: a PostgreSQL of its own, the portal's database as the application sees it, and a clock.

Tests commit for real and the tables are emptied afterwards. Savepoints would not do: every transaction starts READ ONLY
and a unit of work opens its own.
"""

import gc
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import psycopg
import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from psycopg import sql

from portal.clock import NEDERLAND
from portal.db.embedded import EmbeddedPostgres
from portal.db.engine import Adressen, Database
from portal.db.migrate import migrate
from portal.models.sealed import Keyring, keyring, use_keyring
from tests.given import Given

settings.register_profile("portal", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "nacht",
    parent=settings.get_profile("portal"),
    derandomize=False,
    max_examples=3000,
    stateful_step_count=60,
    phases=(Phase.generate,),
    print_blob=True,
)
settings.load_profile("portal")

ADRESSEN = Adressen(
    base_url="https://pauzeknop.example",
    mail_from="portaal@pauzeknop.example",
    envelope_domain="bounce.pauzeknop.example",
)
KEYRING = Keyring(keys={1: bytes(range(32))}, index_key=bytes(range(32, 64)))
KEPT = ("alembic_version", "gemeente")
"""Tables that the migrations fill."""

FIRST_DAY = date(2027, 2, 1)
"""A Monday; the day of every test that does not set another."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """A folder for this run alone. pytest's own, shared by all runs of a user, is closed to others at each new start:
    as root the databases of a run that is under way belong to such an other.
    """
    if config.option.basetemp is None and not hasattr(config, "workerinput"):
        config.option.basetemp = tempfile.mkdtemp(prefix="pauzeknop-")


def pytest_collection_finish() -> None:
    """Thousands of collected tests live until the end: the collector need not look at them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """What is left of a good run is thrown away; of a bad one it may be looked at."""
    basetemp = Path(session.config.option.basetemp)
    if exitstatus == pytest.ExitCode.OK and not hasattr(session.config, "workerinput"):
        shutil.rmtree(basetemp, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Server:
    """An embedded PostgreSQL. `owner_url` and `app_url` lead to the migrated database `portal`."""

    owner_url: str
    app_url: str

    def owner(self, database: str = "portal") -> psycopg.Connection[tuple[object, ...]]:
        """A superuser's connection: past row-level security, triggers and read-only transactions."""
        return psycopg.connect(self._libpq(self.owner_url, database), autocommit=True)

    def new_database(self, name: str, template: str | None = None) -> tuple[str, str]:
        """Make a database, empty or as a copy; returns its owner's and its application's address."""
        with self.owner("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            copy = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copy)
        return self._for(self.owner_url, name), self._for(self.app_url, name)

    @staticmethod
    def _for(url: str, database: str) -> str:
        return url.replace("/portal?", f"/{database}?")

    @classmethod
    def _libpq(cls, url: str, database: str) -> str:
        return cls._for(url, database).replace("+psycopg", "", 1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One PostgreSQL per test process, migrated, without the waits that only matter after a power cut."""
    embedded = EmbeddedPostgres(tmp_path_factory.mktemp("postgres") / "data")
    embedded.start()
    try:
        made = Server(embedded.owner_url, embedded.app_url)
        with made.owner("postgres") as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("ALTER SYSTEM SET lock_timeout = '20s'")  # a test that waits for ever fails instead
            connection.execute("SELECT pg_reload_conf()")
        migrate(made.owner_url, made.app_url)
        yield made
    finally:
        embedded.stop()


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    use_keyring(KEYRING)


@pytest.fixture
def keys() -> Iterator[Keyring]:
    """The key ring of the tests; whatever a test puts in its place is taken out again."""
    yield keyring()
    use_keyring(KEYRING)


@pytest.fixture(scope="session")
def _engine(server: Server) -> Iterator[Database]:
    opened = Database(server.app_url, ADRESSEN, pool_size=10)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def _owner(server: Server) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with server.owner() as connection:
        yield connection


@pytest.fixture
def database(_engine: Database, _owner: psycopg.Connection[tuple[object, ...]]) -> Iterator[Database]:
    """The portal's database through a login that is no superuser, so that row-level security bites. Emptied after."""
    yield _engine
    empty(_owner)


@pytest.fixture
def owner(database: Database, _owner: psycopg.Connection[tuple[object, ...]]) -> psycopg.Connection[tuple[object, ...]]:
    """The superuser's view of the same database: to count rows, or to tamper."""
    return _owner


def empty(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Delete every row but those of KEPT. DELETE, because TRUNCATE is slower on many small tables; all in one message,
    because the way there and back costs more than the work.
    """
    names = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND relname <> ALL (%s)",
        [list(KEPT)],
    ).fetchall()
    deletes = [sql.SQL("DELETE FROM {};").format(sql.Identifier(str(name))) for (name,) in names]
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
        connection.execute(sql.SQL(" ").join(deletes))


class Clock:
    """Sets what `portal.clock` says. Time runs on from there."""

    def __init__(self) -> None:
        self._travel: time_machine.travel | None = None

    def set(self, day: date, hour: int = 10, minute: int = 0, second: int = 0) -> None:
        """A moment by the clock in the Netherlands."""
        self.set_instant(datetime.combine(day, time(hour, minute, second), NEDERLAND))

    def set_instant(self, instant: datetime) -> None:
        self.release()
        self._travel = time_machine.travel(instant, tick=True)
        self._travel.start()

    def release(self) -> None:
        """Back to the real time."""
        if self._travel is not None:
            self._travel.stop()
            self._travel = None


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that stands at ten in the morning of FIRST_DAY until a test sets it."""
    made = Clock()
    made.set(FIRST_DAY)
    yield made
    made.release()


@pytest.fixture
def given(database: Database, clock: Clock) -> Given:
    """Builders that reach every state through the real acts, with one organisatie that works for two gemeenten."""
    return Given(database)
