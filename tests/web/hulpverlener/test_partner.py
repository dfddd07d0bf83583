"""The partner on the pages of the staff, and what the hulpvrager sees of it: the name, and what is of both."""

import re
from uuid import UUID

import pytest

from portal.domain.schuldenaar import Schuldenaar
from tests.given import Given, Schuldregel
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek
from tests.web.hulpvrager.reis import sign_in

WHO = {
    "voorletters": "j", "achternaam": "Dijkstra", "geboren_on-dag": "3", "geboren_on-maand": "2",
    "geboren_on-jaar": "1985", "telefoon": "06 87654321", "email": "jo@voorbeeld.example", "moment": "avond",
}  # fmt: skip
AGREED = {"voorgelezen": "y"}


@pytest.fixture
def case(given: Given) -> UUID:
    """Three schulden at one bank, nobody decided yet."""
    bank = given.schuldeiser("Bank Samen")
    return given.matched([Schuldregel(naam, {bank: naam}) for naam in ("Eigen", "Ander", "Samen")])


def decide_whose(anna: Browser, given: Given, case: UUID) -> None:
    ids = [schuld.id for schuld in given.case(case).schulden]
    chosen = {f"van-{ids[1]}": "partner", f"van-{ids[2]}": "beiden"}
    page = anna.follow(anna.fill(desk.url(case, "/partner/schulden"), chosen, button="Opslaan"))
    assert "2 schulden zijn gewijzigd." in page.main


def test_from_nothing_to_a_message_for_each_set_of_persons(anna: Browser, given: Given, case: UUID) -> None:
    page = anna.see(anna.see(desk.url(case)).links["Partner toevoegen"])
    after = anna.follow(anna.fill(page, WHO, button="Opslaan"))
    assert "J. Dijkstra doet mee aan dit verzoek. Er is geen toestemming van de partner" in after.main
    decide_whose(anna, given, case)
    waits = anna.see(desk.url(case, "/besluit"))
    assert "Er is geen toestemming van de partner. Over deze schuld gaat geen bericht weg." in waits.main
    assert "Ontvangers (2)" in waits.main
    agreed = anna.see(anna.see(desk.url(case)).links["Toestemming van de partner noteren"])
    assert "<ul><li>dat" in re.sub(r">\s+<", "><", agreed.html), "what is read aloud comes in points"
    assert anna.press(agreed, "Toestemming opslaan").errors
    after = anna.follow(anna.fill(agreed, AGREED, button="Toestemming opslaan"))
    assert "mondeling aan Anna de Boer" in after.main
    page = anna.see(desk.url(case, "/besluit"))
    assert "Bank Samen, over F. van der Meer en J. Dijkstra" in page.main, "each has a heading of its own"
    assert page.html.count('name="maanden-') == 1, "one box: the number of months is of the schuldeiser"
    after = anna.follow(anna.press(page, "Goedkeuren en 3 berichten versturen"))
    assert "over schulden van beiden" in after.main
    assert "Anna de Boer noteerde dat schuld 2 van de partner is" in after.main


def test_taking_back_says_what_follows_and_does_it(anna: Browser, given: Given, case: UUID) -> None:
    given.partner(case)
    given.owed(case, None, *Schuldenaar)
    given.approve(case)
    given.hand_over(case)
    page = anna.see(anna.see(desk.url(case)).links["Toestemming van de partner intrekken"])
    assert "krijgen de schuldeisers een correctie. Daarin staat alleen de hulpvrager." in page.main
    after = anna.follow(anna.press(page, "Toestemming intrekken"))
    assert "De toestemming van de partner is ingetrokken." in after.main
    assert "Er is geen toestemming van de partner" in after.main
    assert "Nog niet ingelicht" not in after.main, "there is nobody to tell"
    refused = anna.fill(
        desk.url(case, "/partner/schulden"), {f"van-{given.case(case).schulden[0].id}": "beiden"}, button="Opslaan"
    )
    assert refused.errors == ["Bank Samen kreeg al bericht over deze schuld. Dat kunt u niet meer wijzigen."]


def test_what_is_filled_in_wrong_is_said_and_nothing_is_kept(anna: Browser, given: Given, case: UUID) -> None:
    page = anna.fill(desk.url(case, "/partner"), {"achternaam": "", "email": "jo"}, button="Opslaan")
    assert page.errors[:2] == ["Vul de achternaam in.", "Vul de geboortedatum in."]
    assert len(page.errors) == 3
    assert given.case(case).partner is None


