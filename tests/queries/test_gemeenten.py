"""Which gemeente is meant, and who works for it on a day."""

from datetime import date

import pytest

from portal.actions.work import unit_of_work
from portal.domain.roles import Actor
from portal.models import Deelname, Gemeente
from portal.queries import gemeenten
from tests.given import HILVERSUM, UTRECHT, WIJDEMEREN

NEW_YEARS_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)


def ask(given, question):
    with given.session(Actor.bezoeker()) as session:
        return question(session)


def names(given, typed):
    return [gemeente.naam for gemeente in ask(given, lambda session: gemeenten.search(session, typed))]


def test_all_342_gemeenten_of_2026_are_there_in_order(given):
    found = [gemeente.naam for gemeente in ask(given, gemeenten.all_gemeenten)]
    assert len(found) == 342
    assert {"Utrecht", "Wijdemeren", "Hilversum", "'s-Gravenhage", "Súdwest-Fryslân"} <= set(found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Utrecht", ["Utrecht"]),
        ("utrecht ", ["Utrecht"]),
        ("utrect", ["Utrecht"]),
        ("wijdemeren", ["Wijdemeren"]),
        ("sudwest fryslan", ["Súdwest-Fryslân"]),
        ("s gravenhage", ["'s-Gravenhage"]),
        ("den bosch", []),
        ("", []),
        ("--", []),
        ("qqqqqq", []),
    ],
)
def test_a_typed_name_finds_what_it_may_mean(given, typed, found):
    hits = names(given, typed)
    assert hits[: len(found)] == found
    assert bool(hits) == bool(found) or typed == "den bosch"


def test_a_part_of_a_name_offers_a_bounded_choice(given):
    assert set(names(given, "utrechtse")) == {"Utrechtse Heuvelrug"}
    assert len(names(given, "en")) == gemeenten.MAX_CHOICES


@pytest.mark.parametrize(
    ("code", "day", "goes_to"),
    [
        (WIJDEMEREN, NEW_YEARS_EVE, WIJDEMEREN),
        (WIJDEMEREN, NEW_YEAR, HILVERSUM),
        (HILVERSUM, NEW_YEARS_EVE, HILVERSUM),
        (HILVERSUM, NEW_YEAR, HILVERSUM),
    ],
)
def test_a_merged_gemeente_leads_to_its_successor_from_its_last_day_on(given, code, day, goes_to):
    _ = given.organisatie_id
    route = ask(given, lambda session: gemeenten.route(session, code, day))
    assert (route.gemeente.code, route.doet_mee) == (goes_to, True)


def test_a_gemeente_takes_part_from_its_day_until_its_last(given):
    id = given.organisatie("Kort", vanaf=date(2027, 1, 1))
    given._add(
        Deelname(gemeente_code=UTRECHT, geldig_vanaf=date(2027, 2, 1), geldig_tot=date(2027, 3, 1), organisatie_id=id)
    )
    days = [date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 28), date(2027, 3, 1)]
    assert [ask(given, lambda session, day=day: gemeenten.route(session, UTRECHT, day)).doet_mee for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_when_an_organisatie_takes_over_the_newest_one_is_it(given):
    old = given.organisatie("Oud", UTRECHT, vanaf=date(2026, 1, 1))
    new = given.organisatie("Nieuw", UTRECHT, vanaf=date(2027, 2, 1))
    for day, expected in ((date(2027, 1, 31), old), (date(2027, 2, 1), new)):
        assert ask(given, lambda session, day=day: gemeenten.route(session, UTRECHT, day)).organisatie.id == expected


@pytest.mark.parametrize("code", [None, "", "GM9999"])
def test_an_unknown_code_leads_nowhere(given, code):
    assert ask(given, lambda session: gemeenten.route(session, code, NEW_YEAR)) is None


def test_a_gemeente_that_went_without_a_successor_leads_nowhere(given, owner):
    owner.execute("INSERT INTO gemeente (code, naam, geldig_tot) VALUES ('GM9998', 'Weg', '2020-01-01')")
    try:
        assert ask(given, lambda session: gemeenten.route(session, "GM9998", NEW_YEAR)) is None
    finally:
        owner.execute("DELETE FROM gemeente WHERE code = 'GM9998'")


def test_a_gemeente_exists_between_its_days():
    gemeente = Gemeente(code="GM9997", naam="x", geldig_vanaf=date(2027, 1, 1), geldig_tot=date(2028, 1, 1))
    days = [NEW_YEARS_EVE, NEW_YEAR, date(2027, 12, 31), date(2028, 1, 1)]
    assert [gemeente.exists_on(day) for day in days] == [False, True, True, False]


def test_a_visitor_cannot_add_a_gemeente(given):
    from sqlalchemy.exc import ProgrammingError

    visitor = Actor.bezoeker()
    with (
        given.session(visitor) as session,
        pytest.raises(ProgrammingError, match="row-level"),
        unit_of_work(session, visitor) as work,
    ):
        work.add(Gemeente(code="GM9996", naam="Verzonnen"))
