"""The letters of an organisatie that wait to be printed and posted."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor
from portal.domain.status import Verzendstatus
from portal.models import Brief, Kennisgeving

PER_STAPEL = 100
"""Letters in one batch: what somebody can fold in a morning. Assumption."""


MAX_WAITING = 500
"""Letters looked at for a batch: some of them have no address and cannot be in it. Assumption."""


def waiting(session: Session, actor: Actor) -> Sequence[Kennisgeving]:
    """The letters that are made and wait, oldest first, with their recipient."""
    statement = _waiting(actor).with_only_columns(Kennisgeving).limit(MAX_WAITING)
    return session.scalars(statement.options(joinedload(Kennisgeving.schuldeiser))).all()


def chosen(session: Session, actor: Actor, ids: Collection[UUID]) -> Sequence[Row[Kennisgeving, Brief]]:
    """Of these letters those that wait and have an address, each with its file, in the same order. At most a batch."""
    found = session.execute(_waiting(actor).where(Kennisgeving.id.in_(ids)).limit(PER_STAPEL)).all()
    return [row for row in found if row.Kennisgeving.has_postadres]


def letter(session: Session, kennisgeving_id: UUID) -> Brief | None:
    """The file of one message, when it is made."""
    return session.get(Brief, kennisgeving_id)


def _waiting(actor: Actor) -> Select[Kennisgeving, Brief]:
    return (
        select(Kennisgeving, Brief)
        .join(Brief, Brief.id == Kennisgeving.id)
        .where(
            Kennisgeving.organisatie_id == actor.organisatie_id,
            Kennisgeving.kanaal == Kanaal.BRIEF,
            Kennisgeving.status == Verzendstatus.KLAAR,
        )
        .order_by(Kennisgeving.issued_at, Kennisgeving.id)
    )
