"""The journey in another browser than the one it was made in: 320 px wide, with script and without."""

import re

import pytest

from tests.e2e.conftest import Portal
from tests.e2e.firefox import Firefox, firefox
from tests.e2e.toegankelijk import NARROW

pytestmark = pytest.mark.e2e


class Reis:
    """Each page as it comes, sent empty, and filled in; axe needs script, the rest does not."""

    def __init__(self, browser: Firefox, *, script: bool) -> None:
        self.browser = browser
        self._script = script

    def see(self, h1: str) -> None:
        assert h1 in self.browser.h1
        self.browser.narrow()
        window, page = self.browser.width()
        assert NARROW - 2 < window <= NARROW
        assert page <= window, h1
        if self._script:
            assert self.browser.findings() == [], h1

    def wrong(self, h1: str, knop: str = "Verder") -> None:
        """Sent empty: what is missing is said, and has the focus."""
        self.see(h1)
        self.browser.press(knop)
        self.see(h1)
        assert self.browser.focused == "fouten"

    def choose(self, **answers: str) -> None:
        for group, label in answers.items():
            self.browser.choose(group, label)
        self.browser.press("Verder")

    def fill(self, knop: str = "Verder", **answers: str) -> None:
        for label, value in answers.items():
            self.browser.fill(label.replace("_", " "), value)
        self.browser.press(knop)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_journey_in_firefox(portal: Portal, script: bool):
    with firefox(portal.url, script=script) as browser:
        reis = Reis(browser, script=script)
        browser.go("/")
        reis.see("Even rust")
        browser.press("Begin met uw verzoek")
        reis.wrong("Is er haast bij?")
        reis.choose(ontruiming="Nee", afsluiting="Nee", zorgverzekering="Nee")
        reis.wrong("In welke gemeente woont u?")
        reis.fill(Gemeente="Utrecht")
        reis.wrong("Hoe heet u?")
        reis.fill(Voorletters="F.", Achternaam="Vos-van den Bovenkampstraat")
        reis.wrong("Wanneer bent u geboren?")
        reis.fill(Dag="3", Maand="mei", Jaar="1980")
        reis.wrong("Waar woont u?")
        browser.choose("soort", "Ja, ik heb een vast adres")
        reis.fill(Postcode="3511zz", Huisnummer="12")
        reis.see("Hoe kunnen wij u bereiken?")
        reis.fill(Telefoonnummer="06 00112233")
        reis.wrong("Helpt iemand u?")
        reis.choose(soort="Nee, ik doe het zelf")
        reis.wrong("Hebt u een eigen bedrijf?")
        reis.choose(eigen_bedrijf="Nee")
        reis.see("Bij wie hebt u schulden?")
        browser.go("/verzoek/schulden/nieuw")
        reis.wrong("Voeg een schuld toe", knop="Opslaan")
        browser.fill("Van wie is de laatste brief?", "Vitens")
        reis.fill("Opslaan", Nummer_op_de_brief="FF-1")
        reis.see("Bij wie hebt u schulden?")
        browser.press("Klaar, verder")
        reis.wrong("Mogen wij het vertellen?")
        reis.choose(keuze="Ja, ik geef toestemming")
        reis.wrong("Kijk alles na", knop="Verstuur mijn verzoek")
        browser.tick("Ik heb alles ingevuld")
        browser.press("Verstuur mijn verzoek")
        reis.see("Uw verzoek is binnen")
        assert re.search(r"PK-[A-Z0-9-]+", browser.text)
