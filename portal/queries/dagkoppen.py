"""The published kop of each day: to list, to prove with, and to hold against the audit trail."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, text, true
from sqlalchemy.orm import Session

from portal.clock import day_end
from portal.domain.keten import GENESIS, leaf_hash, published, tree
from portal.models import AuditEntry, Dagkop, Ketenstand
from portal.models.dagkop import LATE

MAX_DAGEN = 400
"""Days of one chain in a proof: more than a dossier lives."""


def koppen(session: Session, limit: int, before: date | None = None) -> Sequence[Dagkop]:
    """The newest koppen, newest first; with `before` those of earlier days."""
    earlier = Dagkop.dag < before if before else true()
    return session.scalars(select(Dagkop).where(earlier).order_by(Dagkop.dag.desc()).limit(limit)).all()


def standen(session: Session, keten: UUID) -> Sequence[tuple[Ketenstand, Dagkop]]:
    """How a chain stood at the end of each day on which it grew, oldest first, with the kop of that day."""
    found = session.execute(
        select(Ketenstand, Dagkop)
        .join(Dagkop, Dagkop.dag == Ketenstand.dag)
        .where(Ketenstand.keten == keten)
        .order_by(Ketenstand.dag.desc())
        .limit(MAX_DAGEN)
    ).all()
    return [(stand, kop) for stand, kop in reversed(found)]


# --- held against the trail -----------------------------------------------------------------------


def fault(session: Session) -> str | None:
    """The first day whose kop no longer fits the trail, in words, or None."""
    vorige, dag = GENESIS, None
    for kop in session.scalars(select(Dagkop).order_by(Dagkop.dag)).all():
        if dag is not None and kop.dag != dag + timedelta(days=1):
            return f"the kop of {dag + timedelta(days=1)} is missing"
        if kop.vorige_kop != vorige or kop.kop != kop.computed_kop():
            return f"the kop of {kop.dag} is not chained to the day before it"
        if (wrong := _day_fault(session, kop)) is not None:
            return f"the kop of {kop.dag}: {wrong}"
        vorige, dag = kop.kop, kop.dag
    return _added_later(session, dag) if dag else None


def _day_fault(session: Session, kop: Dagkop) -> str | None:
    """Every leaf is an entry that is still there, and together they are the root."""
    rows = session.execute(
        select(Ketenstand.keten, Ketenstand.volgnummer, Ketenstand.hash, Ketenstand.pad, AuditEntry.hash.label("now"))
        .outerjoin(
            AuditEntry,
            (AuditEntry.keten == Ketenstand.keten) & (AuditEntry.volgnummer == Ketenstand.volgnummer),
        )
        .where(Ketenstand.dag == kop.dag)
        .order_by(Ketenstand.keten)
    ).all()
    for row in rows:
        if row.hash != row.now:
            return f"entry {row.volgnummer} of {row.keten} is {'not the one of then' if row.now else 'gone'}"
    boom = tree([leaf_hash(str(row.keten), row.volgnummer, row.hash) for row in rows])
    if (boom.wortel, len(rows)) != (kop.wortel, kop.bladen):
        return "its chains are not those of then"
    changed = (row.keten for row, pad in zip(rows, boom.paden, strict=True) if row.pad != pad)
    return next((f"the path of {keten} was changed" for keten in changed), None)


def _added_later(session: Session, last: date) -> str | None:
    """An entry with a time long before the last kop that no kop knows was written into the past."""
    row = session.execute(
        text("""
            SELECT entry.keten, entry.volgnummer
            FROM (SELECT keten, max(volgnummer) AS volgnummer FROM audit WHERE at < :settled GROUP BY keten) entry
            LEFT JOIN (SELECT keten, max(volgnummer) AS volgnummer FROM ketenstand GROUP BY keten) known USING (keten)
            WHERE known.volgnummer IS NULL OR known.volgnummer < entry.volgnummer
            ORDER BY entry.keten LIMIT 1
        """),
        {"settled": day_end(last) - LATE},
    ).first()
    return f"entry {row.volgnummer} of {row.keten} is under no kop: it was added later" if row else None


def unknown(session: Session, kept: str) -> str | None:
    """The first hash in a text of published koppen that is none of ours, in words, or None. A kop holds its own day,
    so the hash alone says which it is.
    """
    known = {GENESIS}
    for row in session.execute(select(Dagkop.kop, Dagkop.wortel)):
        known.update(row)
    found = published(kept)
    if not found:
        return "the published text holds no kop"
    return next((f"{hash} was published and is no kop any more" for hash in found if hash not in known), None)
