"""Somebody has a case in front of him. No event: nothing happened, and a minute later it is no longer so."""

from uuid import UUID

from sqlalchemy import delete, or_
from sqlalchemy.dialects.postgresql import insert

from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.roles import Actor
from portal.models import Bekijker, Pauzeverzoek
from portal.queries.bekijken import LOOKING


def look(session: ScopedSession, actor: Actor, verzoek_id: UUID) -> None:
    """He looks at it now, and at nothing that he left open longer ago. Raises NotAllowed, NotFound."""
    if not actor.is_reviewer:
        raise NotAllowed("only who decides on cases is in anybody's way")
    with unit_of_work(session, actor) as work:
        _expect_seen(session, verzoek_id)
        session.execute(
            delete(Bekijker).where(Bekijker.medewerker_id == actor.id, Bekijker.seen_at < work.now - LOOKING)
        )
        row = insert(Bekijker).values(verzoek_id=verzoek_id, medewerker_id=actor.id, seen_at=work.now)
        keys = [Bekijker.verzoek_id, Bekijker.medewerker_id]
        session.execute(row.on_conflict_do_update(index_elements=keys, set_={"seen_at": work.now}))


def leave(session: ScopedSession, actor: Actor, verzoek_id: UUID) -> None:
    """He went to another page. Raises NotFound."""
    with unit_of_work(session, actor) as work:
        _expect_seen(session, verzoek_id)
        mine = Bekijker.medewerker_id == actor.id
        session.execute(
            delete(Bekijker).where(mine, or_(Bekijker.verzoek_id == verzoek_id, Bekijker.seen_at < work.now - LOOKING))
        )


def _expect_seen(session: ScopedSession, verzoek_id: UUID) -> None:
    if session.get(Pauzeverzoek, verzoek_id) is None:
        raise NotFound(f"pauzeverzoek {verzoek_id}")
