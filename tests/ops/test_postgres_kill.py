"""PostgreSQL is killed with -9 while people submit: what was confirmed is there, what was not is not half there."""

import os
import random
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from uuid import UUID

import psutil
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from portal.actions import hulpvrager
from portal.db.embedded import EmbeddedPostgres
from portal.db.engine import Database
from portal.db.migrate import migrate
from portal.domain.roles import Actor
from portal.domain.status import Status
from portal.models import AuditEntry, Bericht, BerichtSoort, Pauzeverzoek
from portal.queries.audit import verify
from tests.conftest import ADRESSEN
from tests.given import Given

pytestmark = pytest.mark.ops

ROUNDS = 5
PEOPLE = 24
AT_ONCE = 4


@dataclass
class Killable:
    """A PostgreSQL that waits for the disk as in production, and the portal's database on it."""

    server: EmbeddedPostgres
    database: Database

    def kill(self) -> None:
        assert self.server.process is not None
        pid = self.server.process.pid
        for victim in [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        self.server.process.wait()

    def restart(self) -> None:
        self.server.stop()
        self.server.start()


@pytest.fixture
def killable(tmp_path: Path) -> Iterator[Killable]:
    server = EmbeddedPostgres(tmp_path / "postgres")
    server.start()
    migrate(server.owner_url, server.app_url)
    database = Database(server.app_url, ADRESSEN, pool_size=AT_ONCE)
    yield Killable(server, database)
    database.dispose()
    server.stop()


def test_what_was_confirmed_survives_and_nothing_is_half_there(killable: Killable):
    given = Given(killable.database)
    _ = given.organisatie_id
    confirmed_in_all = lost_in_all = 0
    chance = random.Random(20270201)
    for _round in range(ROUNDS):
        concepts = [given.concept() for _ in range(PEOPLE)]
        confirmed = submit_until_killed(killable, concepts, kill_after=chance.randint(3, PEOPLE - 8))
        killable.restart()
        for id in concepts:
            assert traces(killable.database, id) in (NOTHING, EVERYTHING), id
        assert all(traces(killable.database, id) == EVERYTHING for id in confirmed)
        assert verify(killable.database).ok
        confirmed_in_all += len(confirmed)
        lost_in_all += PEOPLE - len(confirmed)
    assert confirmed_in_all
    assert lost_in_all
    print(
        f"{ROUNDS} kills: {confirmed_in_all} confirmed and all there, {lost_in_all} not confirmed and none half there"
    )


def submit_until_killed(killable: Killable, concepts: list[UUID], kill_after: int) -> list[UUID]:
    """Submit all, some at once; the server dies when `kill_after` are confirmed. Returns the confirmed ones."""
    confirmed: list[UUID] = []
    todo, reached = SimpleQueue[UUID](), threading.Event()
    for concept in concepts:
        todo.put(concept)

    def submit(id: UUID) -> None:
        with killable.database.session(Actor.hulpvrager(id)) as session:
            hulpvrager.submit(session, Actor.hulpvrager(id))
        confirmed.append(id)
        if len(confirmed) >= kill_after:
            reached.set()

    def submit_next() -> None:
        with suppress(Empty, DBAPIError):
            while True:
                submit(todo.get_nowait())

    threads = [threading.Thread(target=submit_next) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    assert reached.wait(60)
    killable.kill()
    for thread in threads:
        thread.join(60)
    return confirmed


@dataclass(frozen=True)
class Traces:
    """What one submit leaves: the status, its audit entry, the confirmation and the job that mails it."""

    submitted: bool
    events: int
    berichten: int
    jobs: int


NOTHING, EVERYTHING = Traces(False, 0, 0, 0), Traces(True, 1, 1, 1)


def traces(database: Database, id: UUID) -> Traces:
    with database.session(Actor.systeem()) as session:
        status = session.scalar(select(Pauzeverzoek.status).where(Pauzeverzoek.id == id))
        events = session.scalar(
            select(func.count()).where(AuditEntry.keten == id, AuditEntry.gebeurtenis == "PauzeverzoekSubmitted")
        )
        berichten = session.scalars(
            select(Bericht.id).where(Bericht.verzoek_id == id, Bericht.soort == BerichtSoort.ONTVANGEN)
        ).all()
        jobs = session.scalar(
            text("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'id' = ANY (:ids)"),
            {"ids": [str(bericht) for bericht in berichten]},
        )
    return Traces(status is Status.INGEDIEND, events or 0, len(berichten), jobs or 0)
