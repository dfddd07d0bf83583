"""Questions for a second key: which there are, and which somebody decides on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, any_, false, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.akkoord import Akkoordsoort, Akkoordstatus
from portal.domain.errors import NotFound
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import REVIEWERS, Actor, Role
from portal.domain.status import Verzendstatus
from portal.models import Akkoordvraag, Kennisgeving, Medewerker, Pauzeverzoek, Schuldeiser

MAX_ROWS = 50
"""Questions of one kind shown at once."""

MAX_ZAKEN = 200
"""Cases in one mass act. Assumption: more at once is a mistake."""

_OPEN = Akkoordvraag.status == Akkoordstatus.OPEN
_WITH = (
    joinedload(Akkoordvraag.schuldeiser),
    joinedload(Akkoordvraag.vrager),
    joinedload(Akkoordvraag.beslisser),
)


def may_decide(actor: Actor, organisatie_id: UUID | None) -> bool:
    """Whether this member of staff decides about what belongs to an organisatie, or to nobody: the landelijke list."""
    if organisatie_id is None:
        return Role.LANDELIJK_BEHEERDER in actor.roles and actor.organisatie_id is None
    return actor.is_reviewer and actor.organisatie_id == organisatie_id


def number_to_decide(now: datetime) -> ScalarSelect[int]:
    """How many questions wait for the Medewerker of the statement around it."""
    m, v = Medewerker, Akkoordvraag
    reviewer = and_(or_(*map(_has, REVIEWERS)), v.organisatie_id == m.organisatie_id)
    landelijk = and_(_has(Role.LANDELIJK_BEHEERDER), m.organisatie_id.is_(None), v.organisatie_id.is_(None))
    others = v.asked_by.is_distinct_from(m.id)
    waiting = select(func.count()).select_from(v).where(_OPEN, v.expires_at > now, others, or_(reviewer, landelijk))
    return waiting.correlate(m).scalar_subquery()


def _has(role: Role) -> ColumnElement[bool]:
    return literal(str(role)) == any_(Medewerker.rollen)


def to_decide(session: Session, actor: Actor, now: datetime) -> Sequence[Akkoordvraag]:
    """The open questions that this member of staff decides on, oldest first."""
    others = Akkoordvraag.asked_by.is_distinct_from(actor.id)
    return _listed(session, _theirs(actor), _OPEN, Akkoordvraag.expires_at > now, others)


def asked(session: Session, actor: Actor, now: datetime) -> Sequence[Akkoordvraag]:
    """What this member of staff asked and nobody decided yet, oldest first."""
    return _listed(session, Akkoordvraag.asked_by == actor.id, _OPEN, Akkoordvraag.expires_at > now)


def decided(session: Session, actor: Actor) -> Sequence[Akkoordvraag]:
    """What was decided last, newest first."""
    return session.scalars(
        select(Akkoordvraag)
        .options(*_WITH)
        .where(_theirs(actor), Akkoordvraag.decided_at.is_not(None))
        .order_by(Akkoordvraag.decided_at.desc(), Akkoordvraag.id)
        .limit(MAX_ROWS)
    ).all()


def vraag(session: Session, vraag_id: UUID) -> Akkoordvraag:
    """One question with who asked and who decided. Raises NotFound."""
    found = session.get(Akkoordvraag, vraag_id, options=list(_WITH))
    if found is None:
        raise NotFound(f"akkoordvraag {vraag_id}")
    return found


def open_about(soort: Akkoordsoort, onderwerp_id: UUID) -> Select[Akkoordvraag]:
    """What staff asked about this and nobody decided, overdue or not: one row at most."""
    about = and_(Akkoordvraag.soort == soort, Akkoordvraag.onderwerp_id == onderwerp_id)
    return select(Akkoordvraag).where(about, _OPEN, Akkoordvraag.asked_by.is_not(None))


def waiting_about(soort: Akkoordsoort, now: datetime) -> Select[UUID]:
    """What staff asked about and nobody decided yet."""
    waits = and_(Akkoordvraag.soort == soort, _OPEN, Akkoordvraag.expires_at > now)
    return select(Akkoordvraag.onderwerp_id).where(waits, Akkoordvraag.asked_by.is_not(None))


def open_of(schuldeiser_id: UUID) -> Select[Akkoordvraag]:
    """What the machine of this schuldeiser asked and nobody decided, overdue or not: one row at most."""
    return select(Akkoordvraag).where(_by_machine(schuldeiser_id), _OPEN)


def by_key(schuldeiser_id: UUID, sleutel: str) -> Select[Akkoordvraag]:
    """What it asked under an idempotency key, whatever became of it: one row at most."""
    return select(Akkoordvraag).where(_by_machine(schuldeiser_id), Akkoordvraag.sleutel == sleutel)


def overdue(now: datetime) -> Select[UUID]:
    """What nobody decided in time, oldest first."""
    late = select(Akkoordvraag.id).where(_OPEN, Akkoordvraag.expires_at <= now)
    return late.order_by(Akkoordvraag.expires_at, Akkoordvraag.id).limit(MAX_ROWS)


def called(session: Session, actor: Actor, kenmerken: Sequence[str]) -> Sequence[Pauzeverzoek]:
    """The cases of the own organisatie with these kenmerken."""
    own = Pauzeverzoek.organisatie_id == actor.organisatie_id
    return _cases(session, own, Pauzeverzoek.kenmerk.in_(kenmerken))


def cases(session: Session, ids: Sequence[UUID]) -> Sequence[Pauzeverzoek]:
    """These cases, as far as the actor sees them."""
    return _cases(session, Pauzeverzoek.id.in_(ids))


def _cases(session: Session, *where: ColumnElement[bool]) -> Sequence[Pauzeverzoek]:
    return session.scalars(select(Pauzeverzoek).where(*where).order_by(Pauzeverzoek.kenmerk).limit(MAX_ZAKEN)).all()


def messages(session: Session, ids: Sequence[UUID]) -> Sequence[tuple[Kennisgeving, Pauzeverzoek]]:
    """These messages with their case, as far as the actor sees them."""
    rows = session.execute(
        select(Kennisgeving, Pauzeverzoek)
        .join(Pauzeverzoek, Pauzeverzoek.id == Kennisgeving.verzoek_id)
        .where(Kennisgeving.id.in_(ids))
        .order_by(Pauzeverzoek.kenmerk, Kennisgeving.id)
        .limit(MAX_ZAKEN)
    )
    return [(row.Kennisgeving, row.Pauzeverzoek) for row in rows]


def failed(session: Session, actor: Actor) -> Sequence[tuple[Schuldeiser, int]]:
    """Schuldeisers to whom several mails of the own organisatie were not delivered, and how many, most first."""
    count = func.count().label("aantal")
    rows = session.execute(
        select(Schuldeiser, count)
        .join(Kennisgeving, Kennisgeving.schuldeiser_id == Schuldeiser.id)
        .where(*_not_delivered(actor))
        .group_by(Schuldeiser.id)
        .having(count > 1)
        .order_by(count.desc(), Schuldeiser.naam, Schuldeiser.id)
        .limit(MAX_ROWS)
    )
    return [(row.Schuldeiser, row.aantal) for row in rows]


def failed_at(session: Session, actor: Actor, schuldeiser_id: UUID) -> Sequence[UUID]:
    """The messages of the own organisatie to this schuldeiser that were not delivered by mail, oldest first."""
    return session.scalars(
        select(Kennisgeving.id)
        .where(*_not_delivered(actor), Kennisgeving.schuldeiser_id == schuldeiser_id)
        .order_by(Kennisgeving.issued_at, Kennisgeving.id)
        .limit(MAX_ZAKEN)
    ).all()


def _not_delivered(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    k = Kennisgeving
    own = k.organisatie_id == actor.organisatie_id
    return own, k.kanaal == Kanaal.EMAIL, k.status == Verzendstatus.NIET_BEZORGD


def _by_machine(schuldeiser_id: UUID) -> ColumnElement[bool]:
    return and_(Akkoordvraag.schuldeiser_id == schuldeiser_id, Akkoordvraag.asked_by.is_(None))


def _theirs(actor: Actor) -> ColumnElement[bool]:
    if not may_decide(actor, actor.organisatie_id):
        return false()
    return Akkoordvraag.organisatie_id.is_not_distinct_from(actor.organisatie_id)


def _listed(session: Session, *where: ColumnElement[bool]) -> Sequence[Akkoordvraag]:
    return session.scalars(
        select(Akkoordvraag)
        .options(*_WITH)
        .where(*where)
        .order_by(Akkoordvraag.asked_at, Akkoordvraag.id)
        .limit(MAX_ROWS)
    ).all()
