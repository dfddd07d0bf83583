"""Deadlines and ends that come near: on the row, in the lane, on the case."""

from datetime import date
from uuid import UUID

import pytest

from portal.actions import bewaking
from portal.domain.roles import Role
from tests.conftest import Clock
from tests.given import Given
from tests.web.hulpverlener.test_werkvoorraad import counts, kenmerken
from tests.web.hulpverlener.werkplek import Werkplek, url

NEAR = "/werkvoorraad?baan=bijna_afgelopen"


@pytest.fixture
def near(given: Given, clock: Clock) -> UUID:
    """A case of which one pause of two ends within seven days, as was announced."""
    id = given.approved_for(Kort=2, Lang=8)
    clock.set(date(2027, 3, 26))
    bewaking.warn_of_ends(given.database, (30, 14, 7))
    return id


def test_an_end_that_is_near_stands_in_its_lane_until_somebody_saw_it(
    werkplek: Werkplek, given: Given, near: UUID
) -> None:
    anna = werkplek.of(given.actor)
    page = anna.see(NEAR)
    assert kenmerken(page) == [given.case(near).kenmerk]
    assert "nog 6 dagen" in page.main
    case = anna.see(url(near))
    assert "Laatste dag: donderdag 1 april 2027 (Kort)" in case.main
    anna.fill(url(near), button="Gezien")
    assert "Laatste dag:" not in anna.see(url(near)).main
    page = anna.see(NEAR)
    assert kenmerken(page) == []
    assert counts(page)["Bijna afgelopen"] == "0"
    assert werkplek.events(near)[-1] == "EindeSeen"


def test_an_auditor_reads_of_the_end_and_has_no_button(werkplek: Werkplek, given: Given, near: UUID) -> None:
    browser = werkplek.of(given.medewerker(given.organisatie_id, Role.AUDITOR))
    case = browser.see(url(near))
    assert "De pauze stopt binnenkort" in case.main
    assert "Gezien" not in case.main


def test_another_organisatie_has_no_end_to_see(werkplek: Werkplek, given: Given, near: UUID) -> None:
    browser = werkplek.of(given.other_actor)
    assert counts(browser.see(NEAR))["Bijna afgelopen"] == "0"
    browser.see(url(near), 404)


@pytest.mark.parametrize(
    ("day", "count"), [(date(2027, 2, 12), "0"), (date(2027, 2, 15), "2"), (date(2027, 3, 9), "2")]
)
def test_from_half_time_on_a_term_stands_in_its_lane(
    werkplek: Werkplek, given: Given, clock: Clock, day: date, count: str
) -> None:
    given.submitted()
    given.approved()
    clock.set(day)
    assert counts(werkplek.of(given.actor).see("/werkvoorraad"))["Termijn nadert"] == count


@pytest.mark.parametrize(
    ("day", "colour"), [(date(2027, 2, 14), "safe"), (date(2027, 2, 15), "warning"), (date(2027, 2, 26), "danger")]
)
def test_the_row_turns_orange_at_half_time_and_red_the_working_day_before(
    werkplek: Werkplek, given: Given, clock: Clock, day: date, colour: str
) -> None:
    given.submitted()
    clock.set(day)
    page = werkplek.of(given.actor).see("/werkvoorraad?baan=nieuw")
    badges = [node.get("class") for node in page.tree.iter("span") if "werkdag" in (node.text or "")]
    assert len(badges) == 1
    assert colour in str(badges[0])
