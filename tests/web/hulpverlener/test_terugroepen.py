"""Calling a message back, from its page to the note on the case."""

from portal.models import links
from tests.given import Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek

ACT = "Terugroepen en versturen"


def test_a_wrong_party_is_called_back_with_a_note_of_the_leak(
    anna: Browser, given: Given, werkplek: Werkplek, new_browser: MakeBrowser
) -> None:
    id = given.approved([given.regel("Fout BV")])
    given.hand_over(id)
    message = werkplek.messages(id)["Fout BV"]
    page = anna.see(desk.url(id, f"/kennisgevingen/{message.id}"))
    page = anna.see(page.links["Bericht terugroepen"])
    assert "Hierin stond: naam, geboortedatum, hulp bij schulden, adres en kenmerk" in page.main
    assert anna.press(page, ACT).errors == ["Vul in wat er mis ging. Dit blijft bij de zaak."]
    after = anna.follow(anna.fill(page, {"wat": "Verkeerd gekoppeld."}, button=ACT))
    assert "Meld het datalek vandaag nog bij de functionaris gegevensbescherming." in after.main
    assert "Datalekken (1) Bericht aan Fout BV Wat ging er mis Verkeerd gekoppeld." in after.main
    assert "Ontdekt 1 februari 2027, door Anna de Boer" in after.main
    assert "Anna de Boer maakte schuld 1 los." in after.main
    assert "Anna de Boer riep het bericht aan Fout BV terug: het was voor een ander." in after.main
    assert new_browser().see(f"/antwoord/{links.sign_antwoord(message.id)}", 410).main
    assert anna.see(desk.url(id, f"/kennisgevingen/{message.id}/terugroepen"), 409).h1
