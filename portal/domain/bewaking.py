"""The watch: on which days it warns of a legal term and of the end of a pause, and how long silence is silence.

Every date is a Dutch calendar day. A rule says from which day on something is due, never only on which day: a worker
that was down does it later, once, and the day that it was due stays known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.termijn import add_werkdagen, is_werkdag, run_on

ONE_DAY = timedelta(days=1)


class Klok(StrEnum):
    """What runs out."""

    EERSTE_GESPREK = "eerste_gesprek"
    BESCHIKKING = "beschikking"
    EINDE_PAUZE = "einde_pauze"


class Stilte(StrEnum):
    """How far the watch has come with a schuldeiser that does not answer. Silence is not a refusal."""

    HERINNERD = "herinnerd"
    BELLEN = "bellen"
    GEMELD = "gemeld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Geduld:
    """Whole working days that the watch waits: for an answer, after the reminder, and after the task to telephone."""

    antwoord_werkdagen: int
    herinnering_werkdagen: int
    bellen_werkdagen: int


@dataclass(frozen=True, slots=True, order=True)
class Waarschuwing:
    """One warning of a series: the how manieth, and from which day on it is due."""

    nummer: int
    due_on: date


def term_warnings(begin: date, voor: date) -> tuple[Waarschuwing, ...]:
    """Of a term from `begin` up to and including `voor`, a working day: at half time, and the working day before the
    last. Half time on a free day is warned of on the next working day.
    """
    before = werkdag_before(voor)
    return Waarschuwing(1, min(run_on(half_time(begin, voor)), before)), Waarschuwing(2, before)


def half_time(begin: date, voor: date) -> date:
    """The day on which half of the days of a term have passed, rounded down."""
    return begin + (voor - begin) // 2


def end_warnings(start_on: date, eind_on: date, days: Sequence[int]) -> tuple[Waarschuwing, ...]:
    """So many days before the last day of a pause, the farthest first. What would fall on its first day or before it is
    left out, and the others keep their number.
    """
    ordered = enumerate(sorted(days, reverse=True), start=1)
    found = (Waarschuwing(nummer, eind_on - timedelta(days=count)) for nummer, count in ordered)
    return tuple(each for each in found if each.due_on > start_on)


def due(warnings: Sequence[Waarschuwing], today: date) -> tuple[Waarschuwing, ...]:
    """Those of which the day has come."""
    return tuple(each for each in warnings if each.due_on <= today)


def werkdag_before(day: date) -> date:
    """The last working day before a day."""
    day -= ONE_DAY
    while not is_werkdag(day):
        day -= ONE_DAY
    return day


def last_werkdag(today: date) -> date:
    """The day itself, or the last working day before it."""
    return today if is_werkdag(today) else werkdag_before(today)


def last_silent_day(today: date, werkdagen: int) -> date:
    """The latest day from which so many working days have passed, all of them over: who was told on it or before and
    has not answered is silent.
    """
    day = today - ONE_DAY
    while add_werkdagen(day, werkdagen) >= today:
        day -= ONE_DAY
    return day
