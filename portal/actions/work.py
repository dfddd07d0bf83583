"""The unit of work: one act, one transaction, one audit entry or more, and all their consequences.

`record` appends the event to the audit trail and carries out its CONSEQUENCES. Leaving the block commits all of it or
none. Nobody else commits, audits or sends.

The last entry of a chain holds the fingerprint of every row of the case that the act changed: so a change that no act
made shows (`portal.models.rij`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import InstanceState, InstrumentedAttribute, Session, UOWTransaction, object_session
from sqlalchemy.orm.exc import StaleDataError

from portal import clock
from portal.actions.consequences import CONSEQUENCES
from portal.db.engine import ScopedSession
from portal.domain.errors import AlreadyDecided, NotFound
from portal.domain.events import Event
from portal.domain.keten import GENESIS, RIJEN
from portal.domain.roles import Actor
from portal.models.akkoordvraag import Akkoordvraag
from portal.models.audit import AuditEntry
from portal.models.base import Base
from portal.models.bericht import Bericht
from portal.models.foto import Foto
from portal.models.inkomend import Inkomend
from portal.models.kennisgeving import Kennisgeving
from portal.models.melding import Melding
from portal.models.pauzeverzoek import Pauzeverzoek
from portal.models.rij import ONBEWEZEN, keten_of, rij, vingerafdruk
from portal.models.sealed import sealed_attributes

Row = TypeVar("Row", bound=Base)


_LAST_ENTRY = text("SELECT volgnummer, hash FROM audit_last(:keten)")
"""A schuldeiser adds to the chain of a case without seeing the rest of it."""


_CHAIN_OF_ROW: Mapping[type[Base], InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]] = {
    Pauzeverzoek: Pauzeverzoek.id,
    Kennisgeving: Kennisgeving.verzoek_id,
    Bericht: Bericht.verzoek_id,
    Melding: Melding.verzoek_id,
    Foto: Foto.verzoek_id,
    Inkomend: Inkomend.verzoek_id,
    Akkoordvraag: Akkoordvraag.verzoek_id,
}
"""Rows of a case that acts lock, and where the chain of that case stands in them."""


class WriteOutsideUnit(RuntimeError):
    """A row was to be written without a unit of work."""


class ChangeWithoutEvent(RuntimeError):
    """A row of a case changed and nobody recorded why."""


class Work:
    """What an act has in hand: the session, the actor, the instant, and `record`."""

    def __init__(self, session: ScopedSession, now: datetime) -> None:
        self.session = session
        self.actor = session.actor
        self.now = now
        self._open: dict[UUID, AuditEntry] = {}
        self._changed: dict[str, Any] = {}
        self._last: list[Callable[[], object]] = []

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
        """Append to the audit trail and carry out the consequences.

        Rows are written when a query looks, or at the end: one statement for many of a table.
        """
        self._open[happened.keten] = self._append(happened)
        for consequence in CONSEQUENCES[type(happened)]:
            consequence(self, happened)

    def _append(self, happened: Event) -> AuditEntry:
        """The next entry of its chain. It is stored when another one follows, or at the end with the fingerprints."""
        before = self._open.get(happened.keten)
        if before is None:
            self.lock(happened.keten)
            last = self.session.execute(_LAST_ENTRY, {"keten": happened.keten}).first()
            number, vorige_hash = (last.volgnummer, last.hash) if last else (0, GENESIS)
        else:
            number, vorige_hash = before.volgnummer, self._store(before)
        return AuditEntry(
            keten=happened.keten,
            volgnummer=number + 1,
            at=self.now,
            gebeurtenis=happened.name,
            actor_kind=self.actor.kind,
            actor_id=self.actor.id,
            feiten=happened.facts(),
            vorige_hash=vorige_hash,
        )

    def _store(self, entry: AuditEntry) -> str:
        entry.hash = entry.computed_hash()
        self.session.add(entry)
        return entry.hash

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the act that may fail by itself: then nothing of it is left, and the rest can go on."""
        self.session.flush()
        opened, changed = dict(self._open), dict(self._changed)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            self._open, self._changed = opened, changed
            raise

    def note(self, row: Any) -> None:
        """This row of a case was added, changed or deleted."""
        self._changed[rij(row)] = row

    def at_last(self, act: Callable[[], object]) -> None:
        """Do this when everything of the unit is written: afterwards its actor may see the rows no more."""
        self._last.append(act)

    def close(self) -> None:
        """Store the last entry of each chain, with what the act made of the rows of its case.

        Raises ChangeWithoutEvent when no event tells of a change.
        """
        self.session.flush()
        for name, row in self._changed.items():
            gone = inspect(row).deleted
            if (keten := keten_of(self.session, row)) is None:
                continue
            if keten not in self._open:
                raise ChangeWithoutEvent(name.partition(":")[0])
            self._open[keten].feiten.setdefault(RIJEN, {})[name] = None if gone else vingerafdruk(row)
        for entry in self._open.values():
            self._store(entry)
        self.session.flush()
        for act in self._last:
            act()


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
        work.close()
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
        for row in (*session.new, *changed, *session.deleted):
            if _counts(row):
                work.note(row)


@event.listens_for(Base, "before_delete", propagate=True)
def _note_deleted(mapper: object, connection: object, row: Base) -> None:
    """Also what is deleted because its parent let go of it: that is found only after `before_flush`."""
    session = object_session(row)
    work = session.info.get("work") if session else None
    if isinstance(work, Work) and type(row) in ONBEWEZEN:
        work.note(row)


def _counts(row: object) -> bool:
    """Whether it is a row of a case of which something changes that the trail tells of."""
    unproven = ONBEWEZEN.get(type(row))
    if unproven is None:
        return False
    state: InstanceState[Any] = inspect(row)
    if not state.persistent or state.deleted:
        return True
    sealed = {attribute.column: attribute for attribute in sealed_attributes(type(row))}
    names = (column.key for column in state.mapper.column_attrs if column.key not in unproven)
    changes = ((name, state.attrs[name].history) for name in names)
    return any(
        history.has_changes() and not (name in sealed and sealed[name].is_resealed(row, history.deleted))
        for name, history in changes
    )
