"""Somebody is away: his cases and the answers to them are a colleague's for so long."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.actions.toewijzen import expect_reviewer
from portal.actions.work import unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain.errors import AlAfwezig, DuurOngeldig, NotAllowed
from portal.domain.roles import Actor, Role
from portal.models import Afwezigheid, Medewerker

MAX_DAYS = 366
"""Days away at most. Assumption: who stays away longer hands the cases over."""


def register(
    session: ScopedSession, actor: Actor, *, medewerker_id: UUID, vervanger_id: UUID, start_on: date, eind_on: date
) -> None:
    """Of oneself, or as teamleider of a colleague. Both decide on cases here.

    Raises NotAllowed, NotFound, DuurOngeldig for days that are over, the wrong way round or too many, AlAfwezig.
    """
    keten = _check_may_tell(actor, medewerker_id)
    with unit_of_work(session, actor) as work:
        if not max(start_on, dutch_date(work.now)) <= eind_on <= start_on + timedelta(days=MAX_DAYS):
            raise DuurOngeldig(f"away from {start_on} to {eind_on}")
        work.load_for_update(Medewerker, medewerker_id)  # two pages at once do not both find the days free
        for each in (medewerker_id, vervanger_id):
            expect_reviewer(work, each)
        if _is_away(session, medewerker_id, start_on, eind_on):
            raise AlAfwezig(f"{medewerker_id}")
        afwezigheid = Afwezigheid(
            medewerker_id=medewerker_id,
            vervanger_id=vervanger_id,
            start_on=start_on,
            eind_on=eind_on,
            made_at=work.now,
        )
        work.add(afwezigheid)
        work.record(afwezigheid.register(keten))


def end(session: ScopedSession, actor: Actor, afwezigheid_id: UUID) -> None:
    """Back earlier, or not away at all. The same actors as above. Raises NotAllowed, NotFound, MoveNotAllowed."""
    with unit_of_work(session, actor) as work:
        afwezigheid = work.load_for_update(Afwezigheid, afwezigheid_id)
        work.record(afwezigheid.end(_check_may_tell(actor, afwezigheid.medewerker_id), work.now))


def _check_may_tell(actor: Actor, medewerker_id: UUID) -> UUID:
    """The chain of the organisatie, for who may tell of this absence. Raises NotAllowed."""
    himself = actor.is_reviewer and actor.id == medewerker_id
    if actor.organisatie_id is None or not (himself or Role.TEAMLEIDER in actor.roles):
        raise NotAllowed("tell of somebody else's absence")
    return actor.organisatie_id


def _is_away(session: ScopedSession, medewerker_id: UUID, start_on: date, eind_on: date) -> bool:
    overlap = select(Afwezigheid.id).where(
        Afwezigheid.medewerker_id == medewerker_id,
        Afwezigheid.ended_at.is_(None),
        Afwezigheid.start_on <= eind_on,
        Afwezigheid.eind_on >= start_on,
    )
    return session.scalars(overlap.limit(1)).first() is not None
