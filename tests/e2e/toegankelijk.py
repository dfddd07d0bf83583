"""What every page must pass in a real browser: axe at WCAG 2.2 AA, and no sideways scrolling on the narrowest phone."""

import re
from collections import Counter
from collections.abc import Callable

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320
EACH_KIND = 2
"""How often one kind of page is looked at: the same route, with another case."""

CASES = 14
"""The same for the page of a case: as many kinds as there are statuses, warnings and lanes."""

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_judged: set[str] = set()
"""The colours of text that axe found in order in this process."""

COLOURS = """() => {
    const seen = new Set();
    for (const element of document.body.querySelectorAll("*")) {
        const speaks = element.matches("input, select, textarea")
            || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!speaks || !element.checkVisibility({visibilityProperty: true}) || element.offsetWidth < 2) continue;
        const own = getComputedStyle(element);
        const told = [own.color, own.fontSize, own.fontWeight, own.textShadow];
        for (let under = element; under; under = under.parentElement) {
            const {backgroundColor, backgroundImage, opacity} = getComputedStyle(under);
            const layer = `${backgroundColor} ${backgroundImage} ${opacity}`;
            if (layer !== "rgba(0, 0, 0, 0) none 1") told.push(layer);
        }
        seen.add(told.join("; "));
    }
    return [...seen];
}"""
"""Of each visible text all that its contrast follows from: its own colour and size, and every layer under it."""

WIDTH = "document.documentElement.scrollWidth"
JUDGE = "options => axe.run(options).then(({violations}) => ({violations}))"


def check(page: Page, h1: str | None = None) -> None:
    """The page is the one meant, axe finds nothing, and it fits 320 px."""
    heading = page.locator("h1").inner_text()
    if h1 is not None:
        assert h1 in heading, f"expected {h1!r}, got {heading!r} at {page.url}"
    colours = set(page.evaluate(COLOURS))
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    if colours <= _judged:  # two thirds of the work of axe is the contrast, and these it judged before
        options["rules"] = {"color-contrast": {"enabled": False}}
    bring_axe(page)
    found = AxeResults(page.evaluate(JUDGE, options))
    assert found.violations_count == 0, f"{page.url} ({heading}):\n{found.generate_report()}"
    _judged.update(colours)
    assert fits(page), f"{page.url} scrolls sideways at {NARROW} px"


def bring_axe(page: Page) -> None:
    """From here on the browser has axe ready on each page: to send it every time costs as much as what it does."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
        page.add_init_script(AXE_SCRIPT)


def fits(page: Page) -> bool:
    """Whether nothing sticks out at 320 px."""
    before = page.viewport_size
    assert before
    if before["width"] == NARROW:
        return bool(page.evaluate(WIDTH) <= NARROW)
    page.set_viewport_size({"width": NARROW, "height": before["height"]})
    width = page.evaluate(WIDTH)
    page.set_viewport_size(before)
    return bool(width <= NARROW)


def kind_of(url: str) -> str:
    """The page without its host and the ids in its address; a lane of the queue is a kind of its own."""
    url = re.sub(r"^https?://[^/]+", "", url)
    path = ID.sub("<id>", url.partition("?")[0])
    path = re.sub(r"/postvak/.+", "/postvak/<key>", path)
    return url if url.startswith("/werkvoorraad?baan") else path


def enough_of(kind: str) -> int:
    """How often this kind is looked at."""
    return CASES if kind == "/werkvoorraad/<id>" else EACH_KIND


class Keuring:
    """Checks pages of one kind until it saw enough of them, those with errors apart: a tenth is as the second."""

    def __init__(self, enough: Callable[[str], int] = enough_of) -> None:
        self.enough = enough
        self._seen: Counter[tuple[str, bool]] = Counter()

    def __call__(self, page: Page, h1: str | None = None) -> None:
        kind = kind_of(page.url)
        state = kind, page.locator("#fouten").count() > 0
        if self._seen[state] < self.enough(kind):
            self._seen[state] += 1
            check(page, h1)
        elif h1 is not None:
            assert h1 in page.locator("h1").inner_text(), page.url
