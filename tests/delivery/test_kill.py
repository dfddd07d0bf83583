"""kill -9 of real workers in the middle of sending: everything arrives, nothing is lost, a repeat is recognisable."""

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.db.engine import Database
from portal.domain.roles import Actor
from portal.domain.status import Verzendstatus
from portal.models import AuditEntry, Kennisgeving
from portal.queries.audit import verify
from tests.conftest import Server
from tests.given import Given, Schuldregel
from tests.mailserver import MailServer
from tests.workers import Worker

pytestmark = pytest.mark.ops

PEOPLE, SCHULDEISERS, KILLS = 10, 20, 20
AT_WORK = 3  # while one is killed another works and a third is still starting
QUICK = {"WORKER_CONCURRENCY": "4", "WORKER_HEARTBEAT_SECONDS": "1", "WORKER_STALLED_SECONDS": "3"}


@pytest.fixture
def messages(database: Database) -> dict[str, str]:
    """200 issued Kennisgevingen: Message-ID → the one address that it is for."""
    given = Given(database)
    parties = [given.schuldeiser(f"Schuldeiser {number:02}") for number in range(SCHULDEISERS)]
    for _ in range(PEOPLE):
        given.approved([Schuldregel("Iemand", {party: f"K{number}" for number, party in enumerate(parties)})])
    with database.session(Actor.systeem()) as session:
        return {each.message_id: each.aan for each in session.scalars(select(Kennisgeving))}


def wait_until(done: Callable[[], bool], seconds: float, log: Path) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
        time.sleep(0.01)


def test_two_hundred_messages_survive_twenty_kills(database: Database, server: Server, messages, tmp_path: Path):
    assert len(messages) == PEOPLE * SCHULDEISERS
    log = tmp_path / "worker.log"
    chance = random.Random(2027)
    # Slow enough to be killed in every stage: before, during and after the answer of the mail server.
    with MailServer(data_delay=0.06) as mail:
        workers = [Worker(server, mail.port, log, **QUICK) for _ in range(AT_WORK)]
        try:
            for kill in range(1, KILLS + 1):
                enough = kill * len(messages) // (KILLS + 2)
                wait_until(lambda enough=enough: arrived(mail, messages) >= enough, 90, log)
                time.sleep(chance.uniform(0, 0.12))
                workers.pop(0).kill()
                workers.append(Worker(server, mail.port, log, **QUICK))
            assert still_waiting(database) > 0, "the kills came too late to prove anything"
            wait_until(lambda: still_waiting(database) == 0, 90, log)
            assert workers[0].stop() == 0  # the others may still be starting
        finally:
            for worker in workers:
                worker.kill()

    got = [received for received in mail.received if received.message_id in messages]
    times = Counter(received.message_id for received in got)
    repeats, most = len(got) - len(times), max(times.values())
    print(f"\n{len(times)} messages, {KILLS} kills, {repeats} repeats, at most {most} times each")
    assert set(times) == set(messages)
    assert all(received.envelope_to == [messages[received.message_id]] for received in got)
    assert len({received.content for received in got}) == len(messages), "a repeat differs from the first"
    assert len({received.envelope_from for received in got}) == len(messages)
    assert handovers(database) == len(messages)
    assert verify(database).ok


def arrived(mail: MailServer, messages: dict[str, str]) -> int:
    return len({received.message_id for received in mail.received} & messages.keys())


def still_waiting(database: Database) -> int:
    with database.session(Actor.systeem()) as session:
        return session.scalar(
            select(func.count()).select_from(Kennisgeving).where(Kennisgeving.status == Verzendstatus.KLAAR)
        )


def handovers(database: Database) -> int:
    with database.session(Actor.systeem()) as session:
        return session.scalar(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.gebeurtenis == "KennisgevingHandedOver")
        )
