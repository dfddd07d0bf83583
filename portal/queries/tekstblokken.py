"""The text blocks of an organisatie."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import NotFound
from portal.domain.roles import Actor
from portal.models import Bloksoort, Tekstblok

MAX_ROWS = 200


def all_of(session: Session, actor: Actor) -> Sequence[Tekstblok]:
    """Those of the own organisatie, by use and then by title."""
    return session.scalars(
        select(Tekstblok)
        .where(Tekstblok.organisatie_id == actor.organisatie_id)
        .order_by(Tekstblok.soort, Tekstblok.titel)
        .limit(MAX_ROWS)
    ).all()


def for_use(session: Session, actor: Actor, soort: Bloksoort) -> Sequence[Tekstblok]:
    """Those of one kind, by title."""
    return [blok for blok in all_of(session, actor) if blok.soort is soort]


def one(session: Session, tekstblok_id: UUID) -> Tekstblok:
    """Raises NotFound."""
    found = session.get(Tekstblok, tekstblok_id)
    if found is None:
        raise NotFound(f"tekstblok {tekstblok_id}")
    return found
