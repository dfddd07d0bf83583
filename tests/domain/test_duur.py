"""How long a pause lasts."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.duur import MAX_MAANDEN, eind_on
from portal.domain.errors import DuurOngeldig

DAYS = st.dates(date(2026, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("start", "last"),
    [("2026-10-31", "2027-02-28"), ("2027-10-31", "2028-02-29"), ("2028-10-31", "2029-02-28")],
)
def test_four_months_from_the_end_of_october_end_on_the_last_day_of_february(start, last):
    assert eind_on(date.fromisoformat(start), 4) == date.fromisoformat(last)


@given(DAYS, st.integers(1, 8))
def test_the_last_day_is_the_same_day_of_a_later_month_or_its_last(start, maanden):
    last = eind_on(start, maanden)
    months_later = (last.year - start.year) * 12 + last.month - start.month
    assert months_later == maanden
    assert last.day == min(start.day, calendar.monthrange(last.year, last.month)[1])


@given(DAYS, st.integers(-100, 100), st.integers(1, 100))
def test_nothing_passes_the_maximum_of_the_pair_or_eight_months(start, maanden, most):
    if 1 <= maanden <= min(most, 8):
        assert start < eind_on(start, maanden, max_maanden=most) <= eind_on(start, 8)
    else:
        with pytest.raises(DuurOngeldig):
            eind_on(start, maanden, max_maanden=most)


def test_the_law_of_eight_months_cannot_be_widened_by_the_directory():
    assert MAX_MAANDEN == 8
    with pytest.raises(DuurOngeldig):
        eind_on(date(2027, 1, 1), 9, max_maanden=12)
