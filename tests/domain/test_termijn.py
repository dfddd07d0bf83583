"""Terms on the Dutch calendar, against a calendar worked out here by other means."""

from datetime import date, timedelta
from functools import cache

import pytest

from portal.domain.termijn import (
    add_werkdagen,
    beschikking_voor,
    eerste_gesprek_voor,
    feestdagen,
    is_werkdag,
    run_on,
    werkdagen_until,
)

YEARS = range(2026, 2031)
DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range((date(2031, 1, 1) - date(2026, 1, 1)).days)]
ONE_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def listed(year: int) -> frozenset[date]:
    """The days of Algemene termijnenwet art. 3: the ones that are always a Sunday too."""
    koningsdag = date(year, 4, 27)
    if koningsdag.weekday() == 6:
        koningsdag -= ONE_DAY
    moving = {easter(year) + timedelta(days=n) for n in (-2, 0, 1, 39, 49, 50)}
    fixed = {date(year, 1, 1), koningsdag, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(moving | fixed)


def free(day: date) -> bool:
    return day.isoweekday() in (6, 7) or day in listed(day.year)


WORKING = [day for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(2200)) if not free(day)]


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2026, "2026-04-05"), (2027, "2027-03-28"), (2028, "2028-04-16"), (2029, "2029-04-01"), (2030, "2030-04-21")],
)
def test_the_computus_of_this_test_knows_easter(year, sunday):
    assert easter(year) == date.fromisoformat(sunday)


@pytest.mark.parametrize("year", YEARS)
def test_the_feestdagen_are_those_of_the_termijnenwet_and_no_others(year):
    assert feestdagen(year) == listed(year)


@pytest.mark.parametrize("year", YEARS)
def test_bevrijdingsdag_is_free_every_year(year):
    assert not is_werkdag(date(year, 5, 5))


def test_koningsdag_on_a_sunday_is_kept_on_saturday():
    assert date(2031, 4, 26) in feestdagen(2031)
    assert date(2031, 4, 27) not in feestdagen(2031)
    assert is_werkdag(date(2031, 4, 28))


def test_every_day_is_a_working_day_or_not_as_the_list_says():
    assert [day for day in DAYS if is_werkdag(day) == free(day)] == []


def test_every_day_runs_on_to_the_first_working_day():
    assert [day for day in DAYS if run_on(day) != next(d for d in WORKING if d >= day)] == []


@pytest.mark.parametrize("count", [0, 1, 3, 10])
def test_every_day_plus_working_days_is_counted_off_on_the_list(count):
    wrong = []
    for at, day in enumerate(DAYS):
        later = [d for d in WORKING[max(0, at // 2 - 10) :] if d > day][:count]
        if add_werkdagen(day, count) != (later[-1] if count else day):
            wrong.append(day)
    assert wrong == []


def test_every_ordinary_request_gets_its_talk_within_four_weeks_run_on():
    wrong = [
        day
        for day in DAYS
        if eerste_gesprek_voor(day, dreigend=False) != next(d for d in WORKING if d >= day + timedelta(days=28))
    ]
    assert wrong == []


def test_every_threatened_request_gets_its_talk_on_the_third_working_day():
    wrong = [day for day in DAYS if eerste_gesprek_voor(day, dreigend=True) != [d for d in WORKING if d > day][2]]
    assert wrong == []


@pytest.mark.parametrize(
    ("filed", "dreigend", "before"),
    [
        ("2027-01-12", False, "2027-02-09"),  # an ordinary Tuesday
        ("2027-04-30", False, "2027-05-28"),
        ("2027-04-07", False, "2027-05-07"),  # 5 May, then Ascension Day on the 6th
        ("2027-04-26", True, "2027-04-30"),  # Koningsdag in between
        ("2026-12-24", True, "2026-12-30"),  # Christmas and a weekend in between
        ("2026-12-31", True, "2027-01-06"),
    ],
)
def test_dates_that_were_looked_up_on_a_paper_calendar(filed, dreigend, before):
    assert eerste_gesprek_voor(date.fromisoformat(filed), dreigend=dreigend) == date.fromisoformat(before)


@pytest.mark.parametrize("length", [0, 1, 5, 30, 70])
def test_working_days_between_are_counted_without_the_first_and_with_the_last(length):
    for start in DAYS[::13]:
        end = start + timedelta(days=length)
        expected = sum(1 for n in range(1, length + 1) if not free(start + timedelta(days=n)))
        assert werkdagen_until(start, end) == expected
        assert werkdagen_until(end, start) == -expected


def test_every_beschikking_is_due_within_eight_weeks_of_the_talk_run_on():
    wrong = [day for day in DAYS if beschikking_voor(day) != next(d for d in WORKING if d >= day + timedelta(days=56))]
    assert wrong == []
