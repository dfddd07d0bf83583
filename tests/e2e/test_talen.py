"""Each question in each language, as wide as the narrowest phone: as it comes, sent wrong, filled in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.domain.taal import Taal
from tests.e2e.conftest import PHONE, Portal
from tests.e2e.reis import Reis
from tests.e2e.steekproef import each
from tests.e2e.toegankelijk import NARROW, check

pytestmark = pytest.mark.e2e

WATCH_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(each => {
        const moved = each.sources.map(source => source.node?.outerHTML?.slice(0, 120));
        if (!each.hadRecentInput && each.value > 0.001) window.shifts.push([each.value, ...moved]);
    })).observe({type: "layout-shift", buffered: true});
"""
"""What moves while a page comes, without anybody touching it, and how far: more than the part of a pixel by which lines
are drawn anew.
"""

COVERED = """() => {
    const name = document.createRange();
    name.selectNodeContents(document.querySelector(".pk-wordmark"));
    const [one, other] = [name, document.querySelector(".pk-weg")].map(each => each.getBoundingClientRect());
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}"""


@contextmanager
def telephone(chromium: Browser, portal: Portal, state: Any = None) -> Iterator[Page]:
    size = PHONE | {"width": NARROW}
    with chromium.new_context(viewport=size, base_url=portal.url, locale="nl-NL", storage_state=state) as context:
        page = context.new_page()
        page.add_init_script(WATCH_SHIFTS)
        yield page


class Chromium:
    """Hands with script. Nothing may move while a page comes."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def go(self, path: str) -> None:
        self._page.goto(path)

    def click(self, css: str) -> None:
        self._page.locator(css).last.click()

    def fill(self, name: str, value: str) -> None:
        field = self._page.locator(f"main [name={name}]")
        if field.first.get_attribute("type") == "radio":
            field.and_(self._page.locator(f"[value={value}]")).check()
        else:
            field.fill(value)

    def judge(self, path: str, taal: Taal, *, wrong: bool = False) -> None:
        if wrong:
            self._page.locator("#fouten").wait_for()
        self._page.locator(f"html[lang={taal}][dir={taal.richting}]").wait_for(state="attached")
        assert self._page.url.endswith(path), self._page.url
        assert self._page.evaluate("window.shifts") == [], self._page.url
        assert self._page.evaluate(COVERED) is False, f"the way out covers the name at {self._page.url}"
        check(self._page)


@pytest.mark.parametrize("taal", each(Taal.NL, Taal.AR))
def test_each_question_in_each_language(chromium: Browser, portal: Portal, taal: Taal):
    with telephone(chromium, portal) as page:
        Reis(Chromium(page), taal).make()
