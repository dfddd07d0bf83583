"""What waits for an answer from whoever reads one mailbox, over all cases.

The holder of a link is nobody in particular, so the portal itself looks, and only at the messages to the parties whose
verified address this is today, or to an entry that was merged with one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_

from portal.db.engine import ScopedSession
from portal.domain.errors import NotFound
from portal.domain.kennisgeving import ASKING, CLOSING, KennisgevingFeiten, Soort, from_json
from portal.domain.roles import Actor
from portal.domain.status import Antwoord, Verzendstatus
from portal.models import Kennisgeving, Overzichtslink, Schuldeiser
from portal.models.kennisgeving import REPLACING
from portal.models.zoekindex import email_index
from portal.queries.antwoord import is_followed_by

PAGE = 25
"""Rows of the list."""


@dataclass(frozen=True, slots=True)
class Open:
    """One message that waits: nothing of it names the person."""

    id: UUID
    soort: Soort
    feiten: KennisgevingFeiten


@dataclass(frozen=True, slots=True)
class Overzicht:
    """What a link opens: a mailbox, until when, and whether it still does."""

    adres: str
    expires_at: datetime
    is_usable: bool


def mailbox(session: ScopedSession, index: bytes) -> str | None:
    """The verified address with this keyed index, or None. Reads the whole directory: for the worker only."""
    addresses = session.scalars(
        select(Schuldeiser.email)
        .where(Schuldeiser.email_verified_on.is_not(None), Schuldeiser.email.is_not(None))
        .order_by(Schuldeiser.email, Schuldeiser.id)
    )
    return next((address for address in addresses if address and email_index(address) == index), None)


def link(session: ScopedSession, id: UUID, now: datetime) -> Overzicht:
    """What a link opens, whatever it is worth. Raises NotFound."""
    with session.acting_as(Actor.systeem()):
        found = session.get(Overzichtslink, id)
        if found is None:
            raise NotFound(f"overzichtslink {id}")
        return Overzicht(found.adres, found.expires_at, is_usable=found.is_usable(now))


def waiting(session: ScopedSession, adres: str, day: date, after: UUID | None = None, limit: int = PAGE) -> list[Open]:
    """The messages to this mailbox that ask for an answer on a day and have none, oldest first, from behind `after`.

    What did not leave, what was replaced, ended or called back and what a hulpverlener took the link of is not asked.
    """
    with session.acting_as(Actor.systeem()):
        return [Open(row.id, row.soort, from_json(row.feiten)) for row in _rows(session, adres, day, after, limit)]


def _rows(session: ScopedSession, adres: str, day: date, after: UUID | None, limit: int) -> Sequence[Kennisgeving]:
    k = Kennisgeving
    own = select(Schuldeiser.id).where(
        Schuldeiser.email_verified_on.is_not(None), func.lower(Schuldeiser.email) == adres.lower()
    )
    merged = select(Schuldeiser.id).where(Schuldeiser.samengevoegd_met_id.in_(own))
    wanted = (
        select(k)
        .where(
            or_(k.schuldeiser_id.in_(own), k.schuldeiser_id.in_(merged)),
            k.soort.in_(ASKING),
            k.status == Verzendstatus.AANGEBODEN,
            k.antwoord == Antwoord.GEEN_REACTIE,
            k.link_revoked_at.is_(None),
            k.eind_on >= day,
            ~is_followed_by(*REPLACING, *CLOSING),
        )
        .order_by(k.issued_at, k.id)
        .limit(limit)
    )
    place = session.execute(select(k.issued_at, k.id).where(k.id == after)).first() if after else None
    if place is not None:
        wanted = wanted.where(tuple_(k.issued_at, k.id) > tuple_(place.issued_at, place.id))
    return session.scalars(wanted).all()
