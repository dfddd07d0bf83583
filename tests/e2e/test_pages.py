"""Every page that can be reached by links, for everybody: axe at WCAG 2.2 AA and no sideways scrolling at 320 px."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from config.settings import ROOT
from portal.domain.baan import Baan
from tests.e2e.conftest import DESK, Portal
from tests.e2e.hulpverlener import Hulpverlener
from tests.e2e.hulpvrager import Brief, Hulpvrager
from tests.e2e.rondgang import FOR_EVERYBODY, NO_PAGE, crawl, own_of, with_errors
from tests.e2e.toegankelijk import Keuring, check, kind_of

pytestmark = pytest.mark.e2e


AFTER_APPROVAL = {"/werkvoorraad/<id>/bijkomen", "/werkvoorraad/<id>/verlengen", "/werkvoorraad/<id>/beschikking",
                  "/werkvoorraad/<id>/kennisgevingen/<id>/terugroepen",
                  "/werkvoorraad/<id>/kennisgevingen/<id>/ongecontroleerd", "/werkvoorraad/doorgestuurd/<id>",
                  "/akkoord/<id>", "/beheer/tekstblokken/<id>/verwijderen"}  # fmt: skip
EVERY_CASE = "marit@vechtenrijn.example"
"""Looks into every case of every lane for the pages that only some of them lead to."""

SEEN_ELSEWHERE = {
    "/medewerker/passkeys/nieuw",  # tests/e2e/test_passkey.py
    "/werkvoorraad/zoeken",  # below
    "/werkvoorraad/<uuid:verzoek_id>/schulden/<uuid:schuld_id>/nieuwe-schuldeiser",  # tests/e2e/test_spine.py
}
THROUGH = {"/werkvoorraad/<id>", "/werkvoorraad/<id>/kennisgevingen/<id>"}
"""Pages that lead on to others in one state only: all of them are read to find those, and few are looked at."""

ANSWERED = {"/werkvoorraad/<id>/mail/<id>", "/werkvoorraad/<id>/kennisgevingen/<id>/antwoord-noteren"}
EVERY_LANE = [f"/werkvoorraad?baan={baan}" for baan in Baan]
FIRST_LANES = ("van_mij", "bij_collegas", "lopend", "bezorging_mislukt", "per_post", "antwoord", "mail_lezen")


@pytest.fixture(scope="module")
def look() -> Keuring:
    """Shared by everybody: a page that two roles may open is the same page."""
    return Keuring()


def ahead(page: Page, portal: Portal, starts: Iterable[str]) -> list[str]:
    """Addresses that every case in these lanes leads to, read without drawing a page."""
    todo, found = list(starts), dict[str, None]()
    while todo:
        text = page.request.get(todo.pop(0)).text()
        for url in own_of(portal, re.findall(r'<a [^>]*href="([^"#]+)', html.unescape(text))):
            if url not in found and kind_of(url) in THROUGH:
                todo.append(url)
            found[url] = None
    return list(found)


def test_pages_for_everybody(phone: BrowserContext, portal: Portal, look: Keuring):
    starts = ["/", "/terug", "/schuldeisers", "/medewerker/inloggen", "/postvak", "/terug/gevraagd", "/uitgelogd",
              "/antwoord/gevraagd"]  # fmt: skip
    kinds = crawl(phone.new_page(), portal, look, starts)
    assert FOR_EVERYBODY | {"/postvak/<key>"} <= kinds


def test_pages_of_what_went_wrong(phone: BrowserContext, portal: Portal):
    page = phone.new_page()
    for url, status in {"/bestaat-niet": 404, "/uitloggen": 405, "/terug/geen-link": 410}.items():
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == status
        check(page)


def test_faint_letters_are_found_on_a_page_whose_colours_were_judged(phone: BrowserContext, portal: Portal):
    page = phone.new_page()
    page.goto("/privacy")
    check(page)
    page.locator("main p").first.evaluate("it => it.style.color = '#bbb'")
    with pytest.raises(AssertionError, match="color-contrast"):
        check(page)


STAFF = {
    "youssef@vechtenrijn.example": {"/werkvoorraad/<id>/besluit", "/werkvoorraad/<id>/niet-goedkeuren"},
    "marit@vechtenrijn.example": {"/werkvoorraad/<id>/beeindigen", "/beheer/organisatie", *ANSWERED, *AFTER_APPROVAL},
    "noor@vechtenrijn.example": {"/werkvoorraad/<id>", "/werkvoorraad/<id>/kennisgevingen/<id>"},
    "kees@vechtenrijn.example": {"/beheer/organisatie"},
    "wouter@landelijk.example": {"/beheer/schuldeisers/<id>/adres", "/beheer/mail/<id>", "/akkoord/<id>"},
}
"""Who looks, and what each must come across."""


@pytest.fixture(scope="module")
def seen_by(chromium: Browser, portal: Portal, look: Keuring) -> Callable[[str], set[str]]:
    """The kinds of pages that this member of staff comes across; each looks round once."""

    @cache
    def looked(email: str) -> set[str]:
        with chromium.new_context(viewport=DESK, base_url=portal.url, locale="nl-NL") as context:
            page = context.new_page()
            Hulpverlener(page, portal).sign_in(email)
            home = urlsplit(page.url).path
            lanes = [f"/werkvoorraad?baan={baan}" for baan in FIRST_LANES] if home == "/werkvoorraad" else []
            further = ahead(page, portal, EVERY_LANE) if email == EVERY_CASE else []
            return crawl(page, portal, look, [*lanes, home, *further], skip=FOR_EVERYBODY)

    return looked


@pytest.mark.parametrize("email", STAFF)
def test_pages_of_staff(seen_by: Callable[[str], set[str]], email: str):
    kinds = seen_by(email)
    assert STAFF[email] <= kinds, sorted(kinds)


def test_no_page_of_staff_is_left_out(seen_by: Callable[[str], set[str]]):
    """Compared with the list of all routes, docs/toegang.md: a page that nobody comes across has a test of its own."""
    seen = set().union(*map(seen_by, STAFF))
    missed = {route for route in pages_of_staff() if not any(re.fullmatch(as_kind(route), kind) for kind in seen)}
    assert missed == SEEN_ELSEWHERE


def pages_of_staff() -> Iterator[str]:
    """Routes that are no file, and that somebody of staff may open though not everybody."""
    for line in (ROOT / "docs" / "toegang.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| `/"):
            route, methods, everybody, _, *staff, _, _, _ = (cell.strip(" *`") for cell in line.strip("|").split("|"))
            if "GET" in methods and everybody != "open" and {"open", "own"} & set(staff) and not NO_PAGE.search(route):
                yield route


def as_kind(route: str) -> str:
    """A pattern for the kinds that this route makes: an id in the address, or a word."""
    return re.sub(r"<[^>]+>", "(<id>|[a-z-]+)", route) + r"(\?.*)?"


def test_what_a_search_finds(desk: BrowserContext, portal: Portal):
    page = desk.new_page()
    Hulpverlener(page, portal).sign_in()
    for words, said in {"Groot": "1 zaak gevonden", "Nergensmeer": "Niets gevonden"}.items():
        page.get_by_label("Zoek").fill(words)
        page.get_by_role("button", name="Zoeken").click()
        check(page, "Zoeken")
        assert said in page.get_by_role("status").inner_text()
    with_errors(page)


def test_the_way_back_on_another_device(phone: BrowserContext, desk: BrowserContext, portal: Portal):
    page = phone.new_page()
    person = Hulpvrager(page, lambda *_: None, email="terug@inwoner.example")
    kenmerk = person.file([Brief("Vitens", referentie="1")])
    check(page, "Uw verzoek is binnen")
    page.get_by_role("button", name="code").first.click()
    check(page)
    code = page.locator("main").inner_text()
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", code)
    assert found

    other = desk.new_page()
    other.goto("/terug/code")
    other.get_by_label("Kenmerk").fill(kenmerk.lower())
    other.get_by_label("Toegangscode").fill(found[0].replace("-", " "))
    other.locator("main form button").click()
    check(other, "Uw verzoek")


def test_a_mailed_link_leads_back_once(phone: BrowserContext, desk: BrowserContext, portal: Portal):
    person = Hulpvrager(phone.new_page(), lambda *_: None, email="link@inwoner.example")
    person.file([])
    page = desk.new_page()
    page.goto("/terug/mail")
    page.get_by_label("Uw e-mailadres").fill(person.email)
    page.locator("main form button").click()
    check(page)
    link = wait_for_link(page, portal, person.email)
    page.goto(link)
    check(page)
    page.locator("main form button").click()
    check(page, "Uw verzoek")

    again = page.goto(link)
    assert again is not None
    page.locator("main form button").first.click() if again.status == 200 else None
    check(page)
    assert "Uw verzoek" not in page.locator("h1").inner_text()


def wait_for_link(page: Page, portal: Portal, email: str) -> str:
    for _ in range(60):
        for mail in portal.mails():
            body = mail.message.get_body(("plain",))
            found = re.search(rf"{portal.url}/terug/\S+", body.get_content()) if body else None
            if email in mail.envelope_to and found:
                return found[0]
        page.wait_for_timeout(500)
    raise AssertionError("no link came")
