"""The counts behind the figures of a quarter, of what the actor sees. Raw: nobody is shown them so."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Integer, Select, and_, case, cast, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from portal.clock import day_end
from portal.domain import events
from portal.domain.cijfers import Kwartaal
from portal.domain.kennisgeving import Soort
from portal.domain.melding import Meldingsoort
from portal.domain.stappen import STAPPEN
from portal.domain.status import WGS_BEWAAKT, Antwoord, Status
from portal.domain.zandbak import ORGANISATIE
from portal.models import (
    AuditEntry,
    Categorie,
    Kennisgeving,
    Kwartaalcijfers,
    Melding,
    Organisatie,
    Pauzeverzoek,
    Schuldeiser,
)

MAX_QUARTERS = 40
"""Published quarters that a page lists: ten years."""

HULP, NIETS = "verstuurd", "niets"
"""How far somebody came who sent the request, and who answered no question."""


@dataclass(frozen=True, slots=True)
class Zaken:
    """How many cases of the quarter are how far, by one partition after another."""

    gesprek: Counter[str]
    afloop: Counter[str]
    kennisgeving: Counter[str]
    einde: Counter[str]
    beschikking: Counter[str]

    @property
    def aantal(self) -> int:
        return self.afloop.total()


def zaken(session: Session, kwartaal: Kwartaal, today: date) -> Zaken:
    """The cases filed in the quarter that the actor sees, in one statement."""
    filed = Pauzeverzoek.meldingsdatum
    told = (
        select(Kennisgeving.verzoek_id, func.min(Kennisgeving.issued_at).label("at"))
        .where(Kennisgeving.soort == Soort.KENNISGEVING)
        .group_by(Kennisgeving.verzoek_id)
        .subquery("told")
    )
    parts = {
        "gesprek": _gesprek(today),
        "afloop": _afloop(told.c.at),
        "kennisgeving": _after(cast(func.timezone("Europe/Amsterdam", told.c.at), Date) - filed),
        "einde": _einde(told.c.at),
        "beschikking": _beschikking(today),
    }
    groups = [part.label(name) for name, part in parts.items()]
    rows = session.execute(
        select(*groups, func.count().label("aantal"))
        .select_from(Pauzeverzoek)
        .join(Organisatie, Organisatie.id == Pauzeverzoek.organisatie_id)
        .outerjoin(told, told.c.verzoek_id == Pauzeverzoek.id)
        .where(filed.between(kwartaal.eerste, kwartaal.laatste), Organisatie.naam != ORGANISATIE)
        .group_by(*groups)
    ).all()
    found = Zaken(*(Counter[str]() for _ in parts))
    for row in rows:
        for name in parts:
            getattr(found, name)[getattr(row, name)] += row.aantal
    return found


def antwoorden(session: Session, kwartaal: Kwartaal) -> dict[str, tuple[int, int, int, int]]:
    """Per schuldeiser the messages of the quarter: paused, refused, another answer, none. A merged entry counts with
    the one that stays; a private person is never among them.
    """
    kinds = ({Antwoord.BEVESTIGD}, {Antwoord.GEEN_MEDEWERKING}, {Antwoord.OVERGEDRAGEN, Antwoord.AL_IN_REGELING},
             {Antwoord.GEEN_REACTIE})  # fmt: skip
    counts = [func.count().filter(Kennisgeving.antwoord.in_(kind)) for kind in kinds]
    rows = session.execute(
        _per_schuldeiser(counts).where(Kennisgeving.soort == Soort.KENNISGEVING, _in(Kennisgeving.issued_at, kwartaal))
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


def inbreuken(session: Session, kwartaal: Kwartaal) -> dict[str, int]:
    """Per schuldeiser in how many cases post came although it was asked to pause."""
    cases = func.count(Melding.verzoek_id.distinct())
    rows = session.execute(
        _per_schuldeiser([cases])
        .join(Melding, Melding.kennisgeving_id == Kennisgeving.id)
        .where(Melding.soort == Meldingsoort.POST, _in(Melding.made_at, kwartaal))
    )
    return {row[0]: row[1] for row in rows}


def stappen(session: Session, kwartaal: Kwartaal) -> Counter[str]:
    """How far everybody came who began a request in the quarter, by the trail: it outlives the concept."""
    began = select(AuditEntry.keten).where(
        AuditEntry.gebeurtenis == events.PauzeverzoekStarted.__name__, _in(AuditEntry.at, kwartaal)
    )
    order = {stap.slug: place for place, stap in enumerate(STAPPEN, start=1)}
    furthest = func.max(case(order, value=AuditEntry.feiten["stap"].astext, else_=0))
    sent = func.bool_or(AuditEntry.gebeurtenis == events.PauzeverzoekSubmitted.__name__)
    each = (
        select(case((sent, literal(len(STAPPEN) + 1, Integer)), else_=furthest).label("hoever"))
        .where(AuditEntry.keten.in_(began))
        .group_by(AuditEntry.keten)
        .subquery("each")
    )
    names = [NIETS, *(stap.slug for stap in STAPPEN), HULP]
    rows = session.execute(select(each.c.hoever, func.count()).group_by(each.c.hoever))
    return Counter({names[hoever]: aantal for hoever, aantal in rows})


def first_day(session: Session) -> date | None:
    """The first meldingsdatum that the actor sees."""
    return session.scalar(select(func.min(Pauzeverzoek.meldingsdatum)))


# --- partitions of the cases ----------------------------------------------------------------------


def _gesprek(today: date) -> ColumnElement[str]:
    """When the first conversation was, and whether that was in time (Wgs art. 4), whatever became of the pause."""
    held, voor = Pauzeverzoek.eerste_gesprek_on, Pauzeverzoek.eerste_gesprek_voor
    days = held - Pauzeverzoek.meldingsdatum
    return case(
        (and_(held.is_(None), _stopped_before(voor)), "gestopt"),
        (and_(held.is_(None), voor < today), "open_te_laat"),
        (held.is_(None), "open"),
        (held > voor, "te_laat"),
        (days <= 3, "3_dagen"),
        (days <= 7, "7_dagen"),
        (days <= 14, "14_dagen"),
        else_="later",
    )


def _beschikking(today: date) -> ColumnElement[str]:
    """Whether the beschikking came in time after the conversation (Wgs art. 4a)."""
    given, voor = Pauzeverzoek.beschikking_on, Pauzeverzoek.beschikking_voor
    return case(
        (voor.is_(None), "geen_gesprek"),
        (and_(given.is_(None), _stopped_before(voor)), "gestopt"),
        (and_(given.is_(None), voor < today), "open_te_laat"),
        (given.is_(None), "open"),
        (given > voor, "te_laat"),
        else_="op_tijd",
    )


def _stopped_before(voor: InstrumentedAttribute[date | None]) -> ColumnElement[bool]:
    """Whether the help request ended on that last day or before it: then nobody was late."""
    closed = cast(func.timezone("Europe/Amsterdam", Pauzeverzoek.changed_at), Date)
    return and_(Pauzeverzoek.status.not_in(WGS_BEWAAKT), closed <= voor)


def _afloop(told_at: ColumnElement[Any]) -> ColumnElement[str]:
    approved = (Status.GOEDGEKEURD, Status.BEEINDIGD, Status.AFGELOPEN)
    return case(
        (told_at.is_not(None), "ingelicht"),
        (Pauzeverzoek.status.in_(approved), "zonder_schuldeisers"),
        (Pauzeverzoek.status == Status.NIET_GOEDGEKEURD, "niet_goedgekeurd"),
        (Pauzeverzoek.status == Status.INGETROKKEN, "ingetrokken"),
        else_="open",
    )


def _einde(told_at: ColumnElement[Any]) -> ColumnElement[str]:
    """How the pause stands of which schuldeisers were told."""
    status = Pauzeverzoek.status
    return case(
        (told_at.is_(None), "geen"),
        (status == Status.AFGELOPEN, "afgelopen"),
        (status == Status.BEEINDIGD, "beeindigd"),
        (status == Status.INGETROKKEN, "ingetrokken"),
        else_="loopt",
    )


def _after(days: ColumnElement[Any]) -> ColumnElement[str]:
    return case(
        (days.is_(None), "geen"),
        (days <= 7, "7_dagen"),
        (days <= 14, "14_dagen"),
        (days <= 28, "28_dagen"),
        else_="later",
    )


# --------------------------------------------------------------------------------------------------


def _per_schuldeiser(counts: Sequence[ColumnElement[int]]) -> Select[Any]:
    """Messages to companies by the name under which their schuldeiser stands in the directory now."""
    told, stays = aliased(Schuldeiser), aliased(Schuldeiser)
    columns: list[Any] = [stays.naam, *counts]
    return (
        select(*columns)
        .select_from(Kennisgeving)
        .join(told, told.id == Kennisgeving.schuldeiser_id)
        .join(stays, stays.id == func.coalesce(told.samengevoegd_met_id, told.id))
        .join(Organisatie, Organisatie.id == Kennisgeving.organisatie_id)
        .where(stays.categorie != Categorie.PARTICULIER, Organisatie.naam != ORGANISATIE)
        .group_by(stays.naam)
        .order_by(stays.naam)
    )


def _in(instant: InstrumentedAttribute[datetime], kwartaal: Kwartaal) -> ColumnElement[bool]:
    """Within the Dutch days of the quarter."""
    before = day_end(kwartaal.eerste - timedelta(days=1))
    return and_(instant >= before, instant < day_end(kwartaal.laatste))


def published(session: Session) -> list[Kwartaalcijfers]:
    """The quarters that were published, the newest first."""
    return list(session.scalars(select(Kwartaalcijfers).order_by(Kwartaalcijfers.kwartaal.desc()).limit(MAX_QUARTERS)))
