"""Two keys to the address of a schuldeiser: its machine asks for a change, a member of staff decides."""

from uuid import UUID

from portal.actions.directory import keeper_name
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.email import is_email
from portal.domain.errors import AdresOngeldig, AlreadyDecided, NotAllowed, SleutelHergebruikt
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, ActorKind, Role
from portal.models import Contactvoorstel, Schuldeiser, Voorstelstatus
from portal.models.schuldeiser import MAX_POSTADRES
from portal.queries import contact
from portal.texts.veilig import multi_line


def request_change(
    session: ScopedSession, actor: Actor, *, email: str | None, postadres: str | None, sleutel: str | None = None
) -> Contactvoorstel:
    """Ask for another address; nothing changes yet. A new wish takes the place of one that is still open, the same wish
    twice is one. None leaves what is there. `sleutel` is an idempotency key: a wish that comes again under its key,
    however late, asks nothing. Raises NotAllowed, AdresOngeldig, SleutelHergebruikt.
    """
    if actor.kind is not ActorKind.SCHULDEISER or actor.id is None:
        raise NotAllowed("only the schuldeiser itself asks")
    wish = _checked(email, postadres)
    with unit_of_work(session, actor) as work:
        work.lock(actor.id)
        if sleutel is not None and (known := session.scalars(contact.by_key(actor.id, sleutel)).first()) is not None:
            return _expect_same(known, wish)
        earlier = session.scalars(contact.open_of(actor.id).with_for_update()).first()
        if earlier is not None and (earlier.email, earlier.postadres) == wish:
            return earlier
        if earlier is not None:
            earlier.status = Voorstelstatus.VERVANGEN
            session.flush()
        made = Contactvoorstel(
            schuldeiser_id=actor.id,
            email=wish[0],
            postadres=wish[1],
            status=Voorstelstatus.OPEN,
            sleutel=sleutel,
            requested_at=work.now,
        )
        work.add(made)
        work.record(events.ContactgegevensRequested(keten=actor.id, contactvoorstel_id=made.id))
        return made


def _expect_same(known: Contactvoorstel, wish: tuple[str | None, str | None]) -> Contactvoorstel:
    if (known.email, known.postadres) != wish:
        raise SleutelHergebruikt(str(known.id))
    return known


def decide_change(session: ScopedSession, actor: Actor, voorstel_id: UUID, *, akkoord: bool) -> None:
    """Take the asked addresses over and vouch for them, or not. Raises NotFound, NotAllowed, AlreadyDecided."""
    with unit_of_work(session, actor) as work:
        asked = work.load_for_update(Contactvoorstel, voorstel_id)
        entry = work.load_for_update(Schuldeiser, asked.schuldeiser_id)
        if not may_decide(actor, entry):
            raise NotAllowed("decide about this entry")
        if asked.status is not Voorstelstatus.OPEN:
            raise AlreadyDecided(f"contactvoorstel {asked.status}")
        asked.status = Voorstelstatus.OVERGENOMEN if akkoord else Voorstelstatus.NIET_OVERGENOMEN
        asked.decided_at, asked.decided_by = work.now, actor.id
        if akkoord:
            _take_over(work, asked, entry)
        happened = events.ContactgegevensAdopted if akkoord else events.ContactgegevensDeclined
        keten = actor.organisatie_id or LANDELIJK
        work.record(happened(keten=keten, contactvoorstel_id=asked.id, schuldeiser_id=entry.id))


def may_decide(actor: Actor, entry: Schuldeiser) -> bool:
    """The landelijk beheerder about landelijke entries, a reviewer about those of the own organisatie."""
    if entry.organisatie_id is None:
        return Role.LANDELIJK_BEHEERDER in actor.roles and actor.organisatie_id is None
    return actor.is_reviewer and entry.organisatie_id == actor.organisatie_id


def _checked(email: str | None, postadres: str | None) -> tuple[str | None, str | None]:
    if email is not None and not is_email(email):
        raise AdresOngeldig("email")
    lines = multi_line(postadres, MAX_POSTADRES + 1) if postadres is not None else None
    if lines == "" or len(lines or "") > MAX_POSTADRES:
        raise AdresOngeldig("postadres")
    if email is None and lines is None:
        raise AdresOngeldig("email")
    return email, lines


def _take_over(work: Work, asked: Contactvoorstel, entry: Schuldeiser) -> None:
    if asked.email is not None:
        entry.verify_email(asked.email, by=keeper_name(work.session, work.actor), on=dutch_date(work.now))
    if asked.postadres is not None:
        entry.postadres = asked.postadres
