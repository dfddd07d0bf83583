"""Terms on the Dutch calendar: Wet gemeentelijke schuldhulpverlening (Wgs) and Algemene termijnenwet.

Every date here is a calendar day in the Netherlands.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

EERSTE_GESPREK_WEKEN = 4
"""Weeks between the help request and the first conversation. Source: Wgs art. 4(1)."""

DREIGING_WERKDAGEN = 3
"""Working days between the request and the first conversation under threat. Source: Wgs art. 4(2)."""

BESCHIKKING_WEKEN = 8
"""Weeks between the first conversation and the beschikking, at most; a setting or an organisatie may say less, as
a local rule may. Source: Wgs art. 4a."""


@lru_cache(maxsize=32)
def feestdagen(year: int) -> frozenset[date]:
    """The feestdagen of a year. Bevrijdingsdag counts every year. Source: Algemene termijnenwet art. 3."""
    return frozenset(holidays.country_holidays("NL", years=year, categories=("public", "optional")))


def is_werkdag(day: date) -> bool:
    """Whether a day is neither in a weekend nor a feestdag."""
    return day.weekday() < 5 and day not in feestdagen(day.year)


def run_on(day: date) -> date:
    """The day itself, or the next working day when a term would end on a free day. Source: Algemene termijnenwet
    art. 1.
    """
    while not is_werkdag(day):
        day += timedelta(days=1)
    return day


def add_werkdagen(day: date, count: int) -> date:
    """The `count`-th working day after a day."""
    for _ in range(count):
        day = run_on(day + timedelta(days=1))
    return day


def werkdagen_until(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` has passed."""
    if end < start:
        return -werkdagen_until(end, start)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(map(is_werkdag, days))


def eerste_gesprek_voor(meldingsdatum: date, *, dreigend: bool) -> date:
    """The last day for the first conversation, counted from the immutable meldingsdatum."""
    if dreigend:
        return add_werkdagen(meldingsdatum, DREIGING_WERKDAGEN)
    return run_on(meldingsdatum + timedelta(weeks=EERSTE_GESPREK_WEKEN))


def beschikking_voor(eerste_gesprek_on: date, weken: int = BESCHIKKING_WEKEN) -> date:
    """The last day for the beschikking, counted from the first conversation."""
    return run_on(eerste_gesprek_on + timedelta(weeks=weken))
