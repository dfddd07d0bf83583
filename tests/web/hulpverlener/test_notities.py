"""Notes and register checks on the case page, and nowhere else."""

from portal.domain.roles import Role
from tests.given import Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek
from tests.web.hulpvrager.reis import sign_in


def test_a_note_stands_on_the_case_and_on_no_page_of_the_hulpvrager(
    anna: Browser, werkplek: Werkplek, given: Given, new_browser: MakeBrowser
) -> None:
    id = given.taken()
    page = anna.see(anna.see(desk.url(id)).links["Notitie toevoegen"])
    assert "De hulpvrager mag bij de gemeente opvragen wat hier staat." in page.main
    assert anna.press(page, "Notitie opslaan").errors == ["Vul uw notitie in."]
    sent = {"tekst": "Zoon tolkt.\nBelt terug."}
    after = anna.follow(anna.fill(page, sent, button="Notitie opslaan"))
    assert "Notities (1) Anna de Boer, 1 februari 2027 om 10:00 Zoon tolkt. Belt terug." in after.main
    assert "Anna de Boer schreef een notitie." in after.main
    again = anna.follow(anna.fill(page, sent, button="Notitie opslaan"))
    assert "Notities (1)" in again.main, "sent twice is written once"

    auditor = werkplek.of(given.medewerker(given.organisatie_id, Role.AUDITOR)).see(desk.url(id))
    assert "Zoon tolkt." in auditor.main
    assert "Notitie toevoegen" not in auditor.links
    person = new_browser()
    sign_in(person, given.database, id)
    for address in ("/verzoek", "/verzoek/gegevens"):
        assert "tolkt" not in person.see(address).html
    assert "Zij kunnen notities maken over uw verzoek." in person.see("/verzoek/gegevens").main
    assert b"tolkt" not in person.get("/verzoek/gegevens.json").data


def test_a_register_check_says_who_when_and_what(anna: Browser, given: Given) -> None:
    id = given.taken()
    page = anna.see(desk.url(id))
    assert page.main.count("Nog niet gedaan") == 2
    page = anna.see(page.links["Controle noteren: VISH (eerdere schuldhulp, bewind)"])
    assert anna.press(page, "Controle opslaan").errors == ["Kies wat het resultaat was."]
    wrong = anna.fill(page, {"uitkomst": "bijzonderheden"}, button="Controle opslaan")
    assert wrong.errors == ["Vul in wat er bijzonder is."]
    sent = {"uitkomst": "bijzonderheden", "toelichting": "Minnelijk traject in 2024."}
    after = anna.follow(anna.fill(page, sent, button="Controle opslaan"))
    assert "Er is iets bijzonders Anna de Boer, 1 februari 2027 om 10:00 Minnelijk traject in 2024." in after.main
    assert after.main.count("Nog niet gedaan") == 1
    page = anna.see(after.links["Opnieuw noteren: VISH (eerdere schuldhulp, bewind)"])
    after = anna.follow(anna.fill(page, {"uitkomst": "in_orde"}, button="Controle opslaan"))
    assert "Niets bijzonders" in after.main
    assert "Minnelijk traject" not in after.main, "the last one counts"
    assert anna.see(desk.url(id, "/controles/kvk"), 404).h1
