"""What time itself ends: pauses whose last day has passed, and what still asks for them."""

from uuid import UUID

from sqlalchemy import select

from portal import clock
from portal.actions import berichten
from portal.actions.ronde import PER_ROUND, one_by_one
from portal.actions.work import Work
from portal.db.engine import Database
from portal.domain.kennisgeving import CLOSING
from portal.domain.roles import Actor
from portal.domain.status import Status, Verzendstatus
from portal.models import Kennisgeving, Pauzeverzoek
from portal.queries import dossier


def expire_pauzes(database: Database) -> int:
    """Close every pause whose last day has passed. Returns how many."""
    with database.session(Actor.systeem()) as session:
        ids = session.scalars(
            select(Pauzeverzoek.id)
            .where(Pauzeverzoek.status == Status.GOEDGEKEURD, Pauzeverzoek.eind_on < clock.today())
            .order_by(Pauzeverzoek.eind_on, Pauzeverzoek.id)
            .limit(PER_ROUND)
        ).all()
        return one_by_one(session, ids, _expire)


def lapse_kennisgevingen(database: Database) -> int:
    """Keep in the house what asks for a pause that is over, though that of another schuldeiser of the case runs on.
    Returns how many.
    """
    with database.session(Actor.systeem()) as session:
        ids = session.scalars(
            select(Kennisgeving.id)
            .where(
                Kennisgeving.soort.not_in(CLOSING),
                Kennisgeving.status.in_((Verzendstatus.KLAAR, Verzendstatus.NIET_BEZORGD)),
                Kennisgeving.eind_on < clock.today(),
            )
            .order_by(Kennisgeving.eind_on, Kennisgeving.id)
            .limit(PER_ROUND)
        ).all()
        return one_by_one(session, ids, _lapse)


def _expire(work: Work, verzoek_id: UUID) -> None:
    verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
    work.record(verzoek.expire(work.now))


def _lapse(work: Work, kennisgeving_id: UUID) -> None:
    berichten.lapse_unsent(work, [work.load_for_update(Kennisgeving, kennisgeving_id)])
