"""The journey of a hulpvrager by the names of the fields, so in any language and any browser: as each page comes, sent
wrong, and filled in.
"""

from collections.abc import Mapping
from typing import Protocol

from portal.domain.taal import Taal
from tests.web.hulpvrager.reis import ANSWERS, WRONG

MAIN = "main form[method=post] button.utrecht-button--primary-action"
SCHULD = {"afzender": "Incasso- en Deurwaarderskantoor Noordoost", "referentie": "2026/000014-AB", "bedrag": "45"}


class Hands(Protocol):
    """A browser, and how its pages are judged."""

    def go(self, path: str) -> None: ...

    def click(self, css: str) -> None:
        """The last one of these."""

    def fill(self, name: str, value: str) -> None:
        """A box, or a choice."""

    def judge(self, path: str, taal: Taal, *, wrong: bool = False) -> None:
        """The page is the one at this address, in this language, and in order; `wrong`: it says what is wrong."""


class Reis:
    """From the start page to the confirmation."""

    def __init__(self, hands: Hands, taal: Taal) -> None:
        self._hands = hands
        self._taal = taal

    def make(self) -> None:
        self._hands.go("/")
        self._hands.click(f"button[name=taal][value={self._taal}]")
        self._hands.judge("/", self._taal)
        self._hands.click("form[action='/verzoek/begin'] button")
        for slug in ANSWERS:
            self._schulden() if slug == "schulden" else self._question(slug)
        self._wrong("/controle", {})
        self._hands.click("main label[for=klopt]")
        self._hands.click(MAIN)
        self._hands.judge("/bevestiging", self._taal)

    def _question(self, slug: str) -> None:
        self._wrong(f"/{slug}", WRONG.get(slug, {}))
        self._send(ANSWERS[slug])
        self._hands.go(f"/verzoek/{slug}")
        self._hands.judge(f"/{slug}", self._taal)
        self._hands.go("/verzoek")

    def _schulden(self) -> None:
        self._hands.judge("/schulden", self._taal)
        self._hands.go("/verzoek/schulden/nieuw")
        self._wrong("/nieuw", WRONG["schulden/nieuw"])
        self._send(SCHULD)
        self._hands.judge("/schulden", self._taal)
        self._hands.click(MAIN)

    def _wrong(self, path: str, values: Mapping[str, str]) -> None:
        self._hands.judge(path, self._taal)
        self._send(values)
        self._hands.judge(path, self._taal, wrong=True)

    def _send(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self._hands.fill(name, value)
        self._hands.click(MAIN)
