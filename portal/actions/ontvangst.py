"""A schuldeiser says that a Kennisgeving is in its own system. Only that is delivery by API; fetching it is not."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal import clock
from portal.actions.ronde import one_by_one
from portal.actions.work import Work, unit_of_work
from portal.db.engine import Database, ScopedSession
from portal.domain.errors import MoveNotAllowed
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor
from portal.domain.status import Verzendstatus
from portal.domain.termijn import add_werkdagen
from portal.models import Kennisgeving

PER_ROUND = 500
"""Messages that one round gives up at most; the next round takes the rest."""


def acknowledge(session: ScopedSession, actor: Actor, kennisgeving_id: UUID) -> datetime:
    """Returns when it was acknowledged: now, or the first time when that was before. Raises NotFound."""
    with unit_of_work(session, actor) as work:
        kennisgeving = work.load_for_update(Kennisgeving, kennisgeving_id)
        if kennisgeving.acknowledged_at is not None:
            return kennisgeving.acknowledged_at
        work.record(kennisgeving.acknowledge(work.now))
        return work.now


def give_up_unfetched(database: Database, werkdagen: int) -> int:
    """What nobody acknowledged within so many working days after issue becomes work for the hulpverlener, who can send
    it by mail or post. Returns how many. It can still be fetched and acknowledged.
    """
    with database.session(Actor.systeem()) as session:
        late = [id for id, issued_at in _waiting(session, werkdagen) if _is_late(issued_at, werkdagen)]
        return one_by_one(session, late, _give_up)


def _give_up(work: Work, id: UUID) -> None:
    """Raises NotFound, MoveNotAllowed when it no longer waits."""
    kennisgeving = work.load_for_update(Kennisgeving, id)
    if kennisgeving.status is not Verzendstatus.KLAAR:
        raise MoveNotAllowed(f"give up from {kennisgeving.status}")
    work.record(kennisgeving.give_up())


def _waiting(session: ScopedSession, werkdagen: int) -> list[tuple[UUID, datetime]]:
    before = clock.now() - timedelta(days=werkdagen)
    found = session.execute(
        select(Kennisgeving.id, Kennisgeving.issued_at)
        .where(
            Kennisgeving.kanaal == Kanaal.API,
            Kennisgeving.status == Verzendstatus.KLAAR,
            Kennisgeving.issued_at < before,
        )
        .order_by(Kennisgeving.issued_at, Kennisgeving.id)
        .limit(PER_ROUND)
    )
    return [(row.id, row.issued_at) for row in found]


def _is_late(issued_at: datetime, werkdagen: int) -> bool:
    return clock.today() > add_werkdagen(clock.dutch_date(issued_at), werkdagen)
