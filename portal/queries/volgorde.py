"""Who hears first that a pause ends: the hulpvrager, and only then the schuldeisers."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.domain.bericht import BerichtSoort
from portal.domain.kennisgeving import Soort
from portal.domain.status import Verzendstatus
from portal.models import Bericht, Kennisgeving

NOW = timedelta(0)

_ENDS = (BerichtSoort.INGETROKKEN, BerichtSoort.BEEINDIGD)


def wait_for_hulpvrager(session: Session, kennisgeving_id: UUID, delay: timedelta) -> timedelta:
    """How long this message must wait before it may leave: nothing, unless it tells that a pause ends.

    Then it leaves `delay` after the message to the hulpvrager did. Is that still trying, look again after `delay`; did
    it fail for good, `delay` counts from the issue.
    """
    told = select(Kennisgeving.soort, Kennisgeving.verzoek_id, Kennisgeving.issued_at)
    row = session.execute(told.where(Kennisgeving.id == kennisgeving_id)).first()
    if row is None or row.soort is not Soort.BEEINDIGING:
        return NOW
    first = session.execute(
        select(Bericht.status, Bericht.handed_over_at)
        .where(Bericht.verzoek_id == row.verzoek_id, Bericht.soort.in_(_ENDS))
        .order_by(Bericht.issued_at.desc())
        .limit(1)
    ).first()
    if first is not None and first.status is Verzendstatus.KLAAR:
        return delay
    since: datetime = (first.handed_over_at if first else None) or row.issued_at
    return max(since + delay - clock.now(), NOW)
