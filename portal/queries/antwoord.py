"""What a schuldeiser may answer, and what it answered."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Exists, exists, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased, joinedload

from portal.db.engine import ScopedSession
from portal.domain.beantwoording import Geldigheid
from portal.domain.errors import NotFound
from portal.domain.kennisgeving import ASKING, Soort
from portal.domain.roles import Actor
from portal.domain.status import Verzendstatus
from portal.models import Beantwoording, Kennisgeving

MAX_ROWS = 500
"""Rows that one look-up returns at most."""


def recipient_of(session: ScopedSession, kennisgeving_id: UUID) -> UUID:
    """The schuldeiser that a message went to, whoever asks. Raises NotFound."""
    with session.acting_as(Actor.systeem()):
        found = session.scalar(select(Kennisgeving.schuldeiser_id).where(Kennisgeving.id == kennisgeving_id))
    if found is None:
        raise NotFound(f"kennisgeving {kennisgeving_id}")
    return found


def for_link(session: Session, kennisgeving_id: UUID) -> Kennisgeving:
    """The message that a link asks an answer to; a reminder's link leads to what it reminds of. Raises NotFound."""
    found = session.get(Kennisgeving, kennisgeving_id, options=[joinedload(Kennisgeving.schuldeiser)])
    if found is None:
        raise NotFound(f"kennisgeving {kennisgeving_id}")
    return meant_by(session, found)


def to_same_recipient(session: Session, kennisgeving: Kennisgeving) -> Sequence[Kennisgeving]:
    """Every message to the same recipient in the same case with that recipient, itself included, oldest first."""
    return session.scalars(
        select(Kennisgeving)
        .where(
            Kennisgeving.verzoek_id == kennisgeving.verzoek_id,
            Kennisgeving.schuldeiser_id == kennisgeving.schuldeiser_id,
            Kennisgeving.schuldenaar.is_not_distinct_from(kennisgeving.schuldenaar),
        )
        .options(joinedload(Kennisgeving.schuldeiser))
        .order_by(Kennisgeving.issued_at, Kennisgeving.id)
        .limit(MAX_ROWS)
    ).all()


def is_followed_by(*soorten: Soort) -> Exists:
    """Within a query of Kennisgevingen: whether the same recipient was sent one of these later about the same case.

    As in `Kennisgeving.geldigheid` one that lapsed counts for nothing.
    """
    later = aliased(Kennisgeving)
    return exists().where(
        later.verzoek_id == Kennisgeving.verzoek_id,
        later.schuldeiser_id == Kennisgeving.schuldeiser_id,
        later.schuldenaar.is_not_distinct_from(Kennisgeving.schuldenaar),
        later.issued_at > Kennisgeving.issued_at,
        later.status != Verzendstatus.VERVALLEN,
        later.soort.in_(soorten),
    )


def meant_by(session: Session, kennisgeving: Kennisgeving) -> Kennisgeving:
    """The message that an answer to this one belongs to: itself, or for a reminder the last one before it."""
    if kennisgeving.soort is not Soort.HERINNERING:
        return kennisgeving
    before = to_same_recipient(session, kennisgeving)
    asking = [each for each in before if each.soort in ASKING and each.issued_at <= kennisgeving.issued_at]
    return asking[-1] if asking else kennisgeving


def asks_on(kennisgeving: Kennisgeving, others: Iterable[Kennisgeving], day: date) -> bool:
    """Whether a message asks for an answer on a day, given every message to the same recipient in the same case."""
    return kennisgeving.soort in ASKING and kennisgeving.geldigheid(others, day) is Geldigheid.GELDIG


def last_answer(session: Session, kennisgeving_id: UUID) -> Beantwoording | None:
    """The answer that counts, or None."""
    return session.scalars(
        select(Beantwoording)
        .where(Beantwoording.kennisgeving_id == kennisgeving_id)
        .options(joinedload(Beantwoording.naar))
        .order_by(Beantwoording.volgnummer.desc())
        .limit(1)
    ).first()


def last_answers(session: Session, verzoek_id: UUID) -> dict[UUID, Beantwoording]:
    """For a whole case the answer that counts, by Kennisgeving."""
    rows = session.scalars(
        select(Beantwoording)
        .join(Kennisgeving, Beantwoording.kennisgeving_id == Kennisgeving.id)
        .where(Kennisgeving.verzoek_id == verzoek_id)
        .options(joinedload(Beantwoording.naar))
        .ext(distinct_on(Beantwoording.kennisgeving_id))
        .order_by(Beantwoording.kennisgeving_id, Beantwoording.volgnummer.desc())
        .limit(MAX_ROWS)
    )
    return {row.kennisgeving_id: row for row in rows}
