"""Who is away, and who has his cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal.domain.roles import Actor
from portal.domain.vervanging import replaced_by
from portal.models import Afwezigheid, Medewerker

MAX_ROWS = 500
"""Rows at most: as many as an organisatie has staff."""


@dataclass(frozen=True, slots=True)
class Afwezig:
    """One absence with the names of both."""

    afwezigheid: Afwezigheid
    medewerker: str
    vervanger: str


def absent(session: Session, today: date) -> dict[UUID, UUID]:
    """Who is away today → who replaces him, in the own organisatie."""
    rows = session.execute(
        select(Afwezigheid.medewerker_id, Afwezigheid.vervanger_id)
        .where(Afwezigheid.ended_at.is_(None), Afwezigheid.start_on <= today, Afwezigheid.eind_on >= today)
        .order_by(Afwezigheid.id)
        .limit(MAX_ROWS)
    )
    return {row.medewerker_id: row.vervanger_id for row in rows}


def replaced(actor: Actor, away: dict[UUID, UUID]) -> frozenset[UUID]:
    """Whose cases are the actor's today."""
    return replaced_by(actor.id, away) if actor.id else frozenset()


def listed(session: Session, today: date) -> Sequence[Afwezig]:
    """Absences of the own organisatie that are not over, the earliest first."""
    medewerker, vervanger = aliased(Medewerker), aliased(Medewerker)
    rows = session.execute(
        select(Afwezigheid, medewerker.naam, vervanger.naam)
        .join(medewerker, medewerker.id == Afwezigheid.medewerker_id)
        .join(vervanger, vervanger.id == Afwezigheid.vervanger_id)
        .where(Afwezigheid.ended_at.is_(None), Afwezigheid.eind_on >= today)
        .order_by(Afwezigheid.start_on, Afwezigheid.id)
        .limit(MAX_ROWS)
    )
    return [Afwezig(*row) for row in rows]
