"""The language of a page: chosen by a button, in the same place, with what was typed; for nobody but the hulpvrager."""

import re
from collections.abc import Iterator
from gettext import NullTranslations
from xml.etree.ElementTree import Element

import pytest
from babel import Locale
from sqlalchemy import func, select

from portal.domain.roles import Actor
from portal.domain.taal import Taal
from portal.models import Pauzeverzoek
from portal.texts import talen
from portal.web.taal import AANGEBODEN, NAMEN
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.hulpvrager.reis import ANSWERS, KENMERK, answer, answer_until, begin, sign_in
from tests.web.hulpvrager.test_gewicht import CONCEPT_PAGES, FIRST_ROUND_TRIP_BYTES, concept, page_bytes

VERTAALD = [taal for taal in AANGEBODEN if taal is not Taal.NL]

WITH_A_PAUSE = [
    "",
    "/intrekken",
    "/bewaren",
    "/gegevens",
    "/pauzekaart",
    "/post",
    "/klopt-niet",
    "/schuld-vergeten",
    "/bel-mij",
]
WITH_A_QUESTION = ["", "/aanvulling", "/bevestiging", "/toestemming-geven"]


def choose(browser: Browser, taal: str, page: str = "/") -> Page:
    """The button of a language on a page without a form of its own."""
    form = next(node for node in browser.see(page).tree.iter("form") if node.get("id") == "taal")
    sent = {node.get("name", ""): node.get("value", "") for node in form.iter("input")}
    return Page(browser.post(form.get("action", ""), data=sent | {"taal": taal}))


def language_of(page: Page) -> tuple[str | None, str | None]:
    return page.tree.get("lang"), page.tree.get("dir")


def test_the_start_page_offers_each_language_by_its_own_name(browser: Browser) -> None:
    buttons = [node for node in browser.see("/").tree.iter("button") if node.get("name") == "taal"]
    assert [(node.get("value"), node.get("lang"), node.text) for node in buttons] == [
        (taal, taal, NAMEN[taal]) for taal in AANGEBODEN
    ]
    assert [node.get("value") for node in buttons if node.get("aria-current")] == [Taal.NL]


@pytest.mark.parametrize("taal", VERTAALD)
def test_a_chosen_language_leads_back_to_the_page_and_stays(taal: Taal, browser: Browser) -> None:
    assert choose(browser, taal, "/privacy").to == "/privacy"
    assert language_of(browser.see("/privacy")) == (taal, taal.richting)
    assert language_of(begin(browser)) == (taal, taal.richting)
    assert language_of(Page(browser.get("/nergens"))) == (taal, taal.richting)


def test_what_was_typed_comes_back_in_the_other_language_and_is_not_kept(browser: Browser, given: Given) -> None:
    _ = given.organisatie_id
    answer_until(browser, "naam")
    typed = {"achternaam": "Van der M33r", "voorletters": "F."}
    page = browser.fill("/verzoek/naam", typed | {"taal": "en"})
    assert (page.status, page.h1, page.errors) == (200, "What is your name?", [])
    assert page.form("Next").values["achternaam"] == "Van der M33r"
    assert browser.see("/verzoek", status=302).to == "/verzoek/naam"  # the question is still open


def test_what_is_wrong_is_said_in_the_chosen_language(browser: Browser, given: Given) -> None:
    _ = given.organisatie_id
    choose(browser, "en")
    answer_until(browser, "naam")
    page = answer(browser, "naam", {"achternaam": ""})
    assert page.errors == ["Fill in your last name."]
    assert page.title.startswith("Error: ")


def test_the_button_goes_on_where_a_page_lay_open_too_long(browser: Browser, given: Given) -> None:
    _ = given.organisatie_id
    answer_until(browser, "naam")
    page = Page(browser.post("/verzoek/naam", data={"achternaam": "Meer", "taal": "en"}))
    assert (page.status, page.form("Next").values["achternaam"]) == (200, "Meer")


def test_a_language_opens_no_act(browser: Browser, given: Given) -> None:
    """A page that only a button leads to is no page to show again: without its token nothing happens."""
    before = count(given)
    Page(browser.post("/verzoek/begin", data={"taal": "en"}))
    assert count(given) == before


def count(given: Given) -> int:
    with given.session(Actor.systeem()) as session:
        return session.scalar(select(func.count()).select_from(Pauzeverzoek)) or 0


def test_an_unknown_language_changes_nothing(browser: Browser) -> None:
    choose(browser, "xx")
    assert language_of(browser.see("/")) == ("nl", "ltr")


