"""Away at once, in a real browser: with the script also by Esc, and without it too."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.e2e.conftest import PHONE, Portal

pytestmark = pytest.mark.e2e

AWAY = "https://www.knmi.nl/"


def begin(context: BrowserContext) -> Page:
    """At the first question."""
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Begin met uw verzoek").click()
    page.get_by_role("heading", name="Is er haast bij?").wait_for()
    return page


def weather(route: Route) -> None:
    """The other site, played in the place of the redirect to it: tests reach no internet."""
    route.fulfill(content_type="text/html", body="<title>Weer</title><h1>Zonnig</h1>")


def test_esc_three_times_in_a_row_leaves_and_takes_the_place_of_the_page_in_the_history(
    phone: BrowserContext, portal: Portal
):
    phone.route("**/weg", weather)
    page = begin(phone)
    for key in ("Escape", "Escape", "Tab", "Escape"):
        page.keyboard.press(key)
    page.get_by_label("Nee").first.check()  # with another key between it is no sign: the page can be used
    for _ in range(3):
        page.keyboard.press("Escape")
    page.get_by_role("heading", name="Zonnig").wait_for()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Even rust als rekeningen te veel worden")


def test_the_link_leaves_without_script_and_takes_the_cookie_along(chromium: Browser, portal: Portal):
    with chromium.new_context(viewport=PHONE, base_url=portal.url, java_script_enabled=False) as context:
        page = begin(context)
        assert context.cookies()
        with page.expect_request(AWAY):
            page.get_by_role("link", name="Snel weg").click()
        assert not context.cookies()
