"""'Bel mij': from every page, with a name and a number, and nothing is lost."""

from datetime import date, timedelta

import pytest

from portal.domain.roles import Actor
from portal.domain.status import Status
from portal.models import Pauzeverzoek
from tests.conftest import FIRST_DAY, Clock
from tests.given import AMERSFOORT, UTRECHT, Given
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import ANSWERS, answer, place, sign_in, verzoek_of
from tests.web.hulpvrager.test_gewicht import FIRST_ROUND_TRIP_BYTES, page_bytes

BEL_MIJ = "/verzoek/bel-mij"
WIE = {"wie": "Fatma van der Meer", "telefoon": "06-12345678"}
GEBELD = "Uiterlijk donderdag 4 februari 2027 belt iemand van gemeente Utrecht u."


@pytest.fixture(autouse=True)
def _organisatie(given: Given) -> None:
    _ = given.organisatie_id


def all_cases(given: Given) -> list[Pauzeverzoek]:
    with given.session(Actor.systeem()) as session:
        return list(session.query(Pauzeverzoek))


def test_a_name_a_number_and_a_gemeente_make_an_aanmelding_of_today(browser: Browser, given: Given) -> None:
    page = browser.see(browser.see("/").links["Bel mij"])
    assert page.form("Bel mij").values["voorstellen"] == "nee", "the safe answer stands there"
    page = browser.follow(browser.fill(page, {**WIE, "naam": "Utrecht"}, button="Bel mij"))
    assert "Wij bellen u" in page.main
    assert GEBELD in page.main
    assert "U vroeg om hulp." in page.main
    verzoek = verzoek_of(browser, given)
    assert (verzoek.status, verzoek.meldingsdatum, verzoek.gemeente_code) == (Status.INGEDIEND, FIRST_DAY, UTRECHT)
    assert verzoek.bellen == {
        "naam": WIE["wie"], "telefoon": "06 12345678", "moment": "maakt_niet_uit", "voorstellen": "nee",
    }  # fmt: skip
    known = browser.see("/verzoek/gegevens").main
    assert "vroeg om een telefoontje" in known
    assert "Fatma van der Meer 06 12345678 Wij zeggen niet wie wij zijn" in known
    assert b'"bellen": {' in browser.get("/verzoek/gegevens.json").data


def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(browser: Browser, given: Given) -> None:
    page = browser.fill(BEL_MIJ, {"wie": "Fatma", "telefoon": "12", "naam": "Utrech"}, button="Bel mij")
    assert len(page.errors) == 2
    assert page.form("Bel mij").values["wie"] == "Fatma"
    assert [*browser.fill(BEL_MIJ, {}, button="Bel mij").errors] == [
        "Vul de naam van uw gemeente in.",
        "Vul uw naam in.",
        "Vul uw telefoonnummer in.",
    ]
    page = browser.fill(BEL_MIJ, {**WIE, "naam": "Amersfoort"}, button="Bel mij")
    assert page.status == 422
    assert "Gemeente Amersfoort doet nog niet mee" in page.main
    assert page.form("Bel mij").values["wie"] == WIE["wie"]
    assert all_cases(given) == []


def test_the_same_page_twice_is_one_request_and_lets_nobody_else_in(
    browser: Browser, given: Given, new_browser: MakeBrowser
) -> None:
    values = browser.see(BEL_MIJ).form("Bel mij").values | WIE | {"naam": "Utrecht"}
    assert browser.post(BEL_MIJ, data=values).location == "/verzoek"
    other = new_browser()
    token = other.see(BEL_MIJ).form("Bel mij").values["csrf_token"]
    assert other.post(BEL_MIJ, data=values | {"csrf_token": token}).location == "/"
    assert "Wij hebben uw vraag al." in other.see("/").main
    assert other.see("/verzoek", 302).to != "/verzoek"
    assert len(all_cases(given)) == 1


