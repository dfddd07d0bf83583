"""A longer pause, from the case page to the messages and the page of the hulpvrager."""

from datetime import date

from tests.given import Given
from tests.web.browser import Browser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek


def until(day: int, month: int, year: int = 2027) -> dict[str, str]:
    return {"tot_en_met-dag": str(day), "tot_en_met-maand": str(month), "tot_en_met-jaar": str(year)}


def test_a_pause_is_extended_as_the_page_shows_it(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.approved([given.regel("Een"), given.regel("Kort", max_maanden=5)])
    given.hand_over(id)
    page = anna.see(anna.see(desk.url(id)).links["Pauze verlengen"])
    assert "Een pauze duurt hoogstens 8 maanden: tot en met vrijdag 1 oktober 2027." in page.main
    assert "Pauze tot en met 1 juli 2027." in page.main
    wrong = anna.fill(page, until(2, 10), button="Verlengen en versturen")
    assert wrong.errors == ["Kies een dag na vandaag en uiterlijk 1 oktober 2027: 8 maanden na de start."]
    unseen = anna.fill(page, until(1, 9), button="Verlengen en versturen")
    assert unseen.errors == ["De berichten zijn niet meer wat u zag. Kijk ze na en verstuur dan opnieuw."]
    assert "PauzeExtended" not in werkplek.events(id)
    after = anna.follow(anna.press(unseen, "Verlengen en versturen"))
    assert "De berichten over de langere pauze gaan op weg." in after.main
    assert "Anna de Boer vroeg 2 ontvangers om een langere pauze, tot en met 1 september 2027." in after.main
    assert {naam: k.eind_on for naam, k in werkplek.messages(id).items()} == {
        "Een": date(2027, 9, 1),
        "Kort": date(2027, 7, 1),
    }


def test_who_is_not_ticked_is_not_asked(anna: Browser, given: Given, werkplek: Werkplek) -> None:
    id = given.approved([given.regel("Een"), given.regel("Twee")])
    given.hand_over(id)
    page = anna.see(desk.url(id, "/verlengen"))
    twee = next(each for each in given.case(id).schulden if each.partijen[0].schuldeiser.naam == "Twee")
    tick = f"verleng-{twee.partijen[0].schuldeiser_id}"
    page = anna.fill(page, {tick: None}, button="Voorbeeld bijwerken")
    anna.follow(anna.press(page, "Verlengen en versturen"))
    assert {naam: str(k.soort) for naam, k in werkplek.messages(id).items()} == {
        "Een": "verlenging",
        "Twee": "kennisgeving",
    }


def test_a_page_of_before_a_change_is_a_stale_one(anna: Browser, given: Given) -> None:
    id = given.approved()
    given.hand_over(id)
    page = anna.see(desk.url(id, "/verlengen"))
    assert anna.press(page, "Verlengen en versturen").status == 302
    assert anna.press(page, "Verlengen en versturen").status == 409
