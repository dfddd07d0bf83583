"""The directory of schuldeisers: propose an entry for the own organisatie, verify an address."""

from typing import Any
from uuid import UUID

from portal.actions.work import unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import AlreadyDecided, BestaatAl, NotAllowed
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, Role
from portal.models import Lijstvoorstel, Medewerker, Schuldeiser
from portal.queries import directory_entry


def propose_schuldeiser(session: ScopedSession, actor: Actor, *, email: str | None, **values: Any) -> UUID:
    """Add an entry that this organisatie sees; a company is proposed for the landelijke list.

    `email` must have been verified by the actor, or be None.
    """
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider proposes a schuldeiser")
    with unit_of_work(session, actor) as work:
        entry = Schuldeiser(organisatie_id=actor.organisatie_id, **values)
        entry.voorstel = None if entry.is_particulier else Lijstvoorstel.OPEN
        if email is not None:
            entry.verify_email(email, by=keeper_name(session, actor), on=dutch_date(work.now))
        work.add(entry)
        work.record(events.SchuldeiserProposed(keten=actor.organisatie_id or LANDELIJK, schuldeiser_id=entry.id))
        return entry.id


def keep_addresses(
    session: ScopedSession,
    actor: Actor,
    schuldeiser_id: UUID,
    *,
    email: str | None = None,
    postadres: str | None = None,
) -> None:
    """Set the postal address of an entry, and vouch for the e-mail address that it has. None leaves what is there.

    Reviewers do this for the entries of their organisatie, the landelijk beheerder for the others. Another e-mail
    address takes two people (`akkoord.ask`). Raises NotFound for an entry that is not theirs, NotAllowed.
    """
    if not (actor.is_reviewer or Role.LANDELIJK_BEHEERDER in actor.roles):
        raise NotAllowed("keep an address")
    with unit_of_work(session, actor) as work:
        entry = work.load_for_update(Schuldeiser, schuldeiser_id)
        if entry.organisatie_id != actor.organisatie_id:
            raise NotAllowed("entry of another organisatie")
        if email not in (None, entry.email):
            raise NotAllowed("another address takes two")
        keten = actor.organisatie_id or LANDELIJK
        if email is not None:
            entry.verify_email(email, by=keeper_name(session, actor), on=dutch_date(work.now))
            work.record(events.SchuldeiserAddressVerified(keten=keten, schuldeiser_id=entry.id))
        if postadres not in (None, entry.postadres):
            entry.postadres = postadres
            work.record(events.SchuldeiserPostadresChanged(keten=keten, schuldeiser_id=entry.id))


def keeper_name(session: ScopedSession, actor: Actor) -> str:
    """The name of the member of staff who vouches for an address."""
    return session.get_one(Medewerker, actor.id).naam


def decide_voorstel(session: ScopedSession, actor: Actor, schuldeiser_id: UUID, *, stand: str, akkoord: bool) -> None:
    """Take the entry of an organisatie into the landelijke list, or leave it there. `stand` is the `lijststand` of
    the entry as it was read.

    Done as the portal itself: the organisatie finds it in its trail too. Raises NotFound, NotAllowed, AlreadyDecided
    when somebody changed it or decided meanwhile, BestaatAl when the list has the name: then the two are merged.
    """
    if Role.LANDELIJK_BEHEERDER not in actor.roles or actor.id is None:
        raise NotAllowed("decide about the landelijke list")
    with unit_of_work(session, Actor.systeem()) as work:
        entry = work.load_for_update(Schuldeiser, schuldeiser_id)
        owner = entry.organisatie_id
        if entry.lijststand != stand:
            raise AlreadyDecided(f"schuldeiser {schuldeiser_id}")
        if akkoord and directory_entry.has_namesake(session, entry):
            raise BestaatAl("schuldeiser")
        entry.decide_voorstel(akkoord=akkoord)
        for keten in {LANDELIJK, owner or LANDELIJK}:
            work.record(
                events.LijstvoorstelDecided(
                    keten=keten, schuldeiser_id=entry.id, overgenomen=akkoord, medewerker_id=actor.id
                )
            )
