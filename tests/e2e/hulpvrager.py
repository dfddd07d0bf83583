"""A person with a telephone who files a pauzeverzoek. Each question is looked at empty, wrong and filled in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.e2e.toegankelijk import check


@dataclass(frozen=True)
class Brief:
    """The last letter of a schuld, as the person has it on the table."""

    afzender: str
    namens: str = ""
    referentie: str = ""
    bedrag: str = ""
    particulier: bool = False


@dataclass
class Hulpvrager:
    """`look` is what is done with every page that is shown."""

    page: Page
    look: Callable[[Page, str | None], None] = check
    email: str = "anna.devries@inwoner.example"
    telefoon: str = "06 00112233"
    toestemming: str = "Ja, ik geef toestemming"
    screens: list[str] = field(default_factory=list)

    def file(self, brieven: Sequence[Brief], gemeente: str = "Utrecht") -> str:
        """The whole journey; returns the kenmerk."""
        self.begin()
        self._gemeente(gemeente)
        self._naam()
        self._geboortedatum()
        self.answer_rest(brieven)
        return self.submit()

    def begin(self) -> None:
        """As far as the question about the gemeente."""
        self.page.goto("/")
        self._see("Even rust")
        self._press("Begin met uw verzoek")
        self._dreiging()

    def answer_rest(self, brieven: Sequence[Brief]) -> None:
        """From the address to the check page."""
        self._adres()
        self._contact()
        self._hulp()
        self._bedrijf()
        self._schulden(brieven)
        self._toestemming()

    # --- the questions ----------------------------------------------------------------------------

    def _dreiging(self) -> None:
        self._wrong("Is er haast bij?")
        self._choose("ontruiming", "Ja")
        expect(self.page.get_by_label("Dag")).to_have_count(3)
        expect(self.page.get_by_label("Dag").locator("visible=true")).to_have_count(1)
        for group in ("ontruiming", "afsluiting", "zorgverzekering"):
            self._choose(group, "Nee")
        expect(self.page.get_by_label("Dag").locator("visible=true")).to_have_count(0)
        self._next()

    def _gemeente(self, naam: str) -> None:
        self._wrong("In welke gemeente woont u?")
        self.page.get_by_label("Gemeente", exact=True).fill("Utreg")
        self._next()
        self._see("In welke gemeente woont u?")
        self.page.get_by_label("Gemeente", exact=True).fill(naam)
        self._next()

    def _naam(self) -> None:
        self._wrong("Hoe heet u?")
        self.page.get_by_label("Voorletters").fill("A.B.")
        self.page.get_by_label("Tussenvoegsel").fill("de")
        self.page.get_by_label("Achternaam").fill("Vries-van den Bovenkamp")
        self._next()

    def _geboortedatum(self) -> None:
        self._wrong("Wanneer bent u geboren?")
        for label, value in (("Dag", "3"), ("Maand", "5"), ("Jaar", "1980")):
            self.page.get_by_label(label, exact=True).fill(value)
        self._next()

    def _adres(self) -> None:
        self._wrong("Waar woont u?")
        self._choose("soort", "Ja, ik heb een vast adres")
        self.page.get_by_label("Postcode").fill("3511zz")
        self.page.get_by_label("Huisnummer").fill("12")
        self.page.get_by_label("Toevoeging").fill("bis")
        self._next()

    def _contact(self) -> None:
        self._see("Hoe kunnen wij u bereiken?")
        self.page.get_by_label("E-mailadres").fill("geen adres")
        self._next()
        self._see("Hoe kunnen wij u bereiken?")
        self.page.get_by_label("Telefoonnummer").fill(self.telefoon)
        self.page.get_by_label("E-mailadres").fill(self.email)
        self._next()

    def _hulp(self) -> None:
        self._wrong("Helpt iemand u?")
        self._choose("soort", "Nee, ik doe het zelf")
        self._next()

    def _bedrijf(self) -> None:
        self._wrong("Hebt u een eigen bedrijf?")
        self._choose("eigen_bedrijf", "Nee")
        self._next()

    def _schulden(self, brieven: Sequence[Brief]) -> None:
        self._see("Bij wie hebt u schulden?")
        for brief in brieven:
            self.add(brief, look_wrong=brief is brieven[0])
        self._see("Bij wie hebt u schulden?")
        self._press("Klaar, verder" if brieven else "Verder met een lege lijst")

    def add(self, brief: Brief, *, look_wrong: bool = False) -> None:
        """One more line of the list, from the page with the list."""
        self.page.get_by_role("link", name="toevoegen").click()
        self.screens.append(self.page.url)
        if look_wrong:
            self._wrong(None, knop="Opslaan")
        self.page.get_by_label("Van wie is de laatste brief?").fill(brief.afzender)
        self.page.get_by_label("Voor welk bedrijf is dat?").fill(brief.namens)
        self.page.get_by_label("Nummer op de brief").fill(brief.referentie)
        self.page.get_by_label("Hoeveel moet u nog betalen?").fill(brief.bedrag)
        if brief.particulier:
            self.page.get_by_label("Dit is een persoon, geen bedrijf").check()
        self._press("Opslaan")

    def _toestemming(self) -> None:
        self._wrong("Mogen wij het vertellen?")
        self._choose("keuze", self.toestemming)
        self._next()

    def submit(self) -> str:
        """The check page and its button; returns the kenmerk."""
        self._wrong("Kijk alles na", knop="Verstuur mijn verzoek")
        self.page.get_by_label("Ik heb alles ingevuld").check()
        self._press("Verstuur mijn verzoek")
        self._see("Uw verzoek is binnen")
        kenmerk = self.page.locator(".pk-code").first.inner_text().strip()
        assert kenmerk.startswith("PK-")
        return kenmerk

    # --- hands ------------------------------------------------------------------------------------

    def _choose(self, group: str, label: str) -> None:
        self.page.locator(f"fieldset#{group}-groep").get_by_label(label, exact=True).check()

    def _press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.screens.append(self.page.url)

    def _next(self) -> None:
        self._press("Verder")

    def _see(self, h1: str | None) -> None:
        self.look(self.page, h1)

    def _wrong(self, h1: str | None, knop: str = "Verder") -> None:
        """The page as it comes, and again after sending it empty: the sentence is there and has the focus."""
        self._see(h1)
        self.page.get_by_role("button", name=knop, exact=True).click()
        expect(self.page.locator("#fouten")).to_be_focused()
        assert self.page.title().startswith("Fout: ")
        self._see(h1)
