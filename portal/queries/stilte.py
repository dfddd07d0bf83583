"""Schuldeisers that do not answer: what is due about them, and who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from portal.clock import day_end
from portal.db.engine import ScopedSession
from portal.domain.bewaking import Stilte, last_silent_day
from portal.domain.inkomend import Mailsoort
from portal.domain.kennisgeving import ASKING, Grondslag, Soort
from portal.domain.roles import Actor
from portal.domain.status import Antwoord, Status, Verzendstatus
from portal.models import Categorie, Inkomend, Kennisgeving, Pauzeverzoek, Schuldeiser, Stilzwijgen

MAX_ROWS = 500
"""Schuldeisers that the list shows at most, the most silent first."""


def to_remind(session: Session, today: date, werkdagen: int, limit: int) -> Sequence[UUID]:
    """First Kennisgevingen that were handed over so many whole working days ago and got no answer, the longest silent
    first. By convenant the pause runs without an answer, and a private person is never reminded.
    """
    k, s = Kennisgeving, Schuldeiser
    return session.scalars(
        _running(select(k.id).join(s, s.id == k.schuldeiser_id), today)
        .where(
            k.soort == Soort.KENNISGEVING,
            k.grondslag == Grondslag.VERZOEK,
            k.status == Verzendstatus.AANGEBODEN,
            k.handed_over_at < day_end(last_silent_day(today, werkdagen)),
            s.actief,
            s.categorie != Categorie.PARTICULIER,
            ~exists().where(Stilzwijgen.kennisgeving_id == k.id),
            *_unanswered(),
        )
        .order_by(k.handed_over_at, k.id)
        .limit(limit)
    ).all()


def to_telephone(session: Session, today: date, werkdagen: int, limit: int) -> Sequence[UUID]:
    """The same of which the reminder too was handed over so many whole working days ago."""
    k, reminder = Kennisgeving, aliased(Kennisgeving)
    return session.scalars(
        _running(select(k.id).join(Stilzwijgen, Stilzwijgen.kennisgeving_id == k.id), today)
        .join(reminder, _follows(reminder))
        .where(
            Stilzwijgen.stand == Stilte.HERINNERD,
            reminder.soort == Soort.HERINNERING,
            reminder.status == Verzendstatus.AANGEBODEN,
            reminder.handed_over_at < day_end(last_silent_day(today, werkdagen)),
            *_unanswered(),
        )
        .order_by(reminder.handed_over_at, k.id)
        .limit(limit)
    ).all()


def to_list(session: Session, today: date, werkdagen: int, limit: int) -> Sequence[UUID]:
    """Those that a hulpverlener was to telephone so many whole working days ago: still no answer."""
    k = Kennisgeving
    return session.scalars(
        _running(select(k.id).join(Stilzwijgen, Stilzwijgen.kennisgeving_id == k.id), today)
        .where(
            Stilzwijgen.stand == Stilte.BELLEN,
            Stilzwijgen.sinds <= last_silent_day(today, werkdagen),
            *_unanswered(),
        )
        .order_by(Stilzwijgen.sinds, k.id)
        .limit(limit)
    ).all()


def _running(chosen: Select[UUID], today: date) -> Select[UUID]:
    """Only where the pause of the pair still runs tomorrow: on its last day nobody is asked any more."""
    return chosen.join(Pauzeverzoek, Pauzeverzoek.id == Kennisgeving.verzoek_id).where(
        Pauzeverzoek.status == Status.GOEDGEKEURD, _last_day() > today
    )


def _last_day() -> ColumnElement[date]:
    """The last day of the pause of the pair, as the last message about it says."""
    k, last = Kennisgeving, aliased(Kennisgeving)
    return (
        select(last.eind_on)
        .where(
            _same_pair(last),
            last.soort.in_(ASKING),
            last.status != Verzendstatus.VERVALLEN,
        )
        .order_by(last.issued_at.desc())
        .limit(1)
        .correlate(k)
        .scalar_subquery()
    )


def _same_pair(other: type[Kennisgeving]) -> ColumnElement[bool]:
    """To the same recipient in the same case, about the same persons."""
    k = Kennisgeving
    return and_(
        other.verzoek_id == k.verzoek_id,
        other.schuldeiser_id == k.schuldeiser_id,
        other.schuldenaar.is_not_distinct_from(k.schuldenaar),
    )


def _follows(other: type[Kennisgeving]) -> ColumnElement[bool]:
    """Of the same pair and later: what came before an end has no part in what was asked anew."""
    return and_(_same_pair(other), other.issued_at > Kennisgeving.issued_at)


def _unanswered() -> tuple[ColumnElement[bool], ...]:
    """No answer to the message or a later one of the pair, no mail since that may be one, and no end."""
    k, other = Kennisgeving, aliased(Kennisgeving)
    mailed = and_(Inkomend.kennisgeving_id == other.id, Inkomend.received_at > k.issued_at)
    return (
        k.antwoord == Antwoord.GEEN_REACTIE,
        ~exists().where(_follows(other), other.antwoord != Antwoord.GEEN_REACTIE),
        ~exists().where(_same_pair(other), mailed, Inkomend.soort == Mailsoort.ANTWOORD),
        _is_not_ended(),
    )


def _is_not_ended() -> ColumnElement[bool]:
    other = aliased(Kennisgeving)
    return ~exists().where(_follows(other), other.soort == Soort.BEEINDIGING)


def is_to_telephone(actor: Actor, today: date) -> Select[UUID]:
    """Cases with a schuldeiser that somebody should telephone."""
    return (
        select(Stilzwijgen.verzoek_id)
        .join(Kennisgeving, Kennisgeving.id == Stilzwijgen.kennisgeving_id)
        .where(
            Stilzwijgen.organisatie_id == actor.organisatie_id,
            Stilzwijgen.stand == Stilte.BELLEN,
            _last_day() >= today,
            _is_not_ended(),
        )
    )


def of_case(session: Session, verzoek_id: UUID) -> dict[UUID, Stilzwijgen]:
    """The silences of a case, by their first Kennisgeving."""
    rows = session.scalars(select(Stilzwijgen).where(Stilzwijgen.verzoek_id == verzoek_id).limit(MAX_ROWS))
    return {row.kennisgeving_id: row for row in rows}


# --- the list for the NVVK ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Zwijger:
    """A schuldeiser that kept silent: about how many pauses, and from when to when it was put on the list."""

    naam: str
    aantal: int
    eerste_on: date
    laatste_on: date


def silent(session: ScopedSession, actor: Actor) -> Sequence[Zwijger]:
    """Schuldeisers that stay silent also after a reminder and a telephone call, the most silent first.

    Staff see those of the own organisatie; who belongs to none sees the landelijke list over all of them.
    """
    with session.acting_as(actor if actor.organisatie_id else Actor.systeem()):
        rows = session.execute(_silent(landelijk=actor.organisatie_id is None)).all()
    return [Zwijger(*row) for row in rows]


def _silent(*, landelijk: bool) -> Select[str, int, date, date]:
    count = func.count()
    statement = (
        select(Schuldeiser.naam, count, func.min(Stilzwijgen.sinds), func.max(Stilzwijgen.sinds))
        .join(Schuldeiser, Schuldeiser.id == Stilzwijgen.schuldeiser_id)
        .where(Stilzwijgen.stand == Stilte.GEMELD)
        .group_by(Schuldeiser.id, Schuldeiser.naam)
        .order_by(count.desc(), Schuldeiser.naam, Schuldeiser.id)
        .limit(MAX_ROWS)
    )
    return statement.where(Schuldeiser.organisatie_id.is_(None)) if landelijk else statement
