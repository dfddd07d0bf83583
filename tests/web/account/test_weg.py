"""Snel weg: one step to another site, nothing left in this browser, nothing lost."""

from flask import Flask

from tests.given import Given
from tests.web.browser import Browser
from tests.web.conftest import MakeApp, MakeBrowser
from tests.web.hulpvrager.reis import answer, answer_until, place


def test_the_way_out_leads_to_another_site_and_takes_the_cookie_along(browser: Browser, given: Given) -> None:
    place(browser, given, "naam")
    response = browser.get("/weg")
    assert (response.status_code, response.headers["Location"]) == (302, "https://www.knmi.nl/")
    assert browser.get_cookie("__Host-pauzeknop", domain="pauzeknop.example") is None
    assert browser.see("/verzoek/naam", 302).to == "/terug"


def test_nothing_that_was_answered_is_lost(browser: Browser, given: Given) -> None:
    id = place(browser, given, "adres")
    answer(browser, "adres")
    browser.get("/weg")
    assert given.case(id).adres.huisnummer == "12"


def test_a_stranger_may_leave_as_well(browser: Browser) -> None:
    assert browser.get("/weg").status_code == 302


def test_the_other_site_is_a_setting(make_app: MakeApp, new_browser: MakeBrowser) -> None:
    elsewhere = new_browser(make_app(QUICK_EXIT_URL="https://weer.example/vandaag?plaats=utrecht"))
    assert elsewhere.get("/weg").headers["Location"] == "https://weer.example/vandaag?plaats=utrecht"


def test_the_way_out_stands_on_pages_for_everybody_and_where_something_went_wrong(browser: Browser) -> None:
    for url, status in {"/": 200, "/privacy": 200, "/terug": 200, "/bestaat-niet": 404, "/uitloggen": 405}.items():
        assert browser.see(url, status).links["Snel weg"] == "/weg", url


def test_schuldeisers_and_staff_have_no_use_for_it(browser: Browser) -> None:
    for url in ("/schuldeisers", "/medewerker/inloggen"):
        page = browser.see(url)
        assert "Snel weg" not in page.links
        assert "weg.js" not in page.html


def test_other_scripts_than_our_own_do_not_run(app: Flask, browser: Browser) -> None:
    answer_until(browser, "gemeente")
    policy = browser.get("/verzoek/gemeente").headers["Content-Security-Policy"].split("; ")
    assert "script-src 'self'" in policy
    assert not any("unsafe" in rule for rule in policy)
