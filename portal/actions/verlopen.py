"""What time itself ends: pauses whose last day has passed, and what still asks for them."""

import logging
from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import select

from portal import clock
from portal.actions import berichten
from portal.actions.work import Work, unit_of_work
from portal.db.engine import Database, ScopedSession
from portal.domain.errors import MoveNotAllowed, NotFound
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.domain.status import Status, Verzendstatus
from portal.models import Kennisgeving, Pauzeverzoek
from portal.queries import dossier

PER_ROUND = 200
"""Pauses, and messages, ended in one round of the worker."""

_log = logging.getLogger(__name__)


def expire_pauzes(database: Database) -> int:
    """Close every pause whose last day has passed. Returns how many."""
    with database.session(Actor.systeem()) as session:
        ids = session.scalars(
            select(Pauzeverzoek.id)
            .where(Pauzeverzoek.status == Status.GOEDGEKEURD, Pauzeverzoek.eind_on < clock.today())
            .order_by(Pauzeverzoek.eind_on, Pauzeverzoek.id)
            .limit(PER_ROUND)
        ).all()
        return _each(session, ids, _expire)


def lapse_kennisgevingen(database: Database) -> int:
    """Keep in the house what asks for a pause that is over, though that of another schuldeiser of the case runs on.
    Returns how many.
    """
    with database.session(Actor.systeem()) as session:
        ids = session.scalars(
            select(Kennisgeving.id)
            .where(
                Kennisgeving.soort == Soort.KENNISGEVING,
                Kennisgeving.status.in_((Verzendstatus.KLAAR, Verzendstatus.NIET_BEZORGD)),
                Kennisgeving.eind_on < clock.today(),
            )
            .order_by(Kennisgeving.eind_on, Kennisgeving.id)
            .limit(PER_ROUND)
        ).all()
        return _each(session, ids, _lapse)


def _each(session: ScopedSession, ids: Sequence[UUID], end: Callable[[Work, UUID], None]) -> int:
    """One transaction for each. One that fails is logged and keeps no other waiting; another worker may be first."""
    ended = 0
    for id in ids:
        try:
            with unit_of_work(session, Actor.systeem()) as work:
                end(work, id)
            ended += 1
        except (MoveNotAllowed, NotFound):
            continue
        except Exception:
            _log.exception("%s failed for %s", end.__name__, id)
    return ended


def _expire(work: Work, verzoek_id: UUID) -> None:
    verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
    work.record(verzoek.expire(work.now))


def _lapse(work: Work, kennisgeving_id: UUID) -> None:
    berichten.lapse_unsent(work, [work.load_for_update(Kennisgeving, kennisgeving_id)])
