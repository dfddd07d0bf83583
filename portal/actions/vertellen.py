"""A hulpverlener tells the hulpvrager what the mail could not."""

from collections.abc import Collection
from uuid import UUID

from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import MoveNotAllowed, NotAllowed
from portal.domain.roles import Actor
from portal.models import Pauzeverzoek
from portal.queries import dossier


def tell_hulpvrager(session: ScopedSession, actor: Actor, verzoek_id: UUID, bericht_ids: Collection[UUID]) -> None:
    """Told by telephone: these messages, which did not arrive. One that failed meanwhile stays work.

    Raises NotAllowed, NotFound, and MoveNotAllowed when none of them is left to tell.
    """
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider tells the hulpvrager")
    with unit_of_work(session, actor) as work:
        work.load_for_update(Pauzeverzoek, verzoek_id)
        told = [each for each in dossier.untold(session, verzoek_id) if each.id in bericht_ids]
        if not told:
            raise MoveNotAllowed("nothing is left to tell")
        for bericht in told:
            bericht.told_at = work.now
        work.record(events.HulpvragerTold(keten=verzoek_id, berichten=tuple(each.id for each in told)))
