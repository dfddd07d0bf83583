import gzip
from pathlib import Path

import pytest
from flask import Flask

from portal.web.static import Asset
from tests.web.browser import Browser
from tests.web.conftest import MakeApp, MakeBrowser

DIGID = {
    "DIGID_ISSUER": "https://broker.example",
    "DIGID_CLIENT_ID": "portal",
    "DIGID_CLIENT_SECRET": "a secret of the tests",
}


@pytest.mark.parametrize("url", ["/", "/privacy", "/toegankelijkheid", "/schuldeisers", "/terug", "/uitgelogd"])
def test_every_public_page_opens_for_a_stranger(browser: Browser, url: str) -> None:
    browser.see(url)


def test_the_start_page_says_what_a_pause_is_and_is_not(browser: Browser) -> None:
    main = browser.see("/").main
    for sentence in (
        "Uw gewone rekeningen gaan door.",
        "Uw schulden verdwijnen niet.",
        "Niet iedereen hoeft mee te doen.",
        "De wet verplicht niemand.",
        "U kunt ook beginnen zonder schulden in te vullen.",
    ):
        assert sentence in main


def test_the_big_button_begins_a_request(browser: Browser) -> None:
    page = browser.press("/", "Begin met uw verzoek")
    assert page.to == "/verzoek"
    assert (browser.see("/verzoek", 302).to or "").startswith("/verzoek/")


def test_victims_of_the_toeslagenaffaire_are_led_to_their_own_pauzeknop(browser: Browser) -> None:
    page = browser.see("/")
    assert "toeslagenaffaire" in page.main
    assert page.links["herstel.toeslagen.nl"] == "https://herstel.toeslagen.nl/"


def test_the_start_page_leads_back_and_to_the_other_audiences(browser: Browser) -> None:
    links = browser.see("/").links
    assert links["Ga verder met uw verzoek"] == "/terug"
    assert links["Voor medewerkers"] == "/medewerker/inloggen"
    assert links["Voor schuldeisers"] == "/schuldeisers"


def test_digid_is_not_there_without_a_broker(browser: Browser) -> None:
    page = browser.see("/")
    assert "DigiD" not in page.text
    assert browser.see("/digid", 404).h1
    browser.see("/digid/terug", 404)


def test_digid_is_offered_with_a_broker(make_app: MakeApp, new_browser: MakeBrowser) -> None:
    page = new_browser(make_app(**DIGID)).see("/")
    assert page.links["Begin met DigiD"] == "/digid"


def test_privacy_follows_the_settings_of_the_terms(make_app: MakeApp, new_browser: MakeBrowser) -> None:
    main = new_browser(make_app()).see("/privacy").main
    for words in ("30 dagen na uw laatste wijziging", "1 jaar", "3 jaar", "7 jaar na het einde van de pauze"):
        assert words in main
    changed = make_app(CONCEPT_DAYS="1", RETENTION_NIET_GOEDGEKEURD_DAYS="90", RETENTION_GOEDGEKEURD_DAYS="1826")
    main = new_browser(changed).see("/privacy").main
    for words in ("1 dag na uw laatste wijziging", "90 dagen", "5 jaar na het einde van de pauze"):
        assert words in main
    assert "7 jaar" not in main


@pytest.mark.parametrize("url", ["/", "/terug", "/terug/mail", "/terug/code", "/privacy", "/schuldeisers"])
def test_a_first_visit_fits_the_first_round_trip(app: Flask, browser: Browser, url: str) -> None:
    css = Asset.read(Path(app.root_path) / "static" / "portal.css")
    page = gzip.compress(browser.see(url).html.encode())
    assert len(page) + len(css.compressed) <= 14 * 1024


def test_a_schuldeiser_reads_how_to_check_and_answer(browser: Browser) -> None:
    main = browser.see("/schuldeisers").main
    for words in ("op de website van die gemeente", "De wet verplicht niemand", "Convenant:", "Verzoek:", "moratorium"):
        assert words in main
