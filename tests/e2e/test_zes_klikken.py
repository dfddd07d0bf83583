"""From the queue to fourteen messages in a few clicks: counted with the mouse, and done once more without one."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

from config.settings import Settings
from portal.actions import hulpvrager
from portal.db.embedded import EmbeddedPostgres
from portal.db.engine import Database
from portal.domain.roles import Actor
from portal.models.sealed import Keyring
from portal.process import start
from tests.e2e.conftest import Portal
from tests.e2e.hulpverlener import APPROVE, Hulpverlener
from tests.e2e.toegankelijk import check
from tests.given import antwoorden
from tests.running import environ_for

pytestmark = pytest.mark.e2e

MARIT = "marit@vechtenrijn.example"
MAX_CLICKS, MAX_LOADS = 6, 4
MAX_TABS = 120
BEKEND = ("Vitens", "Eneco", "VGZ", "CJIB", "KPN", "Wehkamp", "Rabobank", "DUO", "ING", "Klarna", "CAK", "UWV",
          "Essent", "Zalando")  # fmt: skip


@pytest.fixture
def running(portal: Portal, keys: Keyring) -> Iterator[Database]:
    """The database of the running portal, with its keys."""
    url = EmbeddedPostgres(portal.run.instance / "postgres").app_url
    database = start(Settings.from_environ(environ_for(portal.run.instance, DATABASE_URL=url)))
    yield database
    database.dispose()


def filed(database: Database, achternaam: str) -> UUID:
    """A request with fourteen schuldeisers whom the directory knows."""
    with database.session(Actor.bezoeker()) as session:
        id = hulpvrager.start_pauzeverzoek(session)
        person = Actor.hulpvrager(id)
        naam = {"voorletters": "T.", "voorvoegsel": "", "achternaam": achternaam}
        hulpvrager.save_answers(session, person, antwoorden(naam=naam))
        for afzender in BEKEND:
            hulpvrager.add_schuld(session, person, id, {"afzender": afzender, "referentie": f"{afzender}-14"})
        hulpvrager.submit(session, person)
    return id


class Loads:
    """Pages that the browser asks for; what leads on by itself counts once."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.on("request", self._see)

    def _see(self, request: Request) -> None:
        self.count += request.is_navigation_request() and request.redirected_from is None


class Mouse:
    """Clicks, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, wanted: Locator) -> None:
        wanted.first.click()
        self.count += 1


FOCUS_SHOWS = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"


class Keyboard(Mouse):
    """Finds everything with Tab, and presses Enter. Where the focus is can always be seen."""

    def press(self, wanted: Locator) -> None:
        for _ in range(MAX_TABS):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(FOCUS_SHOWS), self.page.evaluate("document.activeElement.outerHTML")
            if wanted.first.evaluate("it => it === document.activeElement"):
                self.page.keyboard.press("Enter")
                self.count += 1
                return
        raise AssertionError(f"{wanted} cannot be reached with Tab on {self.page.url}")


def review(hand: Mouse) -> None:
    """From an opened case to fourteen messages."""
    page = hand.page
    hand.press(page.get_by_role("button", name="In behandeling nemen"))
    expect(page.get_by_text("U bent nu de behandelaar")).to_be_visible()
    hand.press(page.locator("summary", has_text="Zekere voorstellen bevestigen (14)"))
    hand.press(page.get_by_role("button", name="Voorstellen bevestigen"))
    expect(page.locator("h1")).to_have_text("Pauze goedkeuren")
    hand.press(page.get_by_role("button", name=APPROVE))
    expect(page.get_by_text("14 berichten gaan op weg")).to_be_visible()


def reads_on_paper(page: Page) -> None:
    """Everything is open, nothing is there to press, and the sheet says which case it is of."""
    expect(page.locator("details pre").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("details pre").first).to_be_visible()
    expect(page.locator(".pk-print-kop")).to_be_visible()
    expect(page.locator("button:visible, .utrecht-button:visible, nav:visible")).to_have_count(0)
    page.emulate_media(media="screen")


def test_a_case_of_fourteen_known_schuldeisers_takes_six_clicks_at_most_or_a_keyboard(
    desk: BrowserContext, portal: Portal, running: Database
):
    page = desk.new_page()
    Hulpverlener(page, portal, look=lambda *_: None).sign_in(MARIT)
    expect(page.locator("h1")).to_have_text("Werkvoorraad")
    for hand, achternaam in ((Mouse(page), "Muis"), (Keyboard(page), "Toets")):
        case = filed(running, achternaam)
        page.goto("/werkvoorraad?baan=nieuw&volgorde=nieuwst")
        hand.press(page.locator(f"main a[href$='{case}']"))
        expect(page.locator("h1")).to_contain_text(achternaam)
        hand.count, loads = 0, Loads(page)
        review(hand)
        assert hand.count <= MAX_CLICKS
        assert 0 < loads.count <= MAX_LOADS, loads.count
        expect(page.get_by_role("heading", name="Berichten aan schuldeisers (14)")).to_be_visible()
    check(page)
    reads_on_paper(page)
