"""Hold the frozen messages against the audit trail: what was issued is still there, and is still what was issued."""

from typing import Any, TypeAlias

from cryptography.exceptions import InvalidTag
from sqlalchemy import String, and_, cast, exists, select
from sqlalchemy.orm import Session

from portal.domain import events
from portal.domain.feit import as_fact
from portal.models import AuditEntry, Bericht, Brief, Kennisgeving, Pauzeverzoek

BATCH = 500

Model: TypeAlias = type[Kennisgeving] | type[Bericht]

ISSUED: dict[Model, tuple[type[events.Event], str]] = {
    Kennisgeving: (events.KennisgevingIssued, "kennisgeving_id"),
    Bericht: (events.BerichtIssued, "bericht_id"),
}
"""The event that issued a message, and the fact that names it."""

MOVES_ON = frozenset({"kanaal"})
"""Facts of the issue that a later event may change."""


def fault(session: Session) -> str | None:
    """The first message that is not what the trail says, in words, or None."""
    for model in ISSUED:
        if (found := _changed(session, model) or _gone(session, model)) is not None:
            return found
    return _letters(session)


def _changed(session: Session, model: Model) -> str | None:
    kind, fact = ISSUED[model]
    with_issue = (
        select(model, AuditEntry.feiten)
        .outerjoin(
            AuditEntry,
            and_(
                AuditEntry.keten == model.verzoek_id,
                AuditEntry.gebeurtenis == kind.__name__,
                AuditEntry.feiten[fact].astext == cast(model.id, String),
            ),
        )
        .order_by(model.id)
        .execution_options(yield_per=BATCH)
    )
    with session.execute(with_issue) as rows:
        for row, feiten in rows:
            if (wrong := _message_fault(row, feiten)) is not None:
                return f"{model.__tablename__} {row.id}: {wrong}"
            session.expunge(row)
    return None


def _message_fault(row: Kennisgeving | Bericht, feiten: dict[str, Any] | None) -> str | None:
    if feiten is None:
        return "nothing in the trail issued it"
    for name, value in feiten.items():
        if name not in MOVES_ON and hasattr(row, name) and as_fact(getattr(row, name)) != value:
            return f"{name} is not the one that was issued"
    return None if _opens(row) else "its words were changed"


def _letters(session: Session) -> str | None:
    """Every letter is the one of which the trail tells."""
    told = (
        select(Brief, AuditEntry.feiten)
        .join(Kennisgeving, Kennisgeving.id == Brief.id)
        .outerjoin(
            AuditEntry,
            and_(
                AuditEntry.keten == Kennisgeving.verzoek_id,
                AuditEntry.gebeurtenis == events.KennisgevingTypeset.__name__,
                AuditEntry.feiten["kennisgeving_id"].astext == cast(Brief.id, String),
            ),
        )
        .order_by(Brief.id)
        .execution_options(yield_per=BATCH)
    )
    with session.execute(told) as rows:
        for brief, feiten in rows:
            kept = {"pdf_sha256": brief.pdf_sha256, "gegevens_sha256": brief.gegevens_sha256}
            if feiten is None or any(feiten[name] != value for name, value in kept.items()):
                return f"brief {brief.id}: its hashes are not those of the trail"
            if not _opens(brief):
                return f"brief {brief.id}: its files were changed"
            session.expunge(brief)
    return None


def _opens(row: Kennisgeving | Bericht | Brief) -> bool:
    try:
        return row.is_intact
    except (InvalidTag, KeyError, ValueError):
        return False


def _gone(session: Session, model: Model) -> str | None:
    """A message of a request that is still there, and that nobody can show any more."""
    kind, fact = ISSUED[model]
    row = session.execute(
        select(AuditEntry.keten, AuditEntry.feiten[fact].astext)
        .join(Pauzeverzoek, Pauzeverzoek.id == AuditEntry.keten)
        .where(
            AuditEntry.gebeurtenis == kind.__name__,
            ~exists().where(cast(model.id, String) == AuditEntry.feiten[fact].astext),
        )
        .order_by(AuditEntry.keten, AuditEntry.volgnummer)
        .limit(1)
    ).first()
    return f"{model.__tablename__} {row[1]} of {row[0]} is gone" if row else None
