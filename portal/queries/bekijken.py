"""Who else looks at a case now."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.roles import Actor
from portal.models import Bekijker, Medewerker

LOOKING = timedelta(seconds=90)
"""So long after a page last said that it is open somebody counts as looking. It says so every half minute."""

MAX_ROWS = 500


def others(session: Session, actor: Actor, verzoek_ids: Iterable[UUID], now: datetime) -> dict[UUID, list[str]]:
    """Case → the names of colleagues who have it in front of them."""
    rows = session.execute(
        select(Bekijker.verzoek_id, Medewerker.naam)
        .join(Medewerker, Medewerker.id == Bekijker.medewerker_id)
        .where(
            Bekijker.verzoek_id.in_(list(verzoek_ids)),
            Bekijker.medewerker_id != actor.id,
            Bekijker.seen_at >= now - LOOKING,
        )
        .order_by(Medewerker.naam, Medewerker.id)
        .limit(MAX_ROWS)
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        found[row.verzoek_id].append(row.naam)
    return found
