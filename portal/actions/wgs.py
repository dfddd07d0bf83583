"""What a hulpverlener writes down about the track of the Wgs: the first conversation and the beschikking."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import NotAllowed
from portal.domain.roles import Actor
from portal.domain.termijn import BESCHIKKING_WEKEN
from portal.models import Organisatie, Pauzeverzoek


def register_gesprek(
    session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, on: date, weken: int = BESCHIKKING_WEKEN
) -> date:
    """The first conversation was held on a Dutch calendar day: clock 1 of the Wgs stops, clock 2 begins.

    Clock 2 has the weeks that the organisatie of the case chose, or else `weken`. Returns its last day.
    Raises NotAllowed, NotFound, AlreadyDecided, MoveNotAllowed, DatumOngeldig.
    """
    with _case(session, actor, verzoek_id, versie) as (work, verzoek):
        own = work.session.get_one(Organisatie, verzoek.organisatie_id)
        held = verzoek.register_gesprek(on, work.now, own.beschikking_weken or weken)
        work.record(held)
        return held.beschikking_voor


def register_beschikking(
    session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int, on: date, *, toegelaten: bool
) -> None:
    """The college admitted the person to the schuldhulp, or did not: clock 2 stops.

    Raises NotAllowed, NotFound, AlreadyDecided, DatumOngeldig, MoveNotAllowed before the first conversation.
    """
    with _case(session, actor, verzoek_id, versie) as (work, verzoek):
        work.record(verzoek.register_beschikking(on, work.now, toegelaten=toegelaten))


@contextmanager
def _case(session: ScopedSession, actor: Actor, verzoek_id: UUID, versie: int) -> Iterator[tuple[Work, Pauzeverzoek]]:
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider writes this down")
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id)
        verzoek.expect_version(versie)
        yield work, verzoek
