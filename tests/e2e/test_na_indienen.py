"""Each page after filing in each language, 320 px wide: for who is asked a question and for who has a pause."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.domain.taal import Taal
from tests.e2e.conftest import DESK, PHONE, Portal
from tests.e2e.firefox import Firefox, Handen, firefox
from tests.e2e.hulpverlener import Hulpverlener
from tests.e2e.hulpvrager import Brief, Hulpvrager
from tests.e2e.reis import MAIN
from tests.e2e.rondgang import WITH_ERRORS, crawl
from tests.e2e.steekproef import each
from tests.e2e.test_talen import telephone
from tests.e2e.toegankelijk import Keuring

pytestmark = pytest.mark.e2e

DUTCH = {"/", "/antwoord", "/api", "/cijfers", "/controleren", "/ketens", "/medewerker/inloggen", "/schuldeisers"}
"""Seen by tests of their own: for staff, schuldeisers or everybody, and the start page."""

STARTS = ["/verzoek", "/terug/code", "/terug/mail"]
AFTER_FILING = {"/verzoek", "/verzoek/gegevens", "/verzoek/bel-mij", "/verzoek/intrekken", "/verzoek/bewaren",
                "/privacy", "/toegankelijkheid", *STARTS}  # fmt: skip
ASKED, APPROVED = "aanvulling_gevraagd", "goedgekeurd"
ONLY_WHEN = {
    ASKED: {"/verzoek/aanvulling", "/verzoek/schuld-vergeten", "/verzoek/klopt-niet", "/verzoek/toestemming-intrekken"},
    APPROVED: {"/verzoek/post", "/verzoek/schuld-vergeten", "/verzoek/pauzekaart", "/verzoek/klopt-niet"},
}


def choose(page: Page, taal: Taal) -> None:
    """Press the button with the name of the language."""
    page.locator(f"button[name=taal][value={taal}]").first.click()
    page.locator(f"html[lang={taal}][dir={taal.richting}]").wait_for(state="attached")


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
@pytest.mark.parametrize("taal", each(Taal.NL, Taal.AR))
def test_each_page_after_filing_in_each_language(
    chromium: Browser, portal: Portal, cases: dict[str, Any], taal: Taal, status: str
):
    with telephone(chromium, portal, cases[status]) as page:
        page.goto("/verzoek")
        choose(page, taal)
        kinds = crawl(page, portal, Keuring(lambda kind: 1), STARTS, skip=DUTCH)
        assert kinds == AFTER_FILING | ONLY_WHEN[status]


@pytest.mark.matrix
@pytest.mark.parametrize("script", [True, False], ids=["with_script", "without_script"])
@pytest.mark.parametrize("taal", Taal)
def test_each_page_after_filing_in_each_language_in_firefox(
    portal: Portal, cases: dict[str, Any], taal: Taal, script: bool
):
    with firefox(portal.url, script=script) as browser:
        hands = Handen(browser, script=script)
        for status, own in ONLY_WHEN.items():
            browser.forget()
            browser.carry(cases[status]["cookies"])
            browser.go("/verzoek")
            browser.click(f"button[name=taal][value={taal}]")
            for path in sorted(AFTER_FILING | own):
                look(browser, hands, path, taal)


def look(browser: Firefox, hands: Handen, path: str, taal: Taal) -> None:
    """The page as it comes, and where that does no harm sent empty."""
    browser.go(path)
    hands.judge(path, taal)
    if path.endswith(WITH_ERRORS):
        browser.clear("main form[method=post] :is(textarea, input[type=text], input[type=email])")
        browser.click(MAIN)
        hands.judge(path, taal, wrong=True)
