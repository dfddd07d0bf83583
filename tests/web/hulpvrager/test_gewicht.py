"""Each page is light to load, and asks the database a number of questions that does not grow."""

import gzip
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from portal.actions.hulpvrager import add_schuld
from portal.domain.roles import Actor
from portal.queries.directory import NAMES
from tests.given import Given
from tests.web.browser import Browser
from tests.web.hulpvrager.reis import ANSWERS, answer, sign_in

FIRST_ROUND_TRIP_BYTES = 14 * 1024
"""HTML and CSS together, gzipped: what the first round trip carries."""

MAX_STATEMENTS = 20
"""SQL statements of one page, the two that say who acts in each transaction included."""

STYLE = gzip.compress((Path(__file__).parents[3] / "static/portal.css").read_bytes(), 9)
QUESTIONS = [f"/{slug}" for slug in ANSWERS]
CONCEPT_PAGES = [*QUESTIONS, "/schulden/nieuw", "/controle", "/bewaren"]

_KINDS = (
    "Waterbedrijf", "Woonstichting", "Incassobureau", "Energie", "Deurwaarders", "Kredietbank", "Tandarts",
    "Zorgverzekeraar", "Sportschool", "Telecom", "Kinderopvang", "Autoverhuur", "Notaris", "Webwinkel", "Uitvaart",
    "Hypotheken", "Garage", "Ziekenhuis", "Apotheek", "Boekhouder",
)  # fmt: skip
_SYLLABLES = ("be", "dra", "ver", "moor", "kal", "sti", "fen", "wij", "hol", "zut", "gro", "lan", "pijk", "tus", "nem")


def directory_names() -> list[str]:
    """As many names as the page offers, 25 signs each, that repeat no more of each other than real names do."""
    dice = random.Random(2027)
    made: set[str] = set()
    while len(made) < NAMES:
        endless = "".join(dice.choices(_SYLLABLES, k=9)).capitalize()
        made.add(f"{dice.choice(_KINDS)} {endless}"[:25])
    return sorted(made)


def concept(given: Given, schulden: int) -> UUID:
    """A concept with every question answered and so many schulden."""
    _ = given.organisatie_id
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        for number in range(schulden):
            line = {"afzender": f"Incasso- en Deurwaarderskantoor {number}", "referentie": f"2026/{number:06}-AB"}
            add_schuld(session, person, id, line)
    return id


def page_bytes(browser: Browser, path: str) -> int:
    return len(gzip.compress(browser.see(path).html.encode(), 6)) + len(STYLE)


@pytest.mark.parametrize("path", CONCEPT_PAGES)
def test_each_page_of_the_journey_fits_in_the_first_round_trip(path: str, browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, concept(given, 14))
    assert page_bytes(browser, f"/verzoek{path}") <= FIRST_ROUND_TRIP_BYTES


def test_the_page_with_a_full_list_of_names_fits_too(browser: Browser, given: Given) -> None:
    for naam in directory_names():
        given.schuldeiser(naam)
    sign_in(browser, given.database, concept(given, 14))
    assert len(list(browser.see("/verzoek/schulden/nieuw").by_id("namen").iter("option"))) == NAMES
    assert page_bytes(browser, "/verzoek/schulden/nieuw") <= FIRST_ROUND_TRIP_BYTES


def test_the_gemeente_page_offers_every_gemeente(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, concept(given, 0))
    names = [node.text for node in browser.see("/verzoek/gemeente").by_id("gemeenten").iter("option")]
    assert len(names) >= 342
    assert {"Utrecht", "Wijdemeren", "Den Haag", "'s-Gravenhage"} <= set(names)


def test_each_page_after_filing_fits_in_the_first_round_trip(browser: Browser, given: Given) -> None:
    id = given.approved([given.regel(f"Waterbedrijf Plons {number}") for number in range(14)])
    given.hand_over(id)
    sign_in(browser, given.database, id)
    for path in ("", "/intrekken", "/bewaren"):
        assert page_bytes(browser, f"/verzoek{path}") <= FIRST_ROUND_TRIP_BYTES, path
    sign_in(browser, given.database, given.waiting(toestemming={"keuze": "nee"}))
    for path in ("", "/aanvulling", "/bevestiging", "/toestemming-geven"):
        assert page_bytes(browser, f"/verzoek{path}") <= FIRST_ROUND_TRIP_BYTES, path


def test_no_page_asks_more_of_the_database_with_more_schulden(
    browser: Browser, given: Given, count_statements: Callable[[], Any]
) -> None:
    counts: dict[int, dict[str, int]] = {}
    for schulden in (1, 60):
        sign_in(browser, given.database, concept(given, schulden))
        counts[schulden] = {path: statements(browser, f"/verzoek{path}", count_statements) for path in CONCEPT_PAGES}
    assert counts[1] == counts[60]
    assert max(counts[60].values()) <= MAX_STATEMENTS, counts[60]


def test_the_status_page_asks_no_more_with_more_messages(
    browser: Browser, given: Given, count_statements: Callable[[], Any]
) -> None:
    counts = []
    for schulden in (1, 30):
        id = given.approved([given.regel(f"Plons {number}") for number in range(schulden)])
        given.hand_over(id)
        sign_in(browser, given.database, id)
        pages = ("/verzoek", "/verzoek/intrekken")
        counts.append([statements(browser, path, count_statements) for path in pages])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MAX_STATEMENTS


def test_keeping_an_answer_asks_no_more_with_more_schulden(
    browser: Browser, given: Given, count_statements: Callable[[], Any]
) -> None:
    counts = []
    for schulden in (1, 60):
        sign_in(browser, given.database, concept(given, schulden))
        with count_statements() as sent:
            answer(browser, "naam")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def statements(browser: Browser, path: str, count_statements: Callable[[], Any]) -> int:
    with count_statements() as sent:
        browser.see(path)
    return len(sent)
