"""Each page of the hulpvrager in each language, as wide as the narrowest phone: as it comes, sent wrong, filled in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.domain.taal import Taal
from tests.e2e.conftest import DESK, PHONE, Portal
from tests.e2e.hulpverlener import Hulpverlener
from tests.e2e.hulpvrager import Brief, Hulpvrager
from tests.e2e.rondgang import crawl
from tests.e2e.toegankelijk import NARROW, Keuring, check
from tests.web.hulpvrager.reis import ANSWERS

pytestmark = pytest.mark.e2e

MAIN = "main form[method=post] button.utrecht-button--primary-action"
WRONG = {"gemeente": {"naam": "Utreg"}, "contact": {"email": "geen adres"}}
"""What is sent where an empty page is no mistake, or another one."""

WATCH_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(each => {
        const moved = each.sources.map(source => source.node?.outerHTML?.slice(0, 120));
        if (!each.hadRecentInput) window.shifts.push([each.value, ...moved]);
    })).observe({type: "layout-shift", buffered: true});
"""
"""What moves while a page comes, without anybody touching it, and how far."""

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


def in_order(page: Page, taal: Taal) -> None:
    """In this language, without a fault, and nothing moved while it came."""
    assert page.locator("html").get_attribute("lang") == taal, page.url
    assert page.evaluate("window.shifts") == [], page.url
    check(page)


class Reis:
    """The questions by the names of their fields: the words differ."""

    def __init__(self, page: Page, taal: Taal) -> None:
        self.page = page
        self._taal = taal

    def look(self, path: str) -> None:
        assert self.page.url.endswith(path), self.page.url
        in_order(self.page, self._taal)

    def fill(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]")
            if field.first.get_attribute("type") == "radio":
                field.and_(self.page.locator(f"[value={value}]")).check()
            else:
                field.fill(value)

    def send(self, values: Mapping[str, str]) -> None:
        self.fill(values)
        self.page.locator(MAIN).last.click()

    def wrong(self, path: str, values: Mapping[str, str]) -> None:
        """As the page comes, and with what is wrong about it."""
        self.look(path)
        self.send(values)
        self.page.locator("#fouten").wait_for()
        self.look(path)

    def question(self, slug: str) -> None:
        """Empty, wrong, and filled in when one comes back to it."""
        self.wrong(f"/{slug}", WRONG.get(slug, {}))
        self.send(ANSWERS[slug])
        self.page.goto(f"/verzoek/{slug}")
        self.look(f"/{slug}")
        self.page.goto("/verzoek")

    def schulden(self) -> None:
        self.look("/schulden")
        self.page.goto("/verzoek/schulden/nieuw")
        self.wrong("/nieuw", {"bedrag": "veel"})
        self.send(
            {"afzender": "Incasso- en Deurwaarderskantoor Noordoost", "referentie": "2026/000014-AB", "bedrag": "45"}
        )
        self.look("/schulden")
        self.page.locator(MAIN).last.click()


@pytest.mark.parametrize("taal", Taal)
def test_each_question_in_each_language(chromium: Browser, portal: Portal, taal: Taal):
    with telephone(chromium, portal) as page:
        page.goto("/")
        choose(page, taal)
        reis = Reis(page, taal)
        reis.look("/")
        page.locator("form[action='/verzoek/begin'] button").first.click()
        for slug in ANSWERS:
            reis.schulden() if slug == "schulden" else reis.question(slug)
        reis.wrong("/controle", {})
        page.locator("main input[type=checkbox]").last.check()
        page.locator(MAIN).last.click()
        reis.look("/bevestiging")


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
