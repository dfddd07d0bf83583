"""The days of the watch, over every day of 2027 and 2028, against a list counted off by other means."""

import calendar
from bisect import bisect_left
from datetime import date, timedelta

import pytest

from portal.domain.bewaking import due, end_warnings, last_silent_day, last_werkdag, term_warnings
from portal.domain.duur import eind_on
from portal.domain.termijn import beschikking_voor, eerste_gesprek_voor
from tests.domain.test_termijn import WORKING, free

DAYS = [date(2027, 1, 1) + timedelta(days=n) for n in range(365 + 366)]
ONE_DAY = timedelta(days=1)


def days_of(begin: date, voor: date) -> list[date]:
    """Every day after the first up to and including the last, one by one."""
    found = [begin + ONE_DAY]
    while found[-1] < voor:
        found.append(found[-1] + ONE_DAY)
    return found


def expected_warnings(begin: date, voor: date) -> list[tuple[int, date]]:
    """Half time: as many days gone as still to come, or one fewer; then the first working day. Never after the last
    working day before the end.
    """
    passed = days_of(begin, voor)
    half = passed[len(passed) // 2 - 1] if len(passed) > 1 else begin
    before = [day for day in WORKING if day < voor][-1]
    first = next(day for day in WORKING if day >= half)
    return [(1, min(before, first)), (2, before)]


def told(warnings):
    return [(each.nummer, each.due_on) for each in warnings]


def test_the_enumeration_covers_a_leap_day():
    assert DAYS[0] == date(2027, 1, 1)
    assert DAYS[-1] == date(2028, 12, 31)
    assert date(2028, 2, 29) in DAYS


CLOCKS = {
    "conversation": lambda day: eerste_gesprek_voor(day, dreigend=False),
    "threat": lambda day: eerste_gesprek_voor(day, dreigend=True),
    "beschikking": beschikking_voor,
    "a shorter local term": lambda day: beschikking_voor(day, weken=6),
}
"""From the day on which a clock of the Wgs begins to its last day."""


@pytest.mark.parametrize("ends", CLOCKS.values(), ids=CLOCKS)
def test_a_clock_from_every_day_is_warned_of_at_half_time_and_on_the_working_day_before(ends):
    wrong = []
    for day in DAYS:
        voor = ends(day)
        if told(term_warnings(day, voor)) != expected_warnings(day, voor):
            wrong.append(day)
    assert wrong == []


@pytest.mark.parametrize("ends", CLOCKS.values(), ids=CLOCKS)
def test_every_warning_of_a_term_falls_on_a_working_day_within_it(ends):
    for day in DAYS:
        voor = ends(day)
        for warning in term_warnings(day, voor):
            assert not free(warning.due_on)
            assert day <= warning.due_on < voor


@pytest.mark.parametrize(
    ("filed", "dreigend", "half", "before"),
    [
        ("2027-02-01", False, "2027-02-15", "2027-02-26"),  # the term ends on Monday 1 March
        ("2027-03-24", True, "2027-03-30", "2027-03-30"),  # Easter in between: until Wednesday 31 March
        ("2027-04-07", False, "2027-04-22", "2027-05-04"),  # 5 and 6 May are free: until Friday 7 May
        ("2028-02-01", False, "2028-02-15", "2028-02-28"),  # until the leap day
        ("2027-12-22", True, "2027-12-24", "2027-12-24"),  # Christmas in a weekend: both on Friday
    ],
)
def test_warnings_that_were_looked_up_on_a_paper_calendar(filed, dreigend, half, before):
    begin = date.fromisoformat(filed)
    warnings = term_warnings(begin, eerste_gesprek_voor(begin, dreigend=dreigend))
    assert told(warnings) == [(1, date.fromisoformat(half)), (2, date.fromisoformat(before))]


@pytest.mark.parametrize(
    ("talk", "half", "before"),
    [
        ("2027-02-10", "2027-03-10", "2027-04-06"),  # until Wednesday 7 April
        ("2027-03-11", "2027-04-08", "2027-05-04"),  # Thursday 6 May is Hemelvaartsdag: until Friday, and 5 May is free
        ("2027-10-30", "2027-11-29", "2027-12-24"),  # ends at Christmas, runs on to Monday; half time falls on Sunday
        ("2028-01-04", "2028-02-01", "2028-02-28"),  # until the leap day
    ],
)
def test_warnings_of_a_beschikking_that_were_looked_up_on_a_paper_calendar(talk, half, before):
    begin = date.fromisoformat(talk)
    warnings = term_warnings(begin, beschikking_voor(begin))
    assert told(warnings) == [(1, date.fromisoformat(half)), (2, date.fromisoformat(before))]


@pytest.mark.parametrize("maanden", range(1, 9))
def test_the_end_of_a_pause_from_every_day_is_announced_on_the_counted_days(maanden):
    """The 31st, the leap day and the nights in which the clock moves are among them."""
    wrong = []
    for start in DAYS:
        last = eind_on(start, maanden)
        running = days_of(start, last)
        assert last.day == min(start.day, calendar.monthrange(last.year, last.month)[1])
        expected = [
            (nummer, running[-1 - count]) for nummer, count in enumerate((30, 14, 7), start=1) if count < len(running)
        ]
        if told(end_warnings(start, last, (30, 14, 7))) != expected:
            wrong.append(start)
    assert wrong == []


def test_a_short_pause_is_not_announced_before_it_began_and_keeps_its_numbers():
    start = date(2027, 2, 1)
    assert told(end_warnings(start, date(2027, 3, 1), (30, 14, 7))) == [
        (2, date(2027, 2, 15)), (3, date(2027, 2, 22)),
    ]  # fmt: skip


def test_the_days_are_taken_from_the_farthest_whatever_their_order():
    start, last = date(2027, 2, 1), date(2027, 6, 1)
    assert end_warnings(start, last, (7, 30, 14)) == end_warnings(start, last, (30, 14, 7))


def test_a_warning_is_due_from_its_day_on_and_stays_due():
    warnings = end_warnings(date(2027, 2, 1), date(2027, 6, 1), (30, 14, 7))
    assert due(warnings, date(2027, 5, 1)) == ()
    assert [each.nummer for each in due(warnings, date(2027, 5, 2))] == [1]
    assert [each.nummer for each in due(warnings, date(2027, 5, 26))] == [1, 2, 3]


def test_every_day_has_its_last_working_day():
    wrong = [day for day in DAYS if last_werkdag(day) != [each for each in WORKING if each <= day][-1]]
    assert wrong == []


@pytest.mark.parametrize("count", [1, 5, 10])
def test_on_every_day_silence_reaches_back_as_many_whole_working_days(count):
    """Told on a day, there are `count` working days to answer in; on the day after the last of them it is silence."""
    wrong = []
    for today in DAYS:
        over = WORKING[: bisect_left(WORKING, today)]  # the working days that are over
        if last_silent_day(today, count) != over[-count] - ONE_DAY:
            wrong.append(today)
    assert wrong == []
