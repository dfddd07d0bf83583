"""How much work a whole request is, on a phone: screens, and seconds by the keystroke-level model.

Card, Moran and Newell (1983), with the times of issue "The hulpvrager". Every key and every choice is counted, also the
switch to capitals and signs; nothing is counted as filled in by the phone. Reading is not in the model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.hulpvrager.reis import ANSWERS

KEY_SECONDS, TAP_SECONDS, DECISION_SECONDS = 0.28, 1.1, 1.35
NEXT = "Opslaan en nog een schuld"

LETTERS: Sequence[tuple[str, str, str, str]] = (
    ("Vitens", "", "4401928871", "212,40"),
    ("Vattenfall", "", "31882210", "1480"),
    ("Mitros", "", "H-220931", "2.310,55"),
    ("Bakker Incasso", "Zilveren Kruis", "2026/114523", "987,12"),
    ("Ziggo", "", "88120034", "164"),
    ("CJIB", "", "7100 2231 9980", "389"),
    ("Belastingdienst", "", "1122.33.444", "1250"),
    ("Van der Meulen Gerechtsdeurwaarders", "Wehkamp", "D26-0098812", "742,80"),
    ("Gemeente Utrecht", "", "55012", "318,90"),
    ("KPN", "", "601223417", "97,50"),
    ("Noord Incassodiensten", "Tandarts De Linde", "ND/8812-A", "430"),
    ("Klarna", "", "991203884", "58,95"),
    ("Tante Ann", "", "", "600"),
    ("DUO", "", "30992817", "weet ik niet"),
)
"""Fourteen letters of an ordinary pile: from, on behalf of, number, amount."""


@dataclass
class Thumb:
    """One person with one thumb: what was seen, typed, tapped and decided."""

    browser: Browser
    screens: int = 0
    keys: int = 0
    taps: int = 0

    @property
    def seconds(self) -> float:
        """Every tap is a decision of its own."""
        return self.keys * KEY_SECONDS + self.taps * (TAP_SECONDS + DECISION_SECONDS)

    def open(self, url: str) -> Page:
        self.screens += 1
        return self.browser.see(url)

    def send(self, page: Page, values: Mapping[str, str], button: str) -> Page:
        """Fill in what is not there yet, push the button, look at what comes."""
        shown = page.form(button).values
        for name, value in values.items():
            if shown.get(name) != value:
                self._fill(page, name, value)
        self.taps += 1
        form = page.form(button)
        answer = Page(self.browser.post(form.action, data=form.with_button(button) | dict(values)))
        assert answer.to, f"{page.url}: {answer.errors}"
        self.screens += 1
        return self.browser.follow(answer)

    def follow(self, page: Page, link: str) -> Page:
        self.taps += 1
        return self.open(page.links[link])

    def _fill(self, page: Page, name: str, value: str) -> None:
        controls = [node for node in page.form().element.iter("input") if node.get("name") == name]
        assert controls, f"{name} is not asked on {page.url}"
        self.taps += 1
        if controls[0].get("type") not in ("radio", "checkbox"):
            self.keys += len(value) + sum(1 for sign in value if not (sign.isdigit() or sign.islower()))


def whole_request(thumb: Thumb, letters: Sequence[tuple[str, str, str, str]]) -> None:
    """From the start page to the confirmation."""
    page = thumb.open("/")
    page = thumb.send(page, {}, "Begin met uw verzoek")
    for slug, values in ANSWERS.items():
        assert page.url == f"/verzoek/{slug}"
        page = _list(thumb, page, letters) if slug == "schulden" else thumb.send(page, values, "Verder")
    done = thumb.send(page, {"klopt": "y"}, "Verstuur mijn verzoek")
    assert done.url == "/verzoek/bevestiging"


def _list(thumb: Thumb, page: Page, letters: Sequence[tuple[str, str, str, str]]) -> Page:
    if not letters:
        return thumb.send(page, {}, "Verder met een lege lijst")
    page = thumb.follow(page, "Schuld toevoegen")
    for number, letter in enumerate(letters, start=1):
        typed = dict(zip(("afzender", "namens", "referentie", "bedrag"), letter, strict=True))
        page = thumb.send(page, typed, "Opslaan" if number == len(letters) else NEXT)
    return thumb.send(page, {}, "Klaar, verder")


@pytest.mark.parametrize(
    ("letters", "screens", "minutes"), [(LETTERS, 30, 8), ((), 14, 2)], ids=["with 14 schulden", "with none"]
)
def test_a_whole_request_asks_little_of_a_thumb(
    letters: Sequence[tuple[str, str, str, str]], screens: int, minutes: int, browser: Browser, given: Given
) -> None:
    _ = given.organisatie_id
    thumb = Thumb(browser)
    whole_request(thumb, letters)
    print(
        f"{len(letters)} schulden: {thumb.screens} screens, {thumb.keys} keys, {thumb.taps} taps, "
        f"{thumb.seconds:.0f} seconds"
    )
    assert thumb.screens <= screens
    assert thumb.seconds <= minutes * 60