def test_who_had_begun_keeps_the_answers_goes_on_and_keeps_the_day(
    browser: Browser, given: Given, clock: Clock
) -> None:
    id = place(browser, given, "adres")
    link = browser.see("/verzoek/adres").links["Bel mij"]
    page = browser.see(link)
    assert page.links["Terug"] == "/verzoek/adres"
    assert "Wat u al hebt ingevuld, blijft bewaard." in page.main
    values = page.form("Bel mij").values
    assert values["wie"] == "F. van der Meer"
    assert "naam" not in values, "the gemeente is known"
    page = browser.follow(browser.fill(page, {"telefoon": "06-12345678"}, button="Bel mij"))
    assert GEBELD in page.main
    assert page.links["Verder met de vragen"] == "/verzoek/adres"
    assert "heeft uw vraag om hulp al" in browser.see("/verzoek/gemeente").main

    clock.set(FIRST_DAY + timedelta(days=2))
    sign_in(browser, given.database, id)
    for slug in list(ANSWERS)[list(ANSWERS).index("adres") :]:
        assert answer(browser, slug).status == 302
    assert browser.fill("/verzoek/controle", {"klopt": "y"}).to == "/verzoek/bevestiging"
    verzoek = given.case(id)
    assert (verzoek.onvolledig, verzoek.meldingsdatum) == (False, FIRST_DAY)
    assert verzoek.eerste_gesprek_voor == date(2027, 3, 1), "no threat: four weeks from the first day"
    assert verzoek.bellen_voor == date(2027, 2, 4), "the call is still owed"
    assert "U vroeg of wij u bellen." in browser.see("/verzoek").main
    assert browser.see(BEL_MIJ).form("Bel mij").values["telefoon"] == "06 12345678"


def test_who_stops_is_not_called(browser: Browser, given: Given) -> None:
    browser.follow(browser.fill(BEL_MIJ, {**WIE, "naam": "Utrecht"}, button="Bel mij"))
    id = verzoek_of(browser, given).id
    given.withdraw(id)
    assert given.case(id).bellen_voor is None
    assert "Wij bellen u" not in browser.see("/verzoek").main


def test_the_contact_question_shows_the_number_that_was_given(browser: Browser, given: Given) -> None:
    place(browser, given, "contact")
    browser.fill(BEL_MIJ, {"telefoon": "0301234567", "moment": "avond"}, button="Bel mij")
    values = browser.see("/verzoek/contact").form("Verder").values
    assert (values["telefoon"], values["moment"]) == ("0301234567", "avond")


def test_who_filed_asks_in_the_same_case_and_who_is_done_begins_anew(browser: Browser, given: Given) -> None:
    id = given.submitted()
    sign_in(browser, given.database, id)
    page = browser.follow(browser.fill(BEL_MIJ, {}, button="Bel mij"))
    assert "U vroeg of wij u bellen." in page.main
    assert not given.case(id).onvolledig
    sign_in(browser, given.database, given.withdrawn())
    page = browser.follow(browser.fill(BEL_MIJ, {**WIE, "naam": "Utrecht"}, button="Bel mij"))
    assert "Wij bellen u" in page.main
    assert len(all_cases(given)) == 3


def test_a_gemeente_that_does_not_take_part_is_asked_again_in_a_concept(browser: Browser, given: Given) -> None:
    id = given.concept(gemeente={"code": AMERSFOORT}, naam=None)
    sign_in(browser, given.database, id)
    browser.fill(BEL_MIJ, {**WIE, "naam": "Utrecht"}, button="Bel mij")
    assert given.case(id).gemeente_code == UTRECHT


@pytest.mark.parametrize("van", ["//kwaad.example", "https://kwaad.example/", "/\\kwaad.example", ""])
def test_the_way_back_stays_in_the_portal(browser: Browser, van: str) -> None:
    assert browser.see(f"{BEL_MIJ}?van={van}").links["Terug"] == "/"


def test_one_number_is_not_called_all_day(browser: Browser, given: Given, new_browser: MakeBrowser) -> None:
    for _ in range(5):
        assert new_browser().fill(BEL_MIJ, {**WIE, "naam": "Utrecht"}, button="Bel mij").status == 302
    assert browser.fill(BEL_MIJ, {**WIE, "naam": "Utrecht"}, button="Bel mij").status == 429


def test_the_page_fits_in_the_first_round_trip(browser: Browser) -> None:
    assert page_bytes(browser, BEL_MIJ) <= FIRST_ROUND_TRIP_BYTES


def test_schuldeisers_and_staff_are_not_offered_to_be_called(browser: Browser) -> None:
    for path in ("/schuldeisers", "/medewerker/inloggen"):
        assert "Bel mij" not in browser.see(path).links