def test_the_way_back_leads_nowhere_else(browser: Browser) -> None:
    form = next(node for node in browser.see("/").tree.iter("form") if node.get("id") == "taal")
    token = next(node.get("value") for node in form.iter("input") if node.get("name") == "csrf_token")
    sent = {"csrf_token": token, "taal": "en", "verder": "https://elders.example/"}
    assert Page(browser.post("/taal", data=sent)).to == "/"


def test_everybody_else_reads_dutch(browser: Browser) -> None:
    choose(browser, "en")
    for page in ("/medewerker/inloggen", "/cijfers", "/schuldeisers"):
        seen = browser.see(page)
        assert language_of(seen) == ("nl", "ltr"), page
        assert not any(node.get("name") == "taal" for node in seen.tree.iter("button")), page
    assert browser.fill("/medewerker/inloggen", {}).errors == ["Vul uw e-mailadres in.", "Vul uw wachtwoord in."]


@pytest.mark.parametrize("taal", VERTAALD)
def test_each_page_of_the_journey_is_light_in_each_language(taal: Taal, browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, concept(given, 14))
    choose(browser, taal)
    assert max(page_bytes(browser, f"/verzoek{path}") for path in CONCEPT_PAGES) <= FIRST_ROUND_TRIP_BYTES


@pytest.mark.parametrize("taal", VERTAALD)
def test_each_page_after_filing_is_light_in_each_language(taal: Taal, browser: Browser, given: Given) -> None:
    approved = given.approved([given.regel(f"Waterbedrijf Plons {number}") for number in range(14)])
    given.hand_over(approved)
    waiting = given.waiting(toestemming={"keuze": "nee"})
    for id, paths in ((approved, WITH_A_PAUSE), (waiting, WITH_A_QUESTION)):
        sign_in(browser, given.database, id)
        choose(browser, taal)
        assert max(page_bytes(browser, f"/verzoek{path}") for path in paths) <= FIRST_ROUND_TRIP_BYTES


# --- no Dutch is left -----------------------------------------------------------------------------


class Bracketed(NullTranslations):
    """Every sentence between brackets: what stands outside them was not given to be translated."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, more: str, number: int) -> str:
        return f"⟦{more}⟧"


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talen, "catalog", lambda taal: Bracketed() if taal is Taal.EN else NullTranslations())


_BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
_WORDS = re.compile(r"[^\W\d_]{2,}")
DATA = {
    "Pauzeknop", "herstel", "toeslagen", "nl", "Meer", "van", "der", "Utrecht", "Incasso", "en", "Deurwaarderskantoor",
    "AB", "fatma", "inwoner", "example", "PK", "bis", "English",
}  # fmt: skip
"""What people and the case say themselves."""


MONTHS = set(Locale("en").months["format"]["wide"].values()) | set(Locale("en").days["format"]["wide"].values())


def said(node: Element) -> Iterator[str]:
    """The text of a page but what is marked as another language, or as names to choose from."""
    if node.get("lang") or node.tag == "datalist":
        return
    yield node.text or ""
    for child in node:
        yield from said(child)
        yield child.tail or ""


def untranslated(page: Page) -> list[str]:
    text = KENMERK.sub(" ", "".join(said(page.tree.findall("body")[0])))
    while _BRACKETED.search(text):
        text = _BRACKETED.sub(" ", text)
    return [word for word in _WORDS.findall(text) if word not in DATA and word not in MONTHS]


@pytest.mark.usefixtures("bracketed")
def test_no_dutch_is_left_of_who_has_no_fixed_address(browser: Browser, given: Given) -> None:
    _ = given.organisatie_id
    sign_in(browser, given.database, given.concept(adres={"soort": "geen"}))
    choose(browser, "en")
    for path in ("/verzoek/controle", "/verzoek/gegevens"):
        assert untranslated(browser.see(path)) == [], path


@pytest.mark.usefixtures("bracketed")
def test_no_dutch_is_left_before_filing(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, concept(given, 2))
    choose(browser, "en")
    pages = ["/", "/privacy", "/toegankelijkheid", *(f"/verzoek{path}" for path in [*CONCEPT_PAGES, "/gegevens"])]
    found = {path: words for path in pages if (words := untranslated(browser.see(path)))}
    assert found == {}
    asked = [slug for slug in ANSWERS if ANSWERS[slug]]
    empty = {slug: untranslated(browser.fill(f"/verzoek/{slug}", dict.fromkeys(ANSWERS[slug], ""))) for slug in asked}
    empty["schulden/nieuw"] = untranslated(browser.fill("/verzoek/schulden/nieuw", {"afzender": "", "bedrag": "?!"}))
    assert {slug: words for slug, words in empty.items() if words} == {}
    assert untranslated(browser.see("/uitgelogd")) == []
