"""The cases that an organisatie gave to another."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.roles import Actor
from portal.models import Doorsturing

SHOWN = 100
"""Cases on the list: an older one is found by its kenmerk."""


def given_away(session: Session, actor: Actor) -> Sequence[Doorsturing]:
    """The latest first."""
    return session.scalars(_of(actor).limit(SHOWN)).all()


def last_given_away(session: Session, actor: Actor, verzoek_id: UUID) -> Doorsturing | None:
    """The last time that this organisatie gave this case away."""
    return session.scalars(_of(actor).where(Doorsturing.verzoek_id == verzoek_id).limit(1)).first()


def named(session: Session, actor: Actor, kenmerk: str) -> Doorsturing | None:
    """The same for a kenmerk that somebody looks for."""
    return session.scalars(_of(actor).where(Doorsturing.kenmerk == kenmerk).limit(1)).first()


def _of(actor: Actor) -> Select[Doorsturing]:
    return (
        select(Doorsturing)
        .where(Doorsturing.van_organisatie_id == actor.organisatie_id)
        .options(joinedload(Doorsturing.van), joinedload(Doorsturing.naar))
        .order_by(Doorsturing.forwarded_at.desc(), Doorsturing.id)
    )
