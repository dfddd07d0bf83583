"""Hold the rows of every case against the audit trail: each still has the fingerprint of the last act that changed it.

A test changes every column of these tables, one by one, and finds exactly those of `ONBEWEZEN` unnoticed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.domain import events
from portal.domain.keten import RIJEN
from portal.models import AuditEntry, Inkomend, Poging
from portal.models.rij import ONBEWEZEN, rij, vingerafdruk

BATCH = 20
"""Chains at a time: each case may have some fifteen letters of 60 KB."""

GONE_ON_PURPOSE = frozenset(
    kind.__name__ for kind in (events.ConceptDeleted, events.ConceptExpired, events.DossierExpired)
)
"""After these nothing of a case is there."""

OF_A_CASE: Mapping[type[Any], Any] = {
    Inkomend: Inkomend.verzoek_id.is_not(None),
    Poging: or_(Poging.kennisgeving_id.is_not(None), Poging.bericht_id.is_not(None)),
}
"""Tables that hold other rows too."""

Verteld: TypeAlias = dict[str, str | None]
"""Row → its fingerprint, None for one that was deleted."""


def fault(session: Session) -> str | None:
    """The first row that is not what the trail says, in words, or None."""
    ketens = session.scalars(
        select(AuditEntry.keten).where(AuditEntry.volgnummer == 1).order_by(AuditEntry.keten)
    ).all()
    there: Counter[str] = Counter()
    for at in range(0, len(ketens), BATCH):
        told = _told(session, ketens[at : at + BATCH])
        rows = _rows(session, told)
        if (found := next(_faults(told, rows), None)) is not None:
            return found
        there.update(name.partition(":")[0] for name in rows)
        session.expunge_all()
    return next(_untold(session, there), None)


def _told(session: Session, ketens: Sequence[UUID]) -> Verteld:
    """What the chains tell of their rows, the last word of each."""
    told: dict[UUID, Verteld] = {keten: {} for keten in ketens}
    entries = session.execute(
        select(AuditEntry.keten, AuditEntry.gebeurtenis, AuditEntry.feiten[RIJEN])
        .where(AuditEntry.keten.in_(ketens))
        .order_by(AuditEntry.keten, AuditEntry.volgnummer)
    )
    for keten, gebeurtenis, rijen in entries:
        told[keten] |= rijen or {}
        if gebeurtenis in GONE_ON_PURPOSE:
            told[keten].clear()
    return {name: mark for each in told.values() for name, mark in each.items()}


def _rows(session: Session, told: Verteld) -> dict[str, Any]:
    """Of the rows that were told of those that are there."""
    rows: dict[str, Any] = {}
    for model in ONBEWEZEN:
        table = model.__tablename__
        ids = [UUID(id) for named, _, id in (name.partition(":") for name in told) if named == table]
        if ids:
            rows |= {rij(row): row for row in session.scalars(select(model).where(model.id.in_(ids)))}
    return rows


def _faults(told: Verteld, rows: Mapping[str, Any]) -> Iterator[str]:
    for name, mark in sorted(told.items()):
        row = rows.get(name)
        if row is None and mark is not None:
            yield f"{name} is gone"
        elif row is not None and (mark is None or not _is_as_told(row, mark)):
            yield f"{name} is not what the trail says"


def _is_as_told(row: Any, mark: str) -> bool:
    try:
        return vingerafdruk(row) == mark and getattr(row, "is_intact", True)
    except (InvalidTag, KeyError, ValueError):
        return False  # a sealed value that does not open


def _untold(session: Session, there: Mapping[str, int]) -> Iterator[str]:
    """Tables with rows that no chain tells of."""
    for model in ONBEWEZEN:
        kept = select(func.count()).select_from(model).where(OF_A_CASE.get(model, True))
        if (extra := (session.scalar(kept) or 0) - there[model.__tablename__]) > 0:
            yield f"{model.__tablename__}: {extra} row(s) that the trail does not tell of"
