"""What the watch costs beside more and more running pauses: what is due is done, and the rounds after find nothing.

    .venv/bin/python bench/wacht.py [running pauses ...]

A PostgreSQL of its own in a temporary folder. Without numbers: 8,000 and 80,000. In each world some twelve in a hundred
pauses end within thirty days, of all others the schuldeisers confirmed or are silent already, and a few are new: so the
first rounds have work, as after two weeks without a worker.
"""

import sys
import time
from collections.abc import Callable
from datetime import timedelta

import psycopg
from wereld import Wereld, server, settings

from portal import clock
from portal.actions import bewaking, stilte
from portal.db.engine import Database
from portal.domain.bewaking import Geduld
from portal.domain.status import Status
from portal.process import start

DAYS = (30, 14, 7)
GEDULD = Geduld(antwoord_werkdagen=10, herinnering_werkdagen=5, bellen_werkdagen=5)
NEW = 20
"""Real cases with CREDITORS silent schuldeisers each."""

CREDITORS = 3

SETTLED = """
    UPDATE kennisgeving SET handed_over_at = issued_at WHERE status = 'aangeboden';
    INSERT INTO stilzwijgen (kennisgeving_id, verzoek_id, organisatie_id, schuldeiser_id, stand, sinds)
    SELECT id, verzoek_id, organisatie_id, schuldeiser_id, 'gemeld', start_on FROM kennisgeving
    WHERE hashtext(id::text) % 10 IN (0, 1, 2) ON CONFLICT DO NOTHING;
    UPDATE kennisgeving k SET antwoord = 'bevestigd'
    WHERE NOT EXISTS (SELECT FROM stilzwijgen s WHERE s.kennisgeving_id = k.id);
    ANALYZE
"""
"""Everybody answered, or is on the list already."""


def main(words: list[str]) -> None:
    with server() as started:
        run(started.owner_url, started.app_url, [int(word) for word in words] or [8_000, 80_000])


def run(owner_url: str, app_url: str, sizes: list[int], new: int = NEW) -> None:
    database = start(settings(app_url))
    wereld = Wereld.begin(database, owner_url)
    print(f"{'running pauses':>14}{'announced':>11}{'ms each':>9}{'reminded':>10}{'ms each':>9}{'nothing due, ms':>17}")
    there, before = 0, None
    try:
        for size in sizes:
            wereld.fill(size - there, {Status.GOEDGEKEURD: 1.0})
            there = size
            _execute(owner_url, SETTLED)
            _silent_ones(wereld, new)
            before = _measure(database, size, before)
    finally:
        database.dispose()


def _measure(database: Database, size: int, before: float | None) -> float:
    announced, took = _until_nothing(lambda: bewaking.warn_of_ends(database, DAYS))
    reminded, spent = _until_nothing(lambda: stilte.watch_silence(database, GEDULD))
    _until_nothing(lambda: bewaking.warn_of_terms(database))
    begin = time.perf_counter()
    bewaking.warn_of_terms(database)
    bewaking.warn_of_ends(database, DAYS)
    stilte.watch_silence(database, GEDULD)
    idle = (time.perf_counter() - begin) * 1000
    ratio = f"  x {idle / before:.1f}" if before else ""
    print(
        f"{size:>14,}{announced:>11,}{took / max(announced, 1) * 1000:>9.1f}"
        f"{reminded:>10,}{spent / max(reminded, 1) * 1000:>9.1f}{idle:>17.0f}{ratio}"
    )
    return idle


def _until_nothing(work: Callable[[], int]) -> tuple[int, float]:
    """How much was done, round after round, and in how many seconds."""
    begin, total = time.perf_counter(), 0
    while done := work():
        total += done
    return total, time.perf_counter() - begin


def _silent_ones(wereld: Wereld, count: int) -> None:
    """Cases that were told three weeks ago."""
    with clock.at(clock.now() - timedelta(days=21)):
        for _ in range(count):
            wereld.approve(wereld.ready(CREDITORS))
    _execute(
        wereld.owner_url,
        "UPDATE kennisgeving SET status = 'aangeboden', handed_over_at = issued_at WHERE status = 'klaar'"
        " AND kanaal = 'email' AND antwoord = 'geen_reactie' AND handed_over_at IS NULL",
    )


def _execute(owner_url: str, statements: str) -> None:
    with psycopg.connect(owner_url.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statements)


if __name__ == "__main__":
    main(sys.argv[1:])