def test_who_was_added_by_mistake_is_taken_out(anna: Browser, given: Given, case: UUID) -> None:
    given.partner(case, akkoord=False)
    page = anna.see(anna.see(desk.url(case)).links["Partner uit de zaak halen"])
    assert "Dijkstra" not in anna.follow(anna.press(page, "Partner uit de zaak halen")).main


def test_the_hulpvrager_sees_the_name_of_the_partner_and_nothing_that_the_partner_told(
    anna: Browser, given: Given, new_browser: MakeBrowser, case: UUID
) -> None:
    given.partner(case)
    given.owed(case, None, *Schuldenaar)
    heard = {"afzender": "Postorder van Jo", "van": "partner"}
    anna.follow(anna.fill(desk.url(case, "/schulden/nieuw"), heard, button="Toevoegen en koppelen"))
    given.match(case, 4, {given.schuldeiser("Postorder"): None})
    given.approve(case)
    given.hand_over(case)
    browser = new_browser()
    sign_in(browser, given.database, case)
    shown = [browser.see("/verzoek").main, browser.see("/verzoek/gegevens").main]
    shown.append(browser.get("/verzoek/gegevens.json").get_data(as_text=True))
    for text in shown:
        assert "Samen" in text
        assert "Postorder" not in text, "a hulpverlener heard of it"
        assert "jo@voorbeeld.example" not in text
    assert "J. Dijkstra" in shown[1]


def test_a_postcode_in_a_reference_is_pointed_out_before_the_address_is_secret(anna: Browser, given: Given) -> None:
    id = given.matched([given.regel("Bank", "3511AB-12")])
    page = anna.fill(desk.url(id, "/partner"), {**WHO, "geheim": "y"}, button="Opslaan")
    assert page.errors == ["In een kenmerk staat de postcode. Pas eerst dat kenmerk aan bij de schuld."]


def test_what_the_hulpvrager_said_of_a_partner_waits_for_the_partner(
    anna: Browser, given: Given, werkplek: Werkplek, new_browser: MakeBrowser
) -> None:
    told = [{"afzender": "Bank"}, {"afzender": "Winkel", "van": "partner"}, {"afzender": "Huur", "van": "beiden"}]
    id = werkplek.submitted_with(*told, hulp={"soort": "niemand", "samen": True})
    page = anna.see(desk.url(id))
    assert "De hulpvrager noemde een partner. Vraag de partner zelf naar gegevens en toestemming." in page.main
    assert "Samen met een partner Ja" in page.main
    for number in (1, 2, 3):
        given.match(id, number, {given.schuldeiser(f"Partij {number}"): None})
    given.approve(id)
    assert set(werkplek.messages(id)) == {"Partij 1", "Partij 3"}
    assert "F. van der Meer en" not in werkplek.messages(id)["Partij 3"].tekst
    browser = new_browser()
    sign_in(browser, given.database, id)
    assert "Winkel" in browser.see("/verzoek/gegevens").main, "who told it sees it"


def test_a_longer_pause_is_asked_in_each_exchange_with_one_tick_for_the_schuldeiser(
    anna: Browser, given: Given, case: UUID
) -> None:
    given.partner(case)
    given.owed(case, None, *Schuldenaar)
    given.approve(case)
    given.hand_over(case)
    page = anna.see(desk.url(case, "/verlengen"))
    assert page.html.count('name="verleng-') == 1
    assert "Bank Samen, over J. Dijkstra" in page.main
    after = anna.follow(anna.press(page, "Verlengen en versturen"))
    assert after.main.count("Verlenging per e-mail") == 3


def test_a_proposal_leaves_out_the_postcode_that_is_secret_for_the_partner(
    anna: Browser, given: Given, werkplek: Werkplek
) -> None:
    given.schuldeiser("Waterbedrijf Plons")
    id = werkplek.submitted_with({"afzender": "Waterbedrijf Plons", "referentie": "3511AB-12"})
    assert "Kenmerk: 3511AB-12." in anna.see(desk.url(id)).main
    given.partner(id, geheim=True)
    assert "Kenmerk: weggelaten, het lijkt een BSN of een geheim adres." in anna.see(desk.url(id)).main
