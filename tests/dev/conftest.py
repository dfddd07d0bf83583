"""Demonstration worlds, each in a database of its own and made at a set instant, so that no test depends on the day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from config.parsers import EncryptionKey
from config.settings import Settings
from portal import clock
from portal.db.engine import Database
from portal.db.migrate import migrate
from portal.dev.seed import seed
from portal.models.sealed import keyring
from portal.process import start

MONDAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class World:
    """A database with the demonstration world, and the instant at which it was made."""

    settings: Settings
    made_at: datetime
    database: Database

    @property
    def postvak(self) -> Path:
        return self.settings.portal_instance / "postvak"


def instant(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.NEDERLAND)


@pytest.fixture(scope="session")
def empty_world(server, tmp_path_factory) -> Callable[[str], Settings]:
    """Makes the settings of a migrated, empty database. The key ring is that of the other tests: it is per process."""

    def make(name: str) -> Settings:
        owner_url, app_url = server.new_database(name)
        migrate(owner_url, app_url)
        keys = tuple(EncryptionKey(number, key) for number, key in keyring().keys.items())
        environ = {"PORTAL_ENV": "development", "PORTAL_INSTANCE": str(tmp_path_factory.mktemp(name))}
        return replace(
            Settings.from_environ(environ),
            database_url=app_url,
            database_owner_url=owner_url,
            encryption_keys=keys,
            index_key=keyring().index_key,
        )

    return make


@pytest.fixture(scope="session")
def world(empty_world):
    """The world as it is on a Monday in November 2026."""
    settings = empty_world("wereld")
    with clock.at(instant(MONDAY)):
        seed(settings)
    database = start(settings)
    yield World(settings, instant(MONDAY), database)
    database.dispose()
