"""The trail of one day, as far as the actor may read it: that of the own organisatie and of its cases."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from portal.clock import day_end
from portal.models import AuditEntry, Kennisgeving, Pauzeverzoek, Schuldeiser

PAGE = 50


def entries(
    session: Session, day: date, limit: int, *, before: int | None = None, kinds: Collection[str] | None = None
) -> Sequence[AuditEntry]:
    """Newest first, of one Dutch day; `before` is the id of the last one seen, `kinds` the names of events.

    Row-level security says whose. One day at most, so that a page costs no more as the trail grows.
    """
    earlier = AuditEntry.id < before if before is not None else true()
    wanted = AuditEntry.gebeurtenis.in_(kinds) if kinds is not None else true()
    return session.scalars(
        select(AuditEntry)
        .where(AuditEntry.at >= day_end(day - timedelta(days=1)), AuditEntry.at < day_end(day), earlier, wanted)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    ).all()


def kenmerken(session: Session, ketens: Collection[UUID]) -> dict[UUID, str]:
    """The kenmerk of each chain that is a case."""
    rows = session.execute(select(Pauzeverzoek.id, Pauzeverzoek.kenmerk).where(Pauzeverzoek.id.in_(ketens)))
    return {row.id: row.kenmerk for row in rows}


def ontvangers(session: Session, kennisgeving_ids: Collection[UUID]) -> dict[UUID, str]:
    """To whom each message went."""
    rows = session.execute(
        select(Kennisgeving.id, Schuldeiser.naam)
        .join(Schuldeiser, Schuldeiser.id == Kennisgeving.schuldeiser_id)
        .where(Kennisgeving.id.in_(kennisgeving_ids))
    )
    return {row.id: row.naam for row in rows}
