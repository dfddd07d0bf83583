"""What the watch has to do: terms and ends of which a warning is due and was not given yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ColumnOperators,
    Date,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased

from portal.domain.beantwoording import Geldigheid
from portal.domain.bewaking import Klok, last_werkdag
from portal.domain.kennisgeving import ASKING, Soort
from portal.domain.status import WGS_BEWAAKT, Status, Verzendstatus
from portal.domain.termijn import add_werkdagen
from portal.models import Kennisgeving, Pauzeverzoek, Signaal
from portal.models.kennisgeving import REPLACING

MAX_ROWS = 500
"""Warnings of one case, or of one page of cases, that a look-up returns at most."""


@dataclass(frozen=True, slots=True, order=True)
class Einde:
    """A day that is the last of the pause at one or more schuldeisers of a case."""

    eind_on: date
    verzoek_id: UUID


# --- terms ----------------------------------------------------------------------------------------


def is_klok_running() -> ColumnElement[bool]:
    """Whether somebody waits for the first conversation, or for the beschikking: `WgsTraject.klok`. The statuses stand
    in the statement, for the index that holds just these rows.
    """
    status = Pauzeverzoek.status
    waits = bindparam(None, sorted(WGS_BEWAAKT), status.type, expanding=True, literal_execute=True)
    return and_(status.in_(waits), Pauzeverzoek.beschikking_on.is_(None))


def is_past_half_time(today: date) -> ColumnElement[bool]:
    """Whether the first warning of the clock of the Wgs that runs is due: the rule of `term_warnings`."""
    v = Pauzeverzoek
    days = type_coerce(v.termijn_voor - v.termijn_vanaf, Integer())
    half_time = type_coerce(v.termijn_vanaf + days // 2, Date())
    return or_(half_time <= last_werkdag(today), is_last_call(today))


def is_last_call(today: date) -> ColumnElement[bool]:
    """Whether the second one is: it is the working day before the last day, or later."""
    return Pauzeverzoek.termijn_voor <= add_werkdagen(today, 1)


def terms_due(session: Session, today: date, limit: int) -> Sequence[UUID]:
    """Cases of which a warning of the clock that runs is due, the earliest deadline first."""
    v = Pauzeverzoek
    klok = case(
        (v.eerste_gesprek_on.is_(None), literal(Klok.EERSTE_GESPREK, Signaal.klok.type)),
        else_=literal(Klok.BESCHIKKING, Signaal.klok.type),
    )
    return session.scalars(
        select(v.id)
        .where(
            is_klok_running(),
            or_(
                and_(is_past_half_time(today), ~_given(klok, 1, v.termijn_voor)),
                and_(is_last_call(today), ~_given(klok, 2, v.termijn_voor)),
            ),
        )
        .order_by(v.termijn_voor, v.id)
        .limit(limit)
    ).all()


# --- ends -----------------------------------------------------------------------------------------


def ends_due(session: Session, today: date, days: Sequence[int], limit: int) -> Sequence[Einde]:
    """Last days of running pauses of which a warning is due, the nearest first. `days` as in `end_warnings`.

    Only the latest warning that is due is asked for: the ones before it are given together with it.
    """
    k, v = Kennisgeving, Pauzeverzoek
    ordered = sorted(days, reverse=True)
    found = session.execute(
        select(k.eind_on, k.verzoek_id)
        .distinct()
        .join(v, v.id == k.verzoek_id)
        .where(
            v.status == Status.GOEDGEKEURD,
            k.soort.in_(ASKING),
            k.status != Verzendstatus.VERVALLEN,
            k.eind_on.between(today, today + timedelta(days=ordered[0])),
            or_(*(_is_unannounced(today, nummer, ordered) for nummer in range(1, len(ordered) + 1))),
            ~_is_replaced(),
        )
        .order_by(k.eind_on, k.verzoek_id)
        .limit(limit)
    )
    return [Einde(row.eind_on, row.verzoek_id) for row in found]


def _is_unannounced(today: date, nummer: int, ordered: Sequence[int]) -> ColumnElement[bool]:
    """Whether this is the latest warning that is due, falls after the first day, and was not given."""
    k, far = Kennisgeving, timedelta(days=ordered[nummer - 1])
    near = timedelta(days=ordered[nummer]) if nummer < len(ordered) else timedelta(days=-1)
    return and_(
        k.eind_on <= today + far,
        k.eind_on > today + near,
        k.start_on + ordered[nummer - 1] < k.eind_on,
        ~_given(Klok.EINDE_PAUZE, nummer, k.eind_on),
    )


def _is_replaced() -> ColumnElement[bool]:
    """Whether a later message to the same recipient gave another last day, or ended the pause."""
    later, k = aliased(Kennisgeving), Kennisgeving
    return exists().where(
        later.verzoek_id == k.verzoek_id,
        later.schuldeiser_id == k.schuldeiser_id,
        later.schuldenaar.is_not_distinct_from(k.schuldenaar),
        later.issued_at > k.issued_at,
        later.soort.in_({*REPLACING, Soort.BEEINDIGING}),
    )


def _given(klok: Klok | ColumnElement[Klok], nummer: int, over_on: ColumnOperators) -> ColumnElement[bool]:
    return exists().where(
        Signaal.verzoek_id == Pauzeverzoek.id,
        Signaal.klok == klok,
        Signaal.nummer == nummer,
        Signaal.over_on == over_on,
    )


def in_force(messages: Sequence[Kennisgeving], today: date) -> list[Kennisgeving]:
    """Of every message of a case those that ask for a pause that still runs, one a recipient."""
    return [
        each
        for each in messages
        if each.soort in ASKING
        and each.geldigheid([other for other in messages if other.sleutel == each.sleutel], today) is Geldigheid.GELDIG
    ]


# --- what was given -------------------------------------------------------------------------------


def given(session: Session, verzoek_id: UUID, klok: Klok, over_on: date) -> Sequence[Signaal]:
    """The warnings of one day of one case, in order."""
    return session.scalars(
        select(Signaal)
        .where(Signaal.verzoek_id == verzoek_id, Signaal.klok == klok, Signaal.over_on == over_on)
        .order_by(Signaal.nummer)
        .limit(MAX_ROWS)
    ).all()


def unseen(session: Session, verzoek_id: UUID, today: date) -> Sequence[Signaal]:
    """The announcements of an end about one case that nobody has seen yet."""
    return session.scalars(
        select(Signaal)
        .where(Signaal.verzoek_id == verzoek_id, is_unseen_end(today))
        .order_by(Signaal.over_on, Signaal.nummer)
        .limit(MAX_ROWS)
    ).all()


def unseen_ends(session: Session, verzoek_ids: Iterable[UUID], today: date) -> dict[UUID, date]:
    """Of these cases the nearest last day that was announced and that nobody has seen yet."""
    rows = session.execute(
        select(Signaal.verzoek_id, Signaal.over_on)
        .where(Signaal.verzoek_id.in_(list(verzoek_ids)), is_unseen_end(today))
        .order_by(Signaal.over_on.desc())
        .limit(MAX_ROWS)
    )
    return {row.verzoek_id: row.over_on for row in rows}


def is_unseen_end(today: date) -> ColumnElement[bool]:
    """Whether a warning is about a pause that ends soon and nobody has seen it."""
    return and_(Signaal.klok == Klok.EINDE_PAUZE, Signaal.handled_at.is_(None), Signaal.over_on >= today)
