"""Hold every case against the audit trail: it and all that belongs to it are what the events say.

`ONBEWEZEN` names the columns that nothing proves. A test changes every column of these tables, one by one, and finds
exactly those unnoticed.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from portal.domain import events
from portal.domain.feit import as_fact
from portal.domain.herleiding import Kolommen, Rij, derive
from portal.models import (
    Aanmeldbewijs,
    AuditEntry,
    Beantwoording,
    Bericht,
    Brief,
    Dagoverzicht,
    Kennisgeving,
    Pauzeverzoek,
    Poging,
    Schuld,
)

BATCH = 20
"""Cases at a time: each may have some fifteen letters of 60 KB."""

ONBEWEZEN: Mapping[type[Any], frozenset[str]] = {
    # Counters, what only serves searching, a way in; and the explanation of a decision.
    Pauzeverzoek: frozenset({
        "versie", "created_at", "changed_at", "naam_index", "geboorte_index", "email_index", "toegangscode_hash",
        "toelichting_sealed",
    }),
    Schuld: frozenset({"matched_at"}),
    # A hand-over that was begun and has no outcome yet; whether somebody looked at the answer; the digest it waits in;
    # whether the Bewijs van aanmelding goes along, which the hash of the mail tells.
    Kennisgeving: frozenset({"attempt_started_at", "antwoord_unread", "dagoverzicht_id"}),
    Bericht: frozenset({"attempt_started_at", "met_bewijs"}),
    Aanmeldbewijs: frozenset({"typeset_at"}),
    Brief: frozenset({"typeset_at"}),
    Beantwoording: frozenset(),
    Poging: frozenset(),
}  # fmt: skip
"""Table → its columns of which the trail does not tell."""

GONE_ON_PURPOSE = (events.ConceptExpired.__name__, events.DossierExpired.__name__)


def fault(session: Session) -> str | None:
    """The first row that is not what the trail says, in words, or None."""
    ids = session.scalars(select(Pauzeverzoek.id).order_by(Pauzeverzoek.id)).all()
    for at in range(0, len(ids), BATCH):
        if (found := next(_faults(session, ids[at : at + BATCH]), None)) is not None:
            return found
        session.expunge_all()
    return next(_outside(session), None)


def _faults(session: Session, ids: Sequence[UUID]) -> Iterator[str]:
    told, rows = _told(session, ids), _rows(session, ids)
    yield from (f"{table} {id} is gone" for table, id in told if (table, id) not in rows)
    for (table, id), row in rows.items():
        if (wrong := _wrong(row, told.get((table, id)))) is not None:
            yield f"{table} {id}: {wrong}"


def _told(session: Session, ids: Sequence[UUID]) -> dict[Rij, Kolommen]:
    """What the chains of these cases tell."""
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.keten.in_(ids)).order_by(AuditEntry.keten, AuditEntry.volgnummer)
    )
    told: dict[Rij, Kolommen] = {}
    for keten, chain in groupby(entries, key=lambda entry: entry.keten):
        told |= derive(keten, chain)
    return told


def _rows(session: Session, ids: Sequence[UUID]) -> dict[Rij, Any]:
    """What there is of these cases."""
    of_case = Kennisgeving.verzoek_id.in_(ids)
    attempts = select(Poging).outerjoin(Kennisgeving, Poging.kennisgeving_id == Kennisgeving.id)
    found: tuple[Select[Any], ...] = (
        select(Pauzeverzoek).where(Pauzeverzoek.id.in_(ids)),
        select(Schuld).where(Schuld.verzoek_id.in_(ids)),
        select(Kennisgeving).where(of_case),
        select(Bericht).where(Bericht.verzoek_id.in_(ids)),
        select(Aanmeldbewijs).where(Aanmeldbewijs.verzoek_id.in_(ids)),
        select(Brief).join(Kennisgeving, Kennisgeving.id == Brief.id).where(of_case),
        select(Beantwoording).join(Kennisgeving, Kennisgeving.id == Beantwoording.kennisgeving_id).where(of_case),
        attempts.outerjoin(Bericht, Poging.bericht_id == Bericht.id).where(or_(of_case, Bericht.verzoek_id.in_(ids))),
    )
    rows = (row for statement in found for row in session.scalars(statement.order_by(*_key(statement))))
    return {(row.__tablename__, str(row.id)): row for row in rows}


def _key(statement: Select[Any]) -> tuple[ColumnElement[Any], ...]:
    return (statement.column_descriptions[0]["entity"].id,)


def _wrong(row: Any, told: Kolommen | None) -> str | None:
    if told is None:
        return "nothing in the trail tells of it"
    for name, value in told.items():
        if hasattr(type(row), name) and _fact(row, name) != value:
            return f"its {name} is not what the trail says"
    return None if _fact(row, "is_intact") in (None, True) else "its words were changed"


def _fact(row: Any, name: str) -> Any:
    """A value in the form in which the trail has it; False for one that does not open any more."""
    try:
        return as_fact(getattr(row, name, None))
    except (InvalidTag, KeyError, ValueError):
        return False


def _outside(session: Session) -> Iterator[str]:
    """What belongs to no case that is there, and cases that went without a word."""
    of_message = or_(
        exists().where(Kennisgeving.id == Poging.kennisgeving_id),
        exists().where(Bericht.id == Poging.bericht_id),
        exists().where(Dagoverzicht.id == Poging.dagoverzicht_id),
    )
    parents: tuple[tuple[type[Any], ColumnElement[bool]], ...] = (
        (Schuld, exists().where(Pauzeverzoek.id == Schuld.verzoek_id)),
        (Kennisgeving, exists().where(Pauzeverzoek.id == Kennisgeving.verzoek_id)),
        (Bericht, exists().where(Pauzeverzoek.id == Bericht.verzoek_id)),
        (Aanmeldbewijs, exists().where(Pauzeverzoek.id == Aanmeldbewijs.verzoek_id)),
        (Brief, exists().where(Kennisgeving.id == Brief.id)),
        (Beantwoording, exists().where(Kennisgeving.id == Beantwoording.kennisgeving_id)),
        (Poging, of_message),
    )
    for model, parent in parents:
        for id in session.scalars(select(model.id).where(~parent).order_by(model.id).limit(1)):
            yield f"{model.__tablename__} {id}: it belongs to no case"
    yield from (f"pauzeverzoek {id} is gone" for id in session.scalars(_gone()))


def _gone() -> Select[UUID]:
    later = aliased(AuditEntry)
    told = exists().where(later.keten == AuditEntry.keten, later.gebeurtenis.in_(GONE_ON_PURPOSE))
    there = exists().where(Pauzeverzoek.id == AuditEntry.keten)
    begun = AuditEntry.gebeurtenis == events.PauzeverzoekStarted.__name__
    return select(AuditEntry.keten).where(begun, ~there, ~told).order_by(AuditEntry.keten).limit(1)
