"""A schuldeiser says that a Kennisgeving is in its own system. Only that is delivery by API; fetching it is not."""

from datetime import datetime
from uuid import UUID

from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.roles import Actor
from portal.models import Kennisgeving


def acknowledge(session: ScopedSession, actor: Actor, kennisgeving_id: UUID) -> datetime:
    """Returns when it was acknowledged: now, or the first time when that was before. Raises NotFound."""
    with unit_of_work(session, actor) as work:
        kennisgeving = work.load_for_update(Kennisgeving, kennisgeving_id)
        if kennisgeving.acknowledged_at is not None:
            return kennisgeving.acknowledged_at
        work.record(kennisgeving.acknowledge(work.now))
        return work.now
