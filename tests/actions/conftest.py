"""What the tests of the acts share."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from portal import clock
from portal.actions.work import Work, unit_of_work
from portal.domain.roles import Actor
from portal.queries import dossier
from portal.queries.vervolg import Zaakstand
from tests.given import Given

pytest.register_assert_rewrite("tests.actions.tafel")

Owner = psycopg.Connection[tuple[Any, ...]]


class Counted:
    """Counts rows as the superuser: past row-level security, so nothing hides."""

    def __init__(self, owner: Owner) -> None:
        self.owner = owner

    def rows(self, table: str, where: str = "true", *values: Any) -> int:
        found = self.owner.execute(f"SELECT count(*) FROM {table} WHERE {where}", values).fetchone()
        assert found is not None
        return int(found[0])

    def events(self, keten: UUID, name: str) -> int:
        return self.rows("audit", "keten = %s AND gebeurtenis = %s", keten, name)

    def names(self, keten: UUID) -> list[str]:
        """The events of a chain, in order."""
        rows = self.owner.execute("SELECT gebeurtenis FROM audit WHERE keten = %s ORDER BY volgnummer", [keten])
        return [str(name) for (name,) in rows]

    def jobs(self, task: str) -> list[str]:
        """The ids in the jobs of a task."""
        rows = self.owner.execute("SELECT args ->> 'id' FROM procrastinate_jobs WHERE task_name = %s", [task])
        return [str(id) for (id,) in rows]

    def everything(self) -> dict[str, int]:
        """The number of rows in every table that a decision could touch."""
        tables = ("audit", "bericht", "kennisgeving", "procrastinate_jobs", "poging", "aanvulling", "toestemming")
        return {table: self.rows(table) for table in tables}


def stand_of(given: Given, id: UUID) -> Zaakstand:
    """A case that was approved, as the page of what follows reads it."""
    with given.session(given.actor) as session:
        return Zaakstand(
            verzoek=dossier.load(session, id),
            issued=dossier.kennisgevingen(session, id),
            contactpersoon="Anna de Boer",
            today=clock.today(),
        )


@pytest.fixture
def count(owner: Owner) -> Counted:
    return Counted(owner)


def at_once(times: int, act: Callable[[int], Any]) -> tuple[list[Any], list[Exception]]:
    """Do it `times` times in as many threads; returns what came back and what was raised."""
    results, errors = [], []
    with ThreadPoolExecutor(times) as threads:
        for future in [threads.submit(act, number) for number in range(times)]:
            error = future.exception()
            if isinstance(error, Exception):
                errors.append(error)
            else:
                results.append(future.result())
    return results, errors


@contextmanager
def busy(given: Given, id: UUID, actor: Actor | None = None) -> Iterator[Work]:
    """Somebody is at work in this chain: the portal itself, unless told otherwise."""
    actor = actor or Actor.systeem()
    with given.session(actor) as session, unit_of_work(session, actor) as work:
        work.lock(id)
        yield work


Queue = Callable[[Callable[[], Any]], "Future[Any]"]


@pytest.fixture
def queue(owner: Owner) -> Iterator[Queue]:
    """Begin an act that has to wait for a chain, and go on once it waits."""
    with ThreadPoolExecutor(2) as threads:

        def begin(act: Callable[[], Any]) -> "Future[Any]":
            before = _waiting(owner)
            begun, until = threads.submit(act), time.monotonic() + 10
            while _waiting(owner) == before:
                if begun.done() or time.monotonic() > until:
                    pytest.fail("nobody waited")
                time.sleep(0.01)
            return begun

        yield begin


def _waiting(owner: Owner) -> Any:
    return owner.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone()


def facts(owner: Owner, id: UUID, name: str, *fields: str) -> list[tuple[Any, ...]]:
    """Fields of every event of a kind in a chain, in order."""
    rows = owner.execute(
        "SELECT feiten FROM audit WHERE keten = %s AND gebeurtenis = %s ORDER BY volgnummer", [id, name]
    )
    return [tuple(row[field] for field in fields) for (row,) in rows]


def days_from(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
