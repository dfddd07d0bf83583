"""What schuldeisers ask to change about how they are reached."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.domain.errors import NotFound
from portal.domain.roles import Actor, Role
from portal.models import Contactvoorstel, Schuldeiser, Voorstelstatus

MAX_ROWS = 50
"""Open proposals shown at once."""


def open_of(schuldeiser_id: UUID) -> Select[Contactvoorstel]:
    """What this schuldeiser asked and nobody decided yet: one row at most."""
    own = Contactvoorstel.schuldeiser_id == schuldeiser_id
    return select(Contactvoorstel).where(own, Contactvoorstel.status == Voorstelstatus.OPEN)


def by_key(schuldeiser_id: UUID, sleutel: str) -> Select[Contactvoorstel]:
    """What this schuldeiser asked under an idempotency key, whatever became of it: one row at most."""
    own = Contactvoorstel.schuldeiser_id == schuldeiser_id
    return select(Contactvoorstel).where(own, Contactvoorstel.sleutel == sleutel)


def to_decide(session: Session, actor: Actor) -> Sequence[Contactvoorstel]:
    """The open proposals that this member of staff decides on, oldest first."""
    return session.scalars(
        select(Contactvoorstel)
        .join(Contactvoorstel.schuldeiser)
        .options(contains_eager(Contactvoorstel.schuldeiser))
        .where(Contactvoorstel.status == Voorstelstatus.OPEN, _decided_by(actor))
        .order_by(Contactvoorstel.requested_at, Contactvoorstel.id)
        .limit(MAX_ROWS)
    ).all()


def voorstel(session: Session, voorstel_id: UUID) -> Contactvoorstel:
    """One proposal with its schuldeiser. Raises NotFound."""
    with_party = joinedload(Contactvoorstel.schuldeiser)
    found = session.get(Contactvoorstel, voorstel_id, options=[with_party])
    if found is None:
        raise NotFound(f"contactvoorstel {voorstel_id}")
    return found


def _decided_by(actor: Actor) -> ColumnElement[bool]:
    """The landelijk beheerder about landelijke entries, reviewers about those of their own organisatie."""
    if actor.organisatie_id is None and Role.LANDELIJK_BEHEERDER in actor.roles:
        return Schuldeiser.organisatie_id.is_(None)
    own = and_(Schuldeiser.organisatie_id.is_not(None), Schuldeiser.organisatie_id == actor.organisatie_id)
    return own if actor.is_reviewer else false()
