"""The page that gives a case to another gemeente, and what is left of it."""

from datetime import date

from tests.conftest import Clock
from tests.given import AMERSFOORT, HILVERSUM, WIJDEMEREN, Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek
from tests.web.hulpvrager.reis import sign_in

BUTTON = "Verzoek doorsturen"


def test_a_case_is_given_away_and_found_again_as_given_away(
    anna: Browser, werkplek: Werkplek, given: Given, new_browser: MakeBrowser
) -> None:
    other = werkplek.of(given.other_actor)
    id = given.taken()
    page = anna.see(anna.see(desk.url(id)).links["Verzoek doorsturen"])
    assert "De meldingsdatum blijft 1 februari 2027. Het eerste gesprek is nog steeds uiterlijk" in page.main
    wrong = anna.press(page, BUTTON)
    assert wrong.errors == [
        "Kies een gemeente.",
        "Vul in waarom u het verzoek doorstuurt. De hulpvrager leest dit.",
    ]
    for refused in ("GM0344", "GM0363", "x"):
        sent = anna.fill(page, {"gemeente": refused, "toelichting": "Daarom."}, button=BUTTON)
        assert sent.errors == ["Kies een gemeente."]
    sent = {"gemeente": AMERSFOORT, "toelichting": "U woont in Amersfoort."}
    done = anna.follow(anna.fill(page, sent, button=BUTTON))
    assert done.h1 == "Doorgestuurde verzoeken"
    assert "Het verzoek is doorgestuurd naar gemeente Amersfoort." in done.main

    left = anna.follow(anna.see(desk.url(id), 302))
    assert left.h1 == "Doorgestuurd naar gemeente Amersfoort"
    assert "Anna de Boer stuurde het verzoek door van gemeente Utrecht naar gemeente Amersfoort." in left.main
    assert "Meer" not in left.main, "no name"
    found = anna.fill("/werkvoorraad", {"zoek": given.case(id).kenmerk}, button="Zoeken")
    assert found.to == f"/werkvoorraad/doorgestuurd/{id}"
    assert anna.fill(page, sent, button=BUTTON).status == 404

    there = other.see(desk.url(id))
    assert "Gemeente Utrecht stuurde dit verzoek door op 1 februari 2027. Waarom: U woont in Amersfoort." in there.main
    assert "In behandeling nemen" in there.main
    person = new_browser()
    sign_in(person, given.database, id)
    status = person.see("/verzoek").main
    assert "Uiterlijk maandag 1 maart 2027 belt iemand van gemeente Amersfoort u." in status
    assert "Uw verzoek ging van Utrecht naar Amersfoort." in status


def test_who_never_had_it_finds_no_trail(anna: Browser, werkplek: Werkplek, given: Given) -> None:
    other = werkplek.of(given.other_actor)
    id = given.taken()
    assert other.see(f"/werkvoorraad/doorgestuurd/{id}", 404).h1
    assert other.see(desk.url(id), 404).h1
    assert "Uw organisatie heeft nog geen verzoek doorgestuurd." in other.see("/werkvoorraad/doorgestuurd").main
    assert anna.see(f"/werkvoorraad/doorgestuurd/{id}", 404).h1


def test_of_a_merged_gemeente_the_new_one_is_chosen(werkplek: Werkplek, given: Given, clock: Clock) -> None:
    clock.set(date(2026, 12, 21))
    id = given.taken(gemeente={"code": WIJDEMEREN})
    clock.set(date(2027, 1, 4))
    anna = werkplek.of(given.actor)
    assert "Wijdemeren bestaat niet meer sinds 1 januari 2027." in anna.see(desk.url(id)).main
    page = anna.see(desk.url(id, "/doorsturen"))
    assert page.form(BUTTON).values["gemeente"] == HILVERSUM
    anna.fill(page, {"toelichting": "Wijdemeren hoort nu bij Hilversum."}, button=BUTTON)
    assert given.case(id).gemeente_code == HILVERSUM
    assert "bestaat niet meer" not in anna.see(desk.url(id)).main
