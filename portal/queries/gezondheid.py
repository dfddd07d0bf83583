"""Whether the parts behind a web process are there."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.db import migrate

_LIVE_WORKER = text("""
    SELECT EXISTS (
        SELECT 1 FROM procrastinate_workers WHERE last_heartbeat >= now() - make_interval(secs => :seconds)
    )
""")


@dataclass(frozen=True, slots=True)
class Gereed:
    """What works: the database answers, it has the schema of this code, a worker lives."""

    database: bool
    migratie: bool
    worker: bool

    @property
    def ok(self) -> bool:
        return self.database and self.migratie and self.worker


def readiness(session: Session, stalled_seconds: int) -> Gereed:
    """Look once. A worker that was silent for `stalled_seconds` does not count."""
    migratie = migrate.current(session.connection()) == _head()
    if not migratie:  # the tables of the queue may not be there
        return Gereed(database=True, migratie=False, worker=False)
    return Gereed(database=True, migratie=True, worker=bool(session.scalar(_LIVE_WORKER, {"seconds": stalled_seconds})))


@cache
def _head() -> str:
    """The newest revision is part of the code: read its files once."""
    return migrate.head()
