"""A member of staff at a desk: signs in, takes the case, ties the schulden to the directory, approves."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Portal, SignedIn
from tests.e2e.toegankelijk import check

APPROVE = re.compile(r"^Goedkeuren en \d+ bericht(en)? versturen$")
SANNE = "sanne@vechtenrijn.example"


@dataclass
class Hulpverlener:
    page: Page
    portal: Portal
    look: Callable[[Page, str | None], None] = check
    case: str = ""

    def sign_in(self, email: str = SANNE) -> None:
        """With password and code, or as the same person did before in another browser."""
        if known := self.portal.signed_in.get(email):
            self.page.context.add_cookies(known.cookies)
            self.page.goto(known.url)
            return
        self._sign_in(email)
        self.portal.signed_in[email] = SignedIn(self.page.context.cookies(), self.page.url)

    def _sign_in(self, email: str) -> None:
        self.page.goto("/medewerker/inloggen")
        self.look(self.page, "Inloggen")
        self.page.get_by_role("button", name="Verder").click()
        self.look(self.page, "Inloggen")
        self.page.get_by_label("E-mailadres").fill(email)
        self.page.get_by_label("Wachtwoord").fill(self.portal.password)
        self.page.get_by_role("button", name="Verder").click()
        self.look(self.page, None)
        self.page.get_by_label("Code uit uw app").fill(self.portal.code(email))
        self.page.get_by_role("button", name="Inloggen").click()
        self.page.wait_for_url(lambda url: "/inloggen" not in url)

    def open_case(self, kenmerk: str) -> None:
        self.page.goto("/werkvoorraad")
        self.look(self.page, "Werkvoorraad")
        self.page.get_by_role("link", name="Nieuw").click()
        self.look(self.page, "Werkvoorraad")
        self.page.get_by_role("link", name=kenmerk).first.click()
        self.case = self.page.url
        self.look(self.page, None)

    def take(self) -> None:
        self.page.get_by_role("button", name="In behandeling nemen").click()

    def confirm_suggestions(self) -> None:
        """All certain matches at once."""
        self.page.get_by_text("Zekere voorstellen bevestigen").click()
        self.look(self.page, None)
        self.page.get_by_role("button", name="Voorstellen bevestigen").click()

    def match_all(self, wanted: Mapping[int, Mapping[str, str]]) -> None:
        """Tie each schuld (by its number) to parties (name → their reference)."""
        for volgnummer, parties in wanted.items():
            self._open_schuld(volgnummer)
            self.look(self.page, "koppelen")
            self._tick_nobody()
            for naam, referentie in parties.items():
                self._tick(naam, referentie)
            self.page.get_by_role("button", name="Koppelen", exact=True).click()

    def _tick_nobody(self) -> None:
        """Refused: somebody must be told."""
        for box in self.page.get_by_role("checkbox").all():
            box.uncheck()
        self.page.get_by_role("button", name="Koppelen", exact=True).click()
        self.page.locator("#fouten").wait_for()
        self.look(self.page, "koppelen")

    def _tick(self, naam: str, referentie: str) -> None:
        party = self.page.locator(".pk-party").filter(has=self.page.get_by_label(naam, exact=True))
        if not party.count():
            self.page.get_by_label("Zoek in de lijst").fill(naam)
            self.page.get_by_role("button", name="Zoeken").click()
            self.look(self.page, "koppelen")
        party.get_by_role("checkbox").check()
        party.get_by_role("textbox").fill(referentie)

    def propose(self, volgnummer: int, naam: str, email: str) -> None:
        """A private person who is not in the directory, with an address that was checked."""
        self._open_schuld(volgnummer)
        self.page.get_by_role("button", name="Nieuwe schuldeiser toevoegen").click()
        self.look(self.page, "Nieuwe schuldeiser")
        self.page.get_by_label("Naam", exact=True).fill("")
        self.page.get_by_role("button", name="Toevoegen en kiezen").click()
        self.look(self.page, "Nieuwe schuldeiser")
        self.page.get_by_label("Naam", exact=True).fill(naam)
        self.page.get_by_label("Schuldeiser", exact=True).check()
        self.page.get_by_label("Categorie").select_option("particulier")
        self.page.get_by_label("Soort schuld").select_option("Overig")
        self.page.get_by_label("E-mailadres voor Kennisgevingen").fill(email)
        self.page.get_by_label("Ik heb dit e-mailadres gecontroleerd").check()
        self.page.get_by_role("button", name="Toevoegen en kiezen").click()
        self.page.get_by_role("button", name="Koppelen", exact=True).click()

    def _open_schuld(self, volgnummer: int) -> None:
        """From the case, unless the portal went on to this schuld by itself."""
        if f"Schuld {volgnummer} koppelen" not in self.page.locator("h1").inner_text():
            self.page.goto(self.case)
            self.page.locator(f"a:has-text('schuld {volgnummer}')").last.click()

    def approve(self, confirm: Sequence[str] = ()) -> None:
        if "Pauze goedkeuren" not in self.page.locator("h1").inner_text():
            self.page.goto(self.case)
            self.page.get_by_role("link", name="Goedkeuren", exact=True).click()
        self.look(self.page, "Pauze goedkeuren")
        if confirm:
            self.page.get_by_role("button", name=APPROVE).click()
            self.look(self.page, "Pauze goedkeuren")  # refused: the confirmation is missing
        for label in confirm:
            self.page.get_by_label(label, exact=False).check()
        self.page.get_by_role("button", name=APPROVE).click()
        expect(self.page.locator("h1")).not_to_contain_text("Pauze goedkeuren")
        self.look(self.page, None)

    def post_letters(self) -> list[str]:
        """Print each letter of the case and report that it was posted; returns their words."""
        letters = []
        while (links := self.page.get_by_role("link", name="Brief printen")).count():
            links.first.click()
            letters.append(self._letter())
            self.page.get_by_role("button", name="Ik heb deze brief verstuurd").click()
            self.page.goto(self.case)
        return letters

    def _letter(self) -> str:
        """The words of the PDF, once the worker has made it."""
        expect(self.page.locator("h1")).to_contain_text("Kennisgeving aan")  # a click does not wait for its page
        link = self.page.get_by_role("link", name="Brief openen (PDF)")
        while not link.count():
            expect(self.page.locator("main")).to_contain_text("De brief wordt gemaakt.")
            self.page.reload()
        self.look(self.page, "Kennisgeving aan")
        with self.page.expect_download() as download:
            link.click()
        reader = PdfReader(download.value.path())
        return " ".join(page.extract_text() for page in reader.pages)
