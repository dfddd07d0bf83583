"""No published number, and none that can be had by subtracting published numbers, is about one to four people."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cijfers import OVERIG, Kwartaal, Rij, Tabel, bundled, kwartalen, pooled, within

COUNTS = st.integers(0, 12)
KEYS = "abcdef"


@st.composite
def tellingen(draw):
    columns = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(COUNTS, min_size=columns, max_size=columns), min_size=0, max_size=6))
    return dict(zip(KEYS, rows, strict=False))


def is_telling(number):
    return 1 <= number <= 4


def attack(telling, tabel):
    """Every number that somebody can compute about a group: each sum of some of the published cells, and what is left
    of any published whole (a row, a column, all) after taking away some of the published cells in it."""
    cells = {(row, column): n for row, rij in enumerate(tabel.rijen) for column, n in enumerate(rij.aantallen)}
    wholes = [list(cells), *([c for c in cells if c[0] == row] for row in range(len(tabel.rijen)))]
    wholes += [[c for c in cells if c[1] == column] for column in range(len(tabel.kolommen))]
    true_total = sum(map(sum, telling.values()))
    known = [(cells.keys(), true_total)] if tabel.totaal is not None else []
    for whole in wholes:
        for size in range(min(len(whole), 4) + 1):
            for taken in combinations(whole, size):
                yield sum(cells[c] for c in whole) - sum(cells[c] for c in taken)
                yield sum(cells[c] for c in taken)
    for whole, total in known:
        if tabel.rijen:
            for size in range(3):
                for taken in combinations(whole, size):
                    yield total - sum(cells[c] for c in taken)


@given(tellingen(), st.integers(0, 6))
def test_no_number_of_a_pooled_table_is_about_few_people(telling, most):
    columns = [str(at) for at in range(len(next(iter(telling.values()), [0])))]
    tabel = pooled("naam", columns, telling, most=most)
    assert not [number for number in attack(telling, tabel) if is_telling(number)]
    if tabel.rijen:
        assert sum(rij.totaal for rij in tabel.rijen) == tabel.totaal == sum(map(sum, telling.values()))
        for at in range(len(columns)):
            assert sum(rij.aantallen[at] for rij in tabel.rijen) == sum(row[at] for row in telling.values())
    assert tabel.totaal is None or not is_telling(tabel.totaal)


@given(st.lists(COUNTS, max_size=6))
def test_no_number_of_a_bundled_table_is_about_few_people(counts):
    telling = dict(zip(KEYS, [[n] for n in counts], strict=False))
    tabel = bundled("naam", ["aantal"], telling)
    assert not [number for number in attack(telling, tabel) if is_telling(number)]
    if tabel.rijen:
        assert tabel.totaal == sum(counts)
        assert "".join("".join(rij.sleutels) for rij in tabel.rijen) == KEYS[: len(counts)], "neighbours, each once"


@given(st.lists(COUNTS, min_size=2, max_size=6), st.data())
def test_a_part_is_told_of_only_where_the_rest_is_no_small_group(counts, data):
    """The whole of a child table is a part of its parent: what is left there may not be about few people either."""
    telling = dict(zip(KEYS, [[n] for n in counts], strict=False))
    part = data.draw(st.sets(st.sampled_from(list(telling)), min_size=1))
    parent = pooled("naam", ["aantal"], telling)
    whole = sum(telling[key][0] for key in part)
    for child in within(parent, part, lambda: bundled("deel", ["aantal"], {"x": [whole]})):
        assert not is_telling(whole)
        assert not is_telling(sum(counts) - whole)
        assert child.totaal == whole
        left = [rij for rij in parent.rijen if part.isdisjoint(rij.sleutels)]
        assert sum(rij.totaal for rij in left) == sum(counts) - whole


def test_what_is_large_enough_stands_alone_and_the_rest_together():
    tabel = pooled("naam", ["ja", "nee"], {"klein": [3, 0], "groot": [20, 9], "half": [6, 2], "vijf": [5, 5]})
    assert [(rij.named, rij.aantallen) for rij in tabel.rijen] == [(("groot",), (20, 9)), ((OVERIG,), (14, 7))]
    assert pooled("naam", ["n"], {"a": [2], "b": [2]}).rijen == ()
    assert pooled("naam", ["n"], {"a": [2], "b": [2]}).totaal is None
    assert pooled("naam", ["n"], {"a": [3], "b": [2]}).rijen == (Rij((OVERIG, "a", "b"), (5,)),)


def test_the_names_beyond_the_most_are_together():
    telling = {key: [10 - at] for at, key in enumerate("abcd")}
    told = [(rij.named, rij.aantallen) for rij in pooled("naam", ["n"], telling, most=2).rijen]
    assert told == [(("a",), (10,)), (("b",), (9,)), ((OVERIG,), (15,))]


def test_neighbours_go_together():
    telling = {"a": [3], "b": [0], "c": [4], "d": [9], "e": [0], "f": [1]}
    assert bundled("naam", ["n"], telling).rijen == (Rij(("a", "b", "c"), (7,)), Rij(("d", "e", "f"), (10,)))
    assert bundled("naam", ["n"], {"a": [4]}).rijen == ()


def test_a_table_is_the_same_after_it_was_kept():
    tabel = pooled("naam", ["n"], {"a": [7], "b": [9]})
    assert Tabel.of_json(tabel.as_json()) == tabel


# --- quarters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "text", "first", "last"),
    [
        (date(2027, 1, 1), "2027-1", date(2027, 1, 1), date(2027, 3, 31)),
        (date(2028, 2, 29), "2028-1", date(2028, 1, 1), date(2028, 3, 31)),
        (date(2027, 12, 31), "2027-4", date(2027, 10, 1), date(2027, 12, 31)),
    ],
)
def test_a_quarter_has_a_first_and_a_last_day(day, text, first, last):
    kwartaal = Kwartaal.of(day)
    assert (str(kwartaal), kwartaal.eerste, kwartaal.laatste) == (text, first, last)
    assert Kwartaal.read(text) == kwartaal


@pytest.mark.parametrize("text", ["", "2027", "2027-0", "2027-5", "2027-01", "27-1", "²027-1", "0000-1", "2027-1-1"])
def test_what_is_no_quarter_is_none(text):
    assert Kwartaal.read(text) is None


def test_quarters_follow_each_other():
    found = kwartalen(date(2026, 11, 3), date(2027, 5, 1))
    assert [str(each) for each in found] == ["2026-4", "2027-1", "2027-2"]
