"""The unit of work: one act, one transaction, one audit entry or more, and all their consequences.

`record` appends the event to the audit trail and carries out its CONSEQUENCES. Leaving the block commits all of it or
none. Nobody else commits, audits or sends.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import InstanceState, InstrumentedAttribute, Session, UOWTransaction
from sqlalchemy.orm.exc import StaleDataError

from portal import clock
from portal.actions.consequences import CONSEQUENCES
from portal.db.engine import ScopedSession
from portal.domain.errors import AlreadyDecided, NotFound
from portal.domain.events import Event
from portal.domain.keten import GENESIS
from portal.domain.roles import Actor
from portal.models.audit import AuditEntry
from portal.models.base import Base
from portal.models.bericht import Bericht
from portal.models.frozen import Frozen
from portal.models.kennisgeving import Kennisgeving
from portal.models.melding import Melding
from portal.models.pauzeverzoek import Pauzeverzoek

Row = TypeVar("Row", bound=Base)


_LAST_ENTRY = text("SELECT volgnummer, hash FROM audit_last(:keten)")
"""A schuldeiser adds to the chain of a case without seeing the rest of it."""


_CHAIN_OF_ROW: Mapping[type[Base], InstrumentedAttribute[UUID]] = {
    Pauzeverzoek: Pauzeverzoek.id,
    Kennisgeving: Kennisgeving.verzoek_id,
    Bericht: Bericht.verzoek_id,
    Melding: Melding.verzoek_id,
}
"""Rows of a case that acts lock, and where the chain of that case stands in them."""


class WriteOutsideUnit(RuntimeError):
    """A row was to be written without a unit of work."""


class StatusWithoutEvent(RuntimeError):
    """A status changed and nobody recorded why."""


class Work:
    """What an act has in hand: the session, the actor, the instant, and `record`."""

    def __init__(self, session: ScopedSession, now: datetime) -> None:
        self.session = session
        self.actor = session.actor
        self.now = now
        self.recorded: set[UUID] = set()
        self.moved: set[UUID] = set()

    def load_for_update(self, model: type[Row], id: UUID, *options: Any) -> Row:
        """The row, locked until the end of the unit. Raises NotFound when it is not there for this actor.

        Of a case the chain is locked before the row: two acts that take both, each in its own order, would wait for
        each other until the database ends one of them.
        """
        if (keten := self._chain_of(model, id)) is not None:
            self.lock(keten)
        row = self.session.get(model, id, with_for_update={"of": model}, populate_existing=True, options=options)
        if row is None:
            raise NotFound(f"{model.__name__} {id}")
        return row

    def _chain_of(self, model: type[Row], id: UUID) -> UUID | None:
        column = _CHAIN_OF_ROW.get(model)
        return None if column is None else self.session.scalar(select(column).where(column.class_.id == id))

    def add(self, row: Base) -> None:
        self.session.add(row)

    def lock(self, keten: UUID) -> None:
        """Wait for whoever writes in this chain now. It ends with the transaction."""
        self.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:keten, 0))"), {"keten": str(keten)})

    def record(self, happened: Event) -> None:
        """Append to the audit trail and carry out the consequences."""
        self._append(happened)
        self.recorded.add(happened.keten)
        for consequence in CONSEQUENCES[type(happened)]:
            consequence(self, happened)

    def _append(self, happened: Event) -> None:
        self.session.flush()
        self.lock(happened.keten)
        last = self.session.execute(_LAST_ENTRY, {"keten": happened.keten}).first()
        entry = AuditEntry(
            keten=happened.keten,
            volgnummer=last.volgnummer + 1 if last else 1,
            at=self.now,
            gebeurtenis=happened.name,
            actor_kind=self.actor.kind,
            actor_id=self.actor.id,
            feiten=happened.facts(),
            vorige_hash=last.hash if last else GENESIS,
        )
        entry.hash = entry.computed_hash()
        self.session.add(entry)
        self.session.flush()

    def check(self) -> None:
        """Raises StatusWithoutEvent when a status moved that no event tells of."""
        untold = self.moved - self.recorded
        if untold:
            raise StatusWithoutEvent(f"{len(untold)} row(s)")


@contextmanager
def unit_of_work(session: ScopedSession, actor: Actor) -> Iterator[Work]:
    """Open a writing transaction for one act. Raises AlreadyDecided when another act came between."""
    if "work" in session.info:
        raise RuntimeError("units of work do not nest")
    before = session.actor
    session.act_as(actor)
    work = Work(session, clock.now())
    session.info["work"] = work
    try:
        yield work
        session.flush()
        work.check()
        session.commit()
    except StaleDataError as error:
        session.rollback()
        raise AlreadyDecided(str(error)) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info["work"]
        session.info["actor"] = before  # the rights of the act end with it


@event.listens_for(ScopedSession, "before_flush")
def _guard(session: Session, context: UOWTransaction, instances: object) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    if not (changed or session.new or session.deleted):
        return
    work = session.info.get("work")
    if work is None:
        raise WriteOutsideUnit(", ".join(sorted({type(row).__name__ for row in session.identity_map.values()})))
    if isinstance(work, Work):
        work.moved.update(_moved_chains(changed))


def _moved_chains(rows: list[object]) -> Iterator[UUID]:
    """The chains of the rows whose status changes in this flush."""
    for row in rows:
        if isinstance(row, Pauzeverzoek | Frozen):
            state: InstanceState[Any] = inspect(row)
            if state.attrs["status"].history.has_changes():
                yield row.id if isinstance(row, Pauzeverzoek) else row.keten
