"""Who asks together with a partner reads what is asked of the partner, and nothing that is the partner's own."""

import pytest

from portal.web.hulpvrager.zinnen import PARTNER_GEVRAAGD, PARTNER_KIEST
from tests.given import Given, antwoorden
from tests.web.browser import Browser
from tests.web.hulpvrager.reis import sign_in

SAMEN = {**antwoorden()["hulp"], "samen": True}


@pytest.mark.parametrize("path", ["/verzoek/bevestiging", "/verzoek"])
def test_after_filing_it_says_that_the_gemeente_asks_the_partner(path: str, browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted(hulp=SAMEN))
    assert f"U vraagt dit samen met uw partner. {PARTNER_GEVRAAGD}" in browser.see(path).main


@pytest.mark.parametrize("akkoord", [True, False])
def test_what_the_partner_chose_and_how_to_reach_the_partner_is_not_said(
    akkoord: bool, browser: Browser, given: Given
) -> None:
    id = given.taken()
    given.partner(id, akkoord=akkoord)
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek").main
    assert f"U vraagt dit samen met uw partner. {PARTNER_KIEST}" in main
    assert not any(own in main for own in ("Dijkstra", "jo@voorbeeld.example", "87654321"))


def test_who_asks_alone_reads_of_no_partner_and_neither_does_who_stopped(browser: Browser, given: Given) -> None:
    for id in (given.submitted(), given.withdrawn(hulp=SAMEN)):
        sign_in(browser, given.database, id)
        assert "artner" not in browser.see("/verzoek").main
