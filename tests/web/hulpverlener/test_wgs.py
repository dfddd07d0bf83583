"""The pages on which the first conversation and the beschikking are written down."""

from datetime import date

import pytest

from portal.actions import instellingen
from portal.domain.roles import Role
from tests.conftest import Clock
from tests.given import Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek
from tests.web.hulpvrager.reis import sign_in


def day(typed: str) -> dict[str, str]:
    return dict(zip(("op-dag", "op-maand", "op-jaar"), typed.split("-"), strict=True))


def test_the_page_and_the_day_follow_the_term_that_the_organisatie_chose(
    werkplek: Werkplek, given: Given, clock: Clock
) -> None:
    id = given.submitted()
    beheerder = given.medewerker(given.organisatie_id, Role.BEHEERDER)
    with given.session(beheerder) as session:
        instellingen.change_beschikkingstermijn(session, beheerder, weken=1)
    clock.set(date(2027, 2, 12))
    anna = werkplek.of(given.actor)
    page = anna.see(anna.see(desk.url(id)).links["Eerste gesprek noteren"])
    assert "heeft de gemeente hoogstens 1 week voor de beschikking" in page.main
    page = anna.follow(anna.fill(page, day("10-2-2027"), button="Gesprek opslaan"))
    assert "De beschikking moet er uiterlijk 17 februari 2027 zijn." in page.main


def test_both_days_are_written_down_and_the_clock_on_the_case_goes_along(
    werkplek: Werkplek, given: Given, clock: Clock, new_browser: MakeBrowser
) -> None:
    id = given.submitted()
    clock.set(date(2027, 2, 12))
    anna = werkplek.of(given.actor)
    person = new_browser()
    sign_in(person, given.database, id)
    assert "Eerste gesprek uiterlijk maandag 1 maart 2027" in anna.see(desk.url(id)).main

    page = anna.see(anna.see(desk.url(id)).links["Eerste gesprek noteren"])
    assert page.form("Gesprek opslaan").values["op-dag"] == "12", "today is filled in"
    assert "heeft de gemeente hoogstens 8 weken voor de beschikking" in page.main
    wrong = anna.fill(page, day("13-2-2027"), button="Gesprek opslaan")
    assert wrong.errors == ["Kies een dag vanaf het verzoek van 1 februari 2027 tot en met vandaag."]
    page = anna.follow(anna.fill(page, day("10-2-2027"), button="Gesprek opslaan"))
    assert "De beschikking moet er uiterlijk 7 april 2027 zijn." in page.main
    assert "Beschikking uiterlijk woensdag 7 april 2027" in page.main
    assert "Anna de Boer noteerde het eerste gesprek op 10 februari 2027." in page.main
    assert "Uiterlijk woensdag 7 april 2027 hoort u van gemeente Utrecht" in person.see("/verzoek").main
    assert "U had het eerste gesprek." in person.see("/verzoek").main

    page = anna.see(page.links["Beschikking noteren"])
    assert anna.press(page, "Beschikking opslaan").errors == ["Kies wat er in de beschikking staat."]
    wrong = anna.fill(page, {**day("9-2-2027"), "uitkomst": "wel"}, button="Beschikking opslaan")
    assert wrong.errors == ["Kies een dag vanaf het eerste gesprek van 10 februari 2027 tot en met vandaag."]
    page = anna.follow(anna.fill(page, {**day("11-2-2027"), "uitkomst": "wel"}, button="Beschikking opslaan"))
    assert "Toegelaten tot de schuldhulp, 11 februari 2027" in page.main
    assert "noteerde de beschikking van 11 februari 2027: toegelaten tot de schuldhulp." in page.main
    assert "Op 11 februari 2027 besloot gemeente Utrecht over uw hulp" in person.see("/verzoek").main
    assert anna.see(page.links["beschikking wijzigen"]).form("Beschikking opslaan").values["uitkomst"] == "wel"


def test_the_clock_runs_on_beside_a_pause_and_without_one(werkplek: Werkplek, given: Given, clock: Clock) -> None:
    approved, declined, withdrawn = given.approved(), given.declined(), given.withdrawn()
    clock.set(date(2027, 3, 2))
    anna = werkplek.of(given.actor)
    page = anna.see(desk.url(approved))
    assert "Pauze tot en met dinsdag 1 juni 2027 Eerste gesprek uiterlijk maandag 1 maart 2027 1 werkdag" in page.main
    lane = anna.see("/werkvoorraad?baan=gesprek_of_beschikking")
    assert {given.case(id).kenmerk for id in (approved, declined)} <= lane.links.keys()
    assert "Pauze tot en met 1 juni 2027 Eerste gesprek uiterlijk 1 maart 2027 1 werkdag te laat" in lane.main
    assert "Eerste gesprek uiterlijk maandag 1 maart 2027 1 werkdag te laat" in anna.see(desk.url(declined)).main
    assert "Eerste gesprek noteren" not in anna.see(desk.url(withdrawn)).main
    assert anna.see(desk.url(withdrawn, "/eerste-gesprek"), 409).h1
    assert anna.see(desk.url(approved, "/beschikking"), 409).h1


@pytest.mark.parametrize("rest", ["/eerste-gesprek", "/beschikking"])
def test_another_organisatie_finds_neither_page(werkplek: Werkplek, given: Given, rest: str) -> None:
    browser: Browser = werkplek.of(given.other_actor)
    assert browser.see(desk.url(given.taken(), rest), 404).h1
