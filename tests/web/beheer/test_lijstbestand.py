import io

import pytest
from flask import Flask

from portal.domain.roles import Role
from tests.given import Given
from tests.web.beheer.test_beheer import LIST, browser_of, entry
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

PAGE = f"{LIST}/inlezen"


@pytest.fixture
def browser(app: Flask, given: Given, new_browser: MakeBrowser) -> Browser:
    return browser_of(Werkplek(app, given, new_browser), Role.LANDELIJK_BEHEERDER, organisatie_id=None)


def upload(browser: Browser, content: bytes) -> Page:
    token = browser.see(PAGE).form("Wijzigingen bekijken").values["csrf_token"]
    sent = {"csrf_token": token, "bestand": (io.BytesIO(content), "lijst.csv")}
    return Page(browser.post(PAGE, data=sent, content_type="multipart/form-data"))


def test_the_list_is_taken_out_changed_looked_at_and_read_in(browser: Browser, given: Given) -> None:
    plons = given.schuldeiser("Plons", max_maanden=8)
    given.schuldeiser("=Eneco")
    taken = browser.get(f"{LIST}/lijst.csv")
    assert taken.headers["Content-Disposition"] == "attachment; filename=schuldeisers-2027-02-01.csv"
    content = taken.get_data(as_text=True)
    assert "\n'=Eneco," in content
    changed = content.replace("Plons,,schuldeiser,overig,Overig,,,,4,8", "Plons,,schuldeiser,water,Nuts,,,,4,6")
    changed += "Nieuw BV,,schuldeiser,bank,Overig,,,,4,8,email,los,a@nieuw.example,ja,,ja\n"
    shown = upload(browser, changed.encode())
    assert shown.h1 == "Dit verandert er"
    for said in (
        "1 nieuw, 1 gewijzigd, 1 hetzelfde",
        "Categorie: overig wordt water",
        "maanden: 8 wordt 6",
        "Nieuw BV",
    ):
        assert said in shown.main
    assert entry(given, plons).max_maanden == 8
    after = browser.follow(browser.press(shown, "Alle wijzigingen doorvoeren"))
    assert "Ingelezen: 1 nieuw, 1 gewijzigd, 1 hetzelfde." in after.main
    assert entry(given, plons).max_maanden == 6
    again = browser.press(shown, "Alle wijzigingen doorvoeren")
    assert again.errors == ["De lijst is intussen veranderd. Kijk de wijzigingen opnieuw na."]
    assert "0 nieuw, 0 gewijzigd, 3 hetzelfde" in again.main


def test_what_is_wrong_with_a_file_is_said_and_nothing_is_read_in(browser: Browser, given: Given) -> None:
    plons = given.schuldeiser("Plons")
    content = browser.get(f"{LIST}/lijst.csv").get_data(as_text=True)
    wrong = upload(browser, content.replace(",schuldeiser,overig,", ",bank,,").encode())
    assert "Regel 2: kijk rol, categorie na." in wrong.main
    assert "Regel 1: de kolommen kloppen niet." in upload(browser, b"naam;rol\n").main
    assert upload(browser, b"").errors == ["Kies een bestand."]
    assert upload(browser, b"\xff\xfe\x00").errors == ["Dit bestand is geen tekst in UTF-8. Sla het op als CSV UTF-8."]
    assert upload(browser, b"a" * (200 * 1024 + 1)).errors[0].startswith("Dit bestand is te groot.")
    assert upload(browser, b"a" * (300 * 1024)).status == 413
    assert entry(given, plons).rol == "schuldeiser"


def test_another_address_asks_a_colleague_and_says_so_first(browser: Browser, given: Given) -> None:
    plons = given.schuldeiser("Plons")
    before = entry(given, plons).email
    content = browser.get(f"{LIST}/lijst.csv").get_data(as_text=True).replace(str(before), "nieuw@plons.example")
    shown = upload(browser, content.encode())
    assert "E\u2011mailadres: nieuw@plons.example Vraagt akkoord" in shown.main
    assert "Voor 1 e\u2011mailadres vraagt u een collega om akkoord." in shown.main
    without = browser.press(shown, "Alle wijzigingen doorvoeren")
    assert without.errors == ["Vul in waarom de e\u2011mailadressen veranderen. Uw collega leest dit."]
    sent = browser.fill(without, {"reden": "De afdeling is verhuisd."}, button="Alle wijzigingen doorvoeren")
    after = browser.follow(sent)
    assert "Een collega moet nog akkoord geven voor 1 e\u2011mailadres." in after.main
    assert entry(given, plons).email == before
    assert "Plons" in browser.see("/akkoord").main
    again = upload(browser, content.encode())
    assert "Voor Plons wacht al een ander e\u2011mailadres op akkoord." in again.main
