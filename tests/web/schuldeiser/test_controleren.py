"""Check a document: what it is worth, nothing personal, and one answer for everything that is unknown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from portal.db import limits
from portal.domain.controle import DocumentSoort
from portal.domain.kenmerk import new_kenmerk
from portal.domain.kennisgeving import Soort
from portal.models.links import controlecode, document_id
from tests.conftest import Clock
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.test_gewicht import FIRST_ROUND_TRIP_BYTES, MAX_STATEMENTS, page_bytes
from tests.web.schuldeiser.post import message


@pytest.fixture
def case(given: Given) -> UUID:
    id = given.approved()
    given.hand_over(id)
    return id


def checked(browser: Browser, kenmerk: str, code: str) -> Page:
    return browser.fill("/controleren", {"kenmerk": kenmerk, "code": code})


def checked_message(browser: Browser, given: Given, case: UUID, soort: Soort = Soort.KENNISGEVING) -> Page:
    return checked(browser, given.case(case).kenmerk, controlecode(message(given, case, soort).id))


def test_a_running_pause_is_valid_until_its_last_day_and_nobody_is_named(
    browser: Browser, given: Given, case: UUID
) -> None:
    page = checked_message(browser, given, case)
    assert page.h1 == "Dit document is echt en geldig"
    assert "Geldig tot en met dinsdag 1 juni 2027, gemeente Utrecht." in page.main
    assert not [word for word in ("Meer", "1987", "3511", "KL-1", "Plons", "Boer") if word in page.html]


def test_a_qr_code_fills_in_the_boxes_and_counts_nothing(
    browser: Browser, given: Given, case: UUID, count_statements: Callable[[], Any]
) -> None:
    kenmerk, code = given.case(case).kenmerk, controlecode(message(given, case).id)
    with count_statements() as sent:
        page = browser.see(f"/controleren?kenmerk={kenmerk}&code={code}")
    assert sent == []
    assert page.h1 == "Is dit document echt?"
    assert browser.press(page, "Controleer").h1 == "Dit document is echt en geldig"


@pytest.mark.parametrize("typed", [str.lower, lambda text: text.replace("-", " "), lambda text: text.replace("-", "")])
def test_case_spaces_and_dashes_do_not_count(
    browser: Browser, given: Given, case: UUID, typed: Callable[[str], str]
) -> None:
    code = controlecode(message(given, case).id)
    assert checked(browser, typed(given.case(case).kenmerk), typed(code)).h1 == "Dit document is echt en geldig"


def test_an_unknown_kenmerk_and_a_wrong_code_are_one_page_after_the_same_statements(
    new_browser: MakeBrowser, given: Given, case: UUID, count_statements: Callable[[], Any]
) -> None:
    code = controlecode(message(given, case).id)
    other = given.approved([given.regel("Ziggo")])
    told = set[str]()
    for kenmerk, tried in (
        (new_kenmerk(), code),
        (given.case(case).kenmerk, controlecode(other)),
        (given.case(other).kenmerk, code),
        (given.case(given.concept()).kenmerk, code),
    ):
        browser = new_browser()
        page = browser.see("/controleren")
        with count_statements() as sent:
            found = browser.fill(page, {"kenmerk": kenmerk, "code": tried})
        told.add(f"{found.main} after {len(sent)} statements")
    assert len(told) == 1
    assert "Wij kennen dit document niet" in told.pop()


def test_after_the_last_day_it_is_over(browser: Browser, given: Given, case: UUID, clock: Clock) -> None:
    clock.set(message(given, case).eind_on + timedelta(days=1))
    assert checked_message(browser, given, case).h1 == "De pauze in dit document is afgelopen"


def test_after_an_early_end_it_is_withdrawn_and_so_says_the_message_about_the_end(
    browser: Browser, given: Given, case: UUID, clock: Clock
) -> None:
    clock.set(message(given, case).start_on + timedelta(days=3))
    given.withdraw(case)
    assert checked_message(browser, given, case).h1 == "Dit document is ingetrokken"
    page = checked_message(browser, given, case, Soort.BEEINDIGING)
    assert page.h1 == "Dit document is ingetrokken"
    assert "Bericht dat een pauze stopt" in page.main


def test_the_documents_of_the_hulpvrager_are_known_too(
    browser: Browser, given: Given, case: UUID, clock: Clock
) -> None:
    bewijs, kaart = (controlecode(document_id(case, soort)) for soort in DocumentSoort)
    kenmerk = given.case(case).kenmerk
    assert "Bewijs van aanmelding" in checked(browser, kenmerk, bewijs).main
    page = checked(browser, kenmerk, kaart)
    assert page.h1 == "Dit document is echt en geldig"
    assert "Pauzekaart" in page.main
    given.withdraw(case)
    assert {checked(browser, kenmerk, code).h1 for code in (bewijs, kaart)} == {"Dit document is ingetrokken"}


def test_without_a_pause_there_is_no_pauzekaart(browser: Browser, given: Given) -> None:
    id = given.submitted()
    kaart = controlecode(document_id(id, DocumentSoort.PAUZEKAART))
    assert checked(browser, given.case(id).kenmerk, kaart).h1 == "Wij kennen dit document niet"


def test_a_slip_of_the_pen_is_told_before_anything_is_looked_up(browser: Browser) -> None:
    page = checked(browser, "PK-H4X-9TQ-27C", "kort")
    assert page.errors == [
        "In dit kenmerk zit een tikfout. Kijk het nog eens na. Bijvoorbeeld: PK-H4X-9TQ-27F",
        "Een controlecode heeft 12 tekens. Bijvoorbeeld: H4X9-TQ27-FKM3",
    ]


def test_guessing_at_one_kenmerk_ends_from_every_address(new_browser: MakeBrowser, given: Given, case: UUID) -> None:
    kenmerk = given.case(case).kenmerk
    for number in range(limits.CHECK_PER_KENMERK.attempts):
        limits.hit(given.database, limits.CHECK_PER_KENMERK, kenmerk)
        assert number < limits.CHECK_PER_KENMERK.attempts
    assert checked(new_browser(address="203.0.113.9"), kenmerk, "H4X9-TQ27-FKM3").status == 429


def test_the_pages_are_light_and_ask_no_more_with_more_messages(
    browser: Browser, given: Given, case: UUID, count_statements: Callable[[], Any]
) -> None:
    assert page_bytes(browser, "/controleren") <= FIRST_ROUND_TRIP_BYTES
    assert page_bytes(browser, "/schuldeisers") <= FIRST_ROUND_TRIP_BYTES
    page = browser.see("/controleren")
    values = {"kenmerk": given.case(case).kenmerk, "code": controlecode(message(given, case).id)}
    with count_statements() as sent:
        browser.fill(page, values)
    assert len(sent) <= MAX_STATEMENTS
