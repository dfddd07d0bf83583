"""Each page of the hulpvrager in each language, as wide as the narrowest phone: as it comes, sent wrong, filled in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.domain.taal import Taal
from tests.e2e.conftest import DESK, PHONE, Portal
from tests.e2e.hulpverlener import Hulpverlener
from tests.e2e.hulpvrager import Brief, Hulpvrager
from tests.e2e.reis import Reis
from tests.e2e.rondgang import crawl
from tests.e2e.toegankelijk import NARROW, Keuring, check

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
DUTCH = {"/", "/antwoord", "/api", "/cijfers", "/controleren", "/ketens", "/medewerker/inloggen", "/schuldeisers"}
"""Seen by tests of their own: for staff, schuldeisers or everybody, and the start page."""

STARTS = ["/verzoek", "/terug/code", "/terug/mail"]
AFTER_FILING = {"/verzoek", "/verzoek/gegevens", "/verzoek/bel-mij", "/verzoek/intrekken", "/verzoek/bewaren",
                "/privacy", *STARTS}  # fmt: skip
ASKED, APPROVED = "aanvulling_gevraagd", "goedgekeurd"
ONLY_WHEN = {
    ASKED: {"/verzoek/aanvulling", "/verzoek/schuld-vergeten"},
    APPROVED: {"/verzoek/post", "/verzoek/schuld-vergeten", "/verzoek/pauzekaart", "/verzoek/klopt-niet"},
}


@contextmanager
def telephone(chromium: Browser, portal: Portal, state: Any = None) -> Iterator[Page]:
    size = PHONE | {"width": NARROW}
    with chromium.new_context(viewport=size, base_url=portal.url, locale="nl-NL", storage_state=state) as context:
        page = context.new_page()
        page.add_init_script(WATCH_SHIFTS)
        yield page


def choose(page: Page, taal: Taal) -> None:
    """Press the button with the name of the language."""
    page.locator(f"button[name=taal][value={taal}]").first.click()
    page.locator(f"html[lang={taal}][dir={taal.richting}]").wait_for(state="attached")


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


@pytest.mark.parametrize("taal", Taal)
def test_each_question_in_each_language(chromium: Browser, portal: Portal, taal: Taal):
    with telephone(chromium, portal) as page:
        Reis(Chromium(page), taal).make()


@pytest.fixture(scope="module")
def cases(chromium: Browser, portal: Portal) -> dict[str, Any]:
    """Two people who may come back: one is asked a question, one has a pause."""
    with chromium.new_context(viewport=DESK, base_url=portal.url, locale="nl-NL") as desk:
        staff = Hulpverlener(desk.new_page(), portal, lambda *_: None)
        staff.sign_in()
        return {
            status: came_so_far(chromium, portal, staff, status, act)
            for status, act in {ASKED: ask, APPROVED: approve}.items()
        }


def came_so_far(
    chromium: Browser, portal: Portal, staff: Hulpverlener, status: str, act: Callable[[Hulpverlener], None]
) -> Any:
    with chromium.new_context(viewport=PHONE, base_url=portal.url, locale="nl-NL") as phone:
        person = Hulpvrager(phone.new_page(), lambda *_: None, email=f"{status}@inwoner.example")
        staff.open_case(person.file([Brief("Vitens", referentie="TAAL-1"), Brief("Eneco", bedrag="12,50")]))
        staff.take()
        act(staff)
        return phone.storage_state()


def ask(staff: Hulpverlener) -> None:
    staff.page.get_by_role("link", name="Vraag stellen").click()
    staff.page.get_by_label("Wat wilt u weten?").fill("Hebt u nog post van Vitens?")
    staff.page.get_by_role("button", name="Vraag versturen").click()


def approve(staff: Hulpverlener) -> None:
    staff.confirm_suggestions()
    staff.approve()


@pytest.mark.parametrize("status", ONLY_WHEN)
@pytest.mark.parametrize("taal", Taal)
def test_each_page_after_filing_in_each_language(
    chromium: Browser, portal: Portal, cases: dict[str, Any], taal: Taal, status: str
):
    with telephone(chromium, portal, cases[status]) as page:
        page.goto("/verzoek")
        choose(page, taal)
        kinds = crawl(page, portal, Keuring(lambda kind: 1), STARTS, skip=DUTCH)
        assert AFTER_FILING | ONLY_WHEN[status] <= kinds, sorted(kinds)
