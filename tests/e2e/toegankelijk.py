"""What every page must pass in a real browser: axe at WCAG 2.2 AA, and no sideways scrolling on the narrowest phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320
_axe = Axe()


def check(page: Page, h1: str | None = None) -> None:
    """The page is the one meant, axe finds nothing, and it fits 320 px."""
    heading = page.locator("h1").inner_text()
    if h1 is not None:
        assert h1 in heading, f"expected {h1!r}, got {heading!r} at {page.url}"
    found = _axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, f"{page.url} ({heading}):\n{found.generate_report()}"
    assert fits(page), f"{page.url} scrolls sideways at {NARROW} px"


def fits(page: Page) -> bool:
    """Whether nothing sticks out at 320 px."""
    before = page.viewport_size
    assert before
    page.set_viewport_size({"width": NARROW, "height": before["height"]})
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(before)
    return bool(width <= NARROW)
