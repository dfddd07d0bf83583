"""The session ends by itself, says when, and lasts longer for who is still there."""

import re
from datetime import UTC, datetime, timedelta

from flask import Flask

from portal import clock as portal_clock
from portal.texts.talen import hour
from tests.conftest import Clock
from tests.given import Given
from tests.web.browser import Browser, Form, Page, text_of
from tests.web.hulpvrager.reis import place

HOUR_SECONDS = 3600
LINE = re.compile(r"Deze pagina blijft open tot (\d\d\.\d\d uur)\. Gaat u door met invullen\? Dan wordt dat later\.")


def dialog_form(page: Page) -> Form:
    """The form of the warning, which a script brings into sight."""
    return Form(next(page.by_id("sessie-bijna").iter("form")), page.url)


def until(page: Page) -> str:
    """The hour that the page names."""
    found = LINE.fullmatch(text_of(page.by_id("sessie")))
    assert found
    return found[1]


def left(page: Page) -> int:
    return int(page.by_id("sessie").get("data-seconden", ""))


def test_the_page_says_until_when_and_warns_in_neutral_words(browser: Browser, given: Given) -> None:
    place(browser, given, "naam")  # the tests open a session of an hour
    page = browser.see("/verzoek/naam")
    assert until(page)
    assert HOUR_SECONDS / 2 < left(page) <= HOUR_SECONDS
    words = text_of(page.by_id("sessie-bijna")).casefold()
    assert not any(telling in words for telling in ("schuld", "pauze", "gemeente"))


def test_whoever_says_that_he_is_still_there_gets_a_whole_session(
    app: Flask, browser: Browser, given: Given, clock: Clock
) -> None:
    place(browser, given, "naam")
    form = dialog_form(browser.see("/verzoek/naam"))
    answer = browser.post(form.action, data=form.values).get_json()
    lifetime = app.extensions["settings"].hulpvrager_session_seconds
    assert HOUR_SECONDS < answer["seconden"] <= lifetime
    clock.set_instant(portal_clock.now() + timedelta(seconds=2 * HOUR_SECONDS))
    page = browser.see("/verzoek/naam")
    assert until(page) == answer["tot"]
    assert left(page) < HOUR_SECONDS * 3


def test_after_the_end_the_button_comes_too_late(browser: Browser, given: Given, clock: Clock) -> None:
    place(browser, given, "naam")
    form = dialog_form(browser.see("/verzoek/naam"))
    clock.set_instant(portal_clock.now() + timedelta(seconds=2 * HOUR_SECONDS))
    assert Page(browser.post(form.action, data=form.values)).to == "/terug"


def test_the_hour_is_dutch() -> None:
    assert hour(datetime(2027, 2, 1, 16, 5, tzinfo=UTC)) == "17.05 uur"
    assert hour(datetime(2027, 7, 1, 16, 5, tzinfo=UTC)) == "18.05 uur"


def test_pages_for_everybody_say_nothing_of_a_session(browser: Browser) -> None:
    for path in ("/", "/terug", "/verzoek/bel-mij"):
        assert "sessie.js" not in browser.see(path).html
