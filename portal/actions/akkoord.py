"""The two-key rule: ask, agree or refuse, expire. What is then done, and who may ask it, stands with each kind."""

from datetime import timedelta
from uuid import UUID

from portal import clock
from portal.actions.akkoord_soorten import SOORTEN, Wens
from portal.actions.instellingen import expect_beheerder
from portal.actions.ronde import one_by_one
from portal.actions.work import Work, unit_of_work
from portal.db.engine import Database, ScopedSession
from portal.domain import events
from portal.domain.akkoord import ALWAYS_TWO, Akkoordstatus
from portal.domain.errors import BestaatAl, MoveNotAllowed, NotAllowed
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor
from portal.models import Akkoordvraag, Organisatie
from portal.queries import akkoord as questions


def ask(session: ScopedSession, actor: Actor, wens: Wens, reden: str, lives: timedelta) -> Akkoordvraag:
    """Ask a colleague to agree. Where the organisatie works with one key it is done at once, and that is on record.

    Raises NotAllowed, NotFound, BestaatAl when it was asked already, and what the kind forbids.
    """
    with unit_of_work(session, actor) as work:
        return ask_within(work, wens, reden, lives)


def ask_within(work: Work, wens: Wens, reden: str, lives: timedelta) -> Akkoordvraag:
    """As `ask`, as a part of a larger act: all of it or nothing."""
    organisatie_id = SOORTEN[wens.soort].check(work, wens)
    if work.actor.id is None or not questions.may_decide(work.actor, organisatie_id):
        raise NotAllowed(f"ask {wens.soort}")
    _expect_new(work, wens)
    vraag = _kept(work, wens, organisatie_id, reden, lives)
    if wens.soort not in ALWAYS_TWO and _works_alone(work, organisatie_id):
        work.record(vraag.decide(work.actor, work.now, reden, akkoord=True, alleen=True))
        SOORTEN[vraag.soort].carry_out(work, vraag)
    return vraag


def decide(session: ScopedSession, actor: Actor, vraag_id: UUID, antwoord: str, *, akkoord: bool) -> None:
    """The second key. With a yes it is done in the same act.

    Raises NotFound, NotAllowed (for who asked it too), AlreadyDecided, MoveNotAllowed when it can no longer be done.
    """
    with unit_of_work(session, actor) as work:
        vraag = work.load_for_update(Akkoordvraag, vraag_id)
        if not questions.may_decide(actor, vraag.organisatie_id):
            raise NotAllowed("decide about this")
        work.record(vraag.decide(actor, work.now, antwoord, akkoord=akkoord))
        if akkoord:
            SOORTEN[vraag.soort].carry_out(work, vraag)


def expire(database: Database) -> int:
    """Close what nobody decided in time. Returns how many."""
    with database.session(Actor.systeem()) as session:
        return one_by_one(session, session.scalars(questions.overdue(clock.now())).all(), _expire)


def switch_two_keys(session: ScopedSession, actor: Actor, *, aan: bool) -> None:
    """Whether this organisatie works with two keys. For its beheerder. Never for the address of a schuldeiser.

    Raises NotAllowed.
    """
    with unit_of_work(session, expect_beheerder(actor)) as work:
        organisatie = work.load_for_update(Organisatie, actor.organisatie_id or LANDELIJK)
        if organisatie.twee_sleutels is not aan:
            organisatie.twee_sleutels = aan
            work.record(events.TweeSleutelsSwitched(keten=organisatie.id, aan=aan))


def _expect_new(work: Work, wens: Wens) -> None:
    """One open question about a thing; one that is overdue makes room."""
    work.lock(wens.onderwerp_id)
    earlier = work.session.scalars(questions.open_about(wens.soort, wens.onderwerp_id).with_for_update()).first()
    if earlier is None:
        return
    if earlier.is_open(work.now):
        raise BestaatAl("akkoordvraag")
    work.record(earlier.expire())


def _kept(work: Work, wens: Wens, organisatie_id: UUID | None, reden: str, lives: timedelta) -> Akkoordvraag:
    vraag = Akkoordvraag(
        soort=wens.soort,
        status=Akkoordstatus.OPEN,
        organisatie_id=organisatie_id,
        onderwerp_id=wens.onderwerp_id,
        schuldeiser_id=wens.schuldeiser_id,
        verzoek_id=wens.verzoek_id,
        email=wens.email,
        postadres=wens.postadres,
        inhoud=wens.inhoud,
        reden=reden,
        asked_by=work.actor.id,
        asked_at=work.now,
        expires_at=work.now + lives,
        alleen=False,
    )
    work.add(vraag)
    work.record(vraag.ask())
    return vraag


def _works_alone(work: Work, organisatie_id: UUID | None) -> bool:
    return organisatie_id is not None and not work.session.get_one(Organisatie, organisatie_id).twee_sleutels


def _expire(work: Work, vraag_id: UUID) -> None:
    vraag = work.load_for_update(Akkoordvraag, vraag_id)
    if vraag.status is not Akkoordstatus.OPEN:
        raise MoveNotAllowed("somebody decided meanwhile")
    work.record(vraag.expire())
