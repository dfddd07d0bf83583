"""What a hulpvrager can show to others: the Bewijs van aanmelding and the pauzekaart, and how anybody checks them."""

import re
from datetime import timedelta

from tests.conftest import FIRST_DAY, Clock
from tests.given import Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import sign_in

BEWIJS = "/verzoek/bewijs-van-aanmelding.pdf"
KAART = "/verzoek/pauzekaart"


def test_the_bewijs_is_offered_after_filing_and_is_the_same_file_each_time(browser: Browser, given: Given) -> None:
    id = given.submitted()
    given.typeset_bewijs(id, b"%PDF-1.7 van Fatma")
    sign_in(browser, given.database, id)
    for path in ("/verzoek/bevestiging", "/verzoek"):
        assert BEWIJS in [link.get("href") for link in browser.see(path).tree.iter("a")], path
    for _ in range(2):
        answer = browser.get(BEWIJS)
        assert answer.data == b"%PDF-1.7 van Fatma"
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="bewijs-{given.case(id).kenmerk}.pdf"'
        assert answer.headers["Cache-Control"] == "no-store"


def test_before_the_worker_made_it_the_page_says_so(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted())
    page = browser.see(BEWIJS)
    assert page.h1 == "Uw bewijs is bijna klaar"


def test_nobody_gets_the_bewijs_of_another_and_a_concept_has_none(new_browser: MakeBrowser, given: Given) -> None:
    given.typeset_bewijs(given.submitted())
    stranger, concept = new_browser(), new_browser()
    assert stranger.get(BEWIJS).status_code == 302
    sign_in(concept, given.database, given.concept())
    assert concept.get(BEWIJS).location == "/verzoek/controle"


def test_who_stopped_is_offered_neither(browser: Browser, given: Given) -> None:
    id = given.withdrawn()
    given.typeset_bewijs(id)
    sign_in(browser, given.database, id)
    found = [link.get("href") for link in browser.see("/verzoek").tree.iter("a")]
    assert BEWIJS not in found
    assert KAART not in found
    assert browser.get(BEWIJS).location == "/verzoek"


def test_the_pauzekaart_tells_what_until_when_and_how_to_check_and_nothing_of_schulden(
    browser: Browser, given: Given
) -> None:
    id = given.approved([given.regel("Waterbedrijf Plons")])
    sign_in(browser, given.database, id)
    assert KAART in [link.get("href") for link in browser.see("/verzoek").tree.iter("a")]
    main = browser.see(KAART).main
    for shown in (
        given.case(id).kenmerk,
        "F. van der Meer",
        "van 1 februari 2027 tot en met 1 juni 2027",
        "https://pauzeknop.example/controleren",
        "030 1234567",
    ):
        assert shown in main
    assert "Plons" not in main
    assert "€" not in main


def test_what_stands_on_the_pauzekaart_is_found_genuine_by_anybody(
    browser: Browser, new_browser: MakeBrowser, given: Given
) -> None:
    id = given.approved()
    sign_in(browser, given.database, id)
    code = re.search(r"\b\w{4}-\w{4}-\w{4}\b", browser.see(KAART).main)
    assert code
    typed = {"kenmerk": given.case(id).kenmerk, "code": code[0]}
    answer = new_browser().fill("/controleren", typed)
    assert answer.h1 == "Dit document is echt en geldig"
    assert "Pauzekaart" in answer.main
    assert "Meer" not in answer.main


def test_without_a_pause_or_after_it_there_is_no_pauzekaart(
    new_browser: MakeBrowser, given: Given, clock: Clock
) -> None:
    cases = [given.submitted(), given.ended(), given.approved([given.regel("Energie Zuid")])]
    clock.set(FIRST_DAY + timedelta(days=121))
    for id in cases:
        visitor = new_browser()
        sign_in(visitor, given.database, id)
        assert visitor.get(KAART).location == "/verzoek"
        assert KAART not in [link.get("href") for link in visitor.see("/verzoek").tree.iter("a")]
