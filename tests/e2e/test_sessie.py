"""The warning before a session ends: it can be put off, and what was typed stays on the page."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Portal
from tests.e2e.hulpvrager import Hulpvrager
from tests.e2e.toegankelijk import check

pytestmark = pytest.mark.e2e


MINUTE = 60


def pass_seconds(page: Page, seconds: int) -> None:
    """Let the clock of the browser run, as when a phone lies on the table."""
    page.clock.fast_forward(seconds * 1000)
    page.clock.run_for(10_000)  # the page looks every few seconds


def test_whoever_is_warned_goes_on_and_loses_nothing(phone: BrowserContext, portal: Portal):
    page = phone.new_page()
    page.clock.install()
    Hulpvrager(page, lambda *_: None).begin()
    page.get_by_label("Gemeente", exact=True).fill("Amersfoort")
    dialog = page.locator("#sessie-bijna")
    left, warn = (int(page.locator("#sessie").get_attribute(f"data-{name}") or 0) for name in ("seconden", "waarschuw"))
    pass_seconds(page, left - warn - MINUTE)
    expect(dialog).not_to_be_visible()

    pass_seconds(page, MINUTE)
    expect(dialog).to_be_visible()
    check(page)
    assert page.evaluate("document.activeElement.closest('dialog')?.id") == "sessie-bijna"
    page.get_by_role("button", name="Langer doorgaan").click()
    expect(dialog).not_to_be_visible()
    assert page.get_by_label("Gemeente", exact=True).input_value() == "Amersfoort"

    pass_seconds(page, left + MINUTE)
    expect(dialog).to_contain_text("U bent uitgelogd.")
    check(page)
    page.get_by_role("button", name="Terug naar de pagina").click()
    assert page.get_by_label("Gemeente", exact=True).input_value() == "Amersfoort"
