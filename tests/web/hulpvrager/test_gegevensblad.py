"""Mijn gegevens on paper: everything of the person, nothing of anybody else."""

import io
import re
from uuid import UUID

import pytest
from pypdf import PdfReader

from portal.actions import hulpvrager, melden
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from portal.domain.taal import Taal
from tests.given import Given, Schuldregel
from tests.web.browser import Browser
from tests.web.hulpvrager.reis import sign_in
from tests.web.hulpvrager.test_taal import choose

PDF = "/verzoek/gegevens.pdf"
HOSTILE = "#panic() $x$ *vet* <b>b</b> \\ @ref"


def opened(browser: Browser) -> PdfReader:
    return PdfReader(io.BytesIO(browser.get(PDF).data), strict=True)


def text_of(browser: Browser) -> str:
    return " ".join(" ".join(page.extract_text() for page in opened(browser).pages).replace("\u200b", "").split())


@pytest.fixture
def case(given: Given) -> UUID:
    """Who was asked something, reported something and has a running pause."""
    id = given.waiting()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.supplement(session, person, HOSTILE)
    return id


def test_it_says_what_was_filled_in_asked_told_and_done(browser: Browser, given: Given, case: UUID) -> None:
    sign_in(browser, given.database, case)
    said = text_of(browser)
    verzoek = given.case(case)
    for words in (
        "Mijn gegevens",
        verzoek.kenmerk,
        verzoek.persoon.naam,
        "Wat vulde u in?",
        "Wat vroegen wij u?",
        HOSTILE,
        "Berichten van ons",
        "Uw verzoek is binnen",
        "Nog niemand.",
        "U verstuurde het verzoek aan de gemeente.",
    ):
        assert words in said
    assert "Niet ingevuld" not in said


def test_it_names_who_got_what_and_what_was_reported(browser: Browser, given: Given) -> None:
    given.approved([given.regel("Energie Zuid")], naam={"voorletters": "K.", "achternaam": "Zwaardemaker"})
    id = given.approved([given.regel("Waterbedrijf Plons")])
    given.hand_over(id)
    melding = given.report(id, Meldingsoort.GEGEVENS, {"tekst": "Mijn huisnummer is 14."})
    given.report(id, Meldingsoort.SCHULD, {"afzender": "Ziggo", "referentie": "Z-77"})
    with given.session(given.actor) as session:
        melden.handle(session, given.actor, melding, "Dat is aangepast.")
    sign_in(browser, given.database, id)
    said = text_of(browser)
    for words in ("Waterbedrijf Plons", "geboortedatum:", "Mijn huisnummer is 14.", "Dat is aangepast.", "Z-77"):
        assert words in said
    for other in ("Zwaardemaker", "Energie Zuid"):
        assert other not in said


def test_it_is_a_file_to_keep_that_reads_aloud_in_the_language_of_the_page(
    browser: Browser, given: Given, case: UUID
) -> None:
    sign_in(browser, given.database, case)
    answer = browser.get(PDF)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="gegevens-{given.case(case).kenmerk}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    root = opened(browser).trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part(>|=\")3", xmp)
    assert re.search(r"pdfuaid:part(>|=\")1", xmp)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"


@pytest.mark.parametrize(
    ("taal", "lang", "words"),
    [(Taal.TR, "tr", "Bilgilerim"), (Taal.UK, "uk", "Мої дані"), (Taal.AR, "nl", "Mijn gegevens")],
)
def test_it_is_in_the_chosen_language_and_in_dutch_where_there_are_no_letters_for_it(
    taal: Taal, lang: str, words: str, browser: Browser, given: Given, case: UUID
) -> None:
    sign_in(browser, given.database, case)
    choose(browser, taal, "/verzoek")
    assert opened(browser).trailer["/Root"]["/Lang"] == lang
    said = text_of(browser)
    assert words in said
    assert "????" not in said
    assert ("الهولندية" in browser.see("/verzoek/gegevens").main) == (taal is Taal.AR)


def test_the_number_of_the_state_is_not_on_paper(browser: Browser, given: Given) -> None:
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.confirm_identity(session, person, "digid", "123456782", {})
    sign_in(browser, given.database, id)
    assert "123456782" not in text_of(browser)


def test_of_a_partner_only_the_name_is_there(browser: Browser, given: Given) -> None:
    bank = given.schuldeiser("Bank Samen")
    id = given.matched([Schuldregel(naam, {bank: naam}) for naam in ("Eigen", "Ander", "Samen")])
    given.partner(id)
    given.owed(id, None, *Schuldenaar)
    given.approve(id)
    given.hand_over(id)
    sign_in(browser, given.database, id)
    said = text_of(browser)
    assert "Dijkstra" in said
    assert "jo@voorbeeld.example" not in said


def test_nobody_takes_it_who_is_not_in(browser: Browser, given: Given, case: UUID) -> None:
    assert browser.get(PDF).status_code == 302
