"""The directory of schuldeisers: propose an entry for the own organisatie, verify an address."""

from typing import Any
from uuid import UUID

from portal.actions.work import unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import NotAllowed
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, Role
from portal.models import Medewerker, Schuldeiser


def propose_schuldeiser(session: ScopedSession, actor: Actor, *, email: str | None, **values: Any) -> UUID:
    """Add an entry that this organisatie sees. `email` must have been verified by the actor, or be None."""
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider proposes a schuldeiser")
    with unit_of_work(session, actor) as work:
        entry = Schuldeiser(organisatie_id=actor.organisatie_id, **values)
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
    """Set how an entry is reached, and vouch for its e-mail address. None leaves what is there.

    Reviewers do this for the entries of their organisatie, the landelijk beheerder for the others. Raises NotFound for
    an entry that is not theirs, NotAllowed.
    """
    if not (actor.is_reviewer or Role.LANDELIJK_BEHEERDER in actor.roles):
        raise NotAllowed("keep an address")
    with unit_of_work(session, actor) as work:
        entry = work.load_for_update(Schuldeiser, schuldeiser_id)
        if entry.organisatie_id != actor.organisatie_id:
            raise NotAllowed("entry of another organisatie")
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
