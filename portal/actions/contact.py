"""The machine of a schuldeiser asks for other addresses; a member of staff holds the second key (`actions.akkoord`)."""

from datetime import timedelta
from uuid import UUID

from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.akkoord import Akkoordsoort, Akkoordstatus
from portal.domain.email import is_email
from portal.domain.errors import AdresOngeldig, NotAllowed, NotFound, SleutelHergebruikt
from portal.domain.roles import Actor, ActorKind
from portal.models import Akkoordvraag, Schuldeiser
from portal.models.schuldeiser import MAX_POSTADRES
from portal.queries import akkoord
from portal.texts.veilig import multi_line


def request_change(
    session: ScopedSession,
    actor: Actor,
    *,
    email: str | None,
    postadres: str | None,
    lives: timedelta,
    sleutel: str | None = None,
) -> Akkoordvraag:
    """Ask for another address; nothing changes yet. A new wish takes the place of one that is still open, the same wish
    twice is one. None leaves what is there. `sleutel` is an idempotency key: a wish that comes again under its key,
    however late, asks nothing. Raises NotAllowed, AdresOngeldig, SleutelHergebruikt.
    """
    if actor.kind is not ActorKind.SCHULDEISER or actor.id is None:
        raise NotAllowed("only the schuldeiser itself asks")
    wish = _checked(email, postadres)
    with unit_of_work(session, actor) as work:
        work.lock(actor.id)
        if sleutel is not None and (known := session.scalars(akkoord.by_key(actor.id, sleutel)).first()) is not None:
            return _expect_same(known, wish)
        earlier = session.scalars(akkoord.open_of(actor.id).with_for_update()).first()
        if earlier is not None and (earlier.email, earlier.postadres) == wish and earlier.is_open(work.now):
            return earlier
        if earlier is not None:
            earlier.take_back()
            session.flush()
        return _kept(work, actor.id, wish, lives, sleutel)


def may_decide(actor: Actor, entry: Schuldeiser) -> bool:
    """The landelijk beheerder about landelijke entries, a reviewer about those of the own organisatie."""
    return akkoord.may_decide(actor, entry.organisatie_id)


def _kept(
    work: Work, schuldeiser_id: UUID, wish: tuple[str | None, str | None], lives: timedelta, sleutel: str | None
) -> Akkoordvraag:
    entry = work.session.get(Schuldeiser, schuldeiser_id)
    if entry is None:
        raise NotFound(f"schuldeiser {schuldeiser_id}")
    made = Akkoordvraag(
        soort=Akkoordsoort.CONTACTGEGEVENS,
        status=Akkoordstatus.OPEN,
        organisatie_id=entry.organisatie_id,
        onderwerp_id=schuldeiser_id,
        schuldeiser_id=schuldeiser_id,
        email=wish[0],
        postadres=wish[1],
        sleutel=sleutel,
        asked_at=work.now,
        expires_at=work.now + lives,
        alleen=False,
    )
    work.add(made)
    work.record(made.ask())
    return made


def _expect_same(known: Akkoordvraag, wish: tuple[str | None, str | None]) -> Akkoordvraag:
    if (known.email, known.postadres) != wish:
        raise SleutelHergebruikt(str(known.id))
    return known


def _checked(email: str | None, postadres: str | None) -> tuple[str | None, str | None]:
    if email is not None and not is_email(email):
        raise AdresOngeldig("email")
    lines = multi_line(postadres, MAX_POSTADRES + 1) if postadres is not None else None
    if lines == "" or len(lines or "") > MAX_POSTADRES:
        raise AdresOngeldig("postadres")
    if email is None and lines is None:
        raise AdresOngeldig("email")
    return email, lines
