"""Nothing that was typed is lost: by a dead browser, a lost answer of the portal, a second window or a long wait."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from portal import clock as portal_clock
from portal.web.hulpvrager.verlopen import LANG_OPEN
from tests.conftest import Clock
from tests.given import EMAIL, Given
from tests.web.account.test_terug import mailed_links
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import ANSWERS, KENMERK, answer, begin, place, sign_in, verzoek_of

BORN_2011 = {"geboren_on-dag": "2", "geboren_on-maand": "2", "geboren_on-jaar": "2011"}

ORDINARY: Mapping[str, Mapping[str, Any]] = ANSWERS | {"contact": ANSWERS["contact"] | {"email": EMAIL}}
HELPED: Mapping[str, Mapping[str, Any]] = {
    "dreiging": ANSWERS["dreiging"] | {"ontruiming": "ja", "ontruiming_on-dag": "1 maart 2027"},
    "gemeente": {"naam": "Utrecht"},
    "naam": {"achternaam": "Meer"},
    "geboortedatum": BORN_2011,
    "minderjarig": {},
    "adres": {"soort": "geen", "geheim": "y"},
    "contact": {"telefoon": "0612345678", "moment": "middag"},
    "hulp": {"soort": "helper", "naam": "Tante Ann", "telefoon": "030 1234567", "email": "ann@inwoner.example"},
    "bedrijf": {"eigen_bedrijf": "ja"},
    "schulden": {},
    "toestemming": {"keuze": "nee"},
}

OTHER: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "dreiging": ({"afsluiting": "ja"}, "Afsluiten van energie of water: ja"),
    "gemeente": ({"naam": "Hilversum"}, "Hilversum"),
    "naam": ({"achternaam": "Berg"}, "F. van der Berg"),
    "geboortedatum": ({"geboren_on-jaar": "1988"}, "14 mei 1988"),
    "adres": ({"soort": "geen"}, "Geen vast adres"),
    "contact": ({"telefoon": "06 87654321"}, "06 87654321"),
    "hulp": ({"soort": "helper", "naam": "Tante Ann"}, "Tante Ann"),
    "bedrijf": ({"eigen_bedrijf": "ja"}, "Ja"),
    "toestemming": ({"keuze": "nee"}, "Nee, wij vertellen niets"),
}
"""Another answer to each question, and how the page says it."""


@pytest.fixture(autouse=True)
def _organisatie(given: Given) -> None:
    _ = given.organisatie_id


def typed_on(page: Page) -> dict[str, Any]:
    """What the boxes of the question hold."""
    return {name: value for name, value in page.form().values.items() if name not in ("csrf_token", "stand", "merk")}


# --- a dead browser -------------------------------------------------------------------------------


def code_page(browser: Browser) -> tuple[str, str]:
    """Kenmerk and code, as somebody writes them down."""
    page = browser.press("/verzoek/bewaren", "Maak een code")
    kenmerk, code = (node.text or "" for node in page.tree.iter("span") if node.get("class") == "pk-code")
    assert KENMERK.fullmatch(kenmerk)
    return kenmerk, code


@pytest.mark.parametrize("answers", [ORDINARY, HELPED], ids=["by mail", "by code, young and helped"])
def test_whoever_is_interrupted_at_any_question_finds_everything_back_a_day_later(
    answers: Mapping[str, Mapping[str, Any]], new_browser: MakeBrowser, given: Given, clock: Clock
) -> None:
    browser = new_browser()
    begin(browser)
    kenmerk, code = code_page(browser)
    id, shown, kept = verzoek_of(browser, given).id, {}, {}
    for slug, typed in answers.items():
        assert answer(browser, slug, typed).status == 302, slug
        shown[slug] = typed_on(browser.see(f"/verzoek/{slug}"))
        kept[slug] = given.case(id).antwoorden[slug]
        clock.set_instant(portal_clock.now() + timedelta(days=1))
        by_mail = "contact" in kept and "email" in answers["contact"]
        browser = new_browser()
        back = (
            browser.press(mailed_links(given)[-1], "Ga verder")
            if by_mail
            else browser.fill("/terug/code", {"kenmerk": kenmerk, "code": code})
        )
        assert back.to == "/verzoek", slug
        assert typed_on(browser.see(f"/verzoek/{slug}")) == shown[slug]
        assert given.case(id).antwoorden == kept, slug
    assert browser.follow(browser.see("/verzoek", 302)).url == "/verzoek/controle"
    assert {slug: typed_on(browser.see(f"/verzoek/{slug}")) for slug in answers} == shown


# --- an answer of the portal that got lost --------------------------------------------------------


@pytest.mark.parametrize("answers", [ORDINARY, HELPED], ids=["ordinary", "young and helped"])
def test_a_page_that_is_sent_again_changes_nothing(
    answers: Mapping[str, Mapping[str, Any]], browser: Browser, given: Given
) -> None:
    begin(browser)
    for slug, typed in answers.items():
        page = browser.see(f"/verzoek/{slug}")
        first = browser.fill(page, typed)
        kept = verzoek_of(browser, given)
        again = browser.fill(page, typed)
        assert (first.status, again.status, again.to) == (302, 302, first.to)
        after = verzoek_of(browser, given)
        assert (after.antwoorden, after.toestemming is None) == (kept.antwoorden, kept.toestemming is None)


# --- two windows ----------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", OTHER)
def test_an_older_window_does_not_undo_what_a_newer_one_answered(slug: str, browser: Browser, given: Given) -> None:
    id = place(browser, given)
    older, (other, in_words) = browser.see(f"/verzoek/{slug}"), OTHER[slug]
    first = given.case(id).antwoorden[slug]
    assert answer(browser, slug, other).status == 302
    newer = given.case(id).antwoorden[slug]
    told = browser.fill(older)
    assert told.status == 409
    assert in_words in told.main
    assert typed_on(told) == typed_on(older)
    assert given.case(id).antwoorden[slug] == newer
    assert browser.fill(told).status == 302
    assert first.items() <= given.case(id).antwoorden[slug].items()


def test_an_older_window_that_is_mended_still_tells(browser: Browser, given: Given) -> None:
    id = place(browser, given)
    older = browser.see("/verzoek/naam")
    answer(browser, "naam", {"achternaam": "Berg"})
    wrong = browser.fill(older, {"achternaam": ""})
    assert wrong.status == 422
    assert browser.fill(wrong, {"achternaam": "Dijk"}).status == 409
    assert given.case(id).persoon.achternaam == "Berg"


def test_two_windows_with_different_questions_keep_both(browser: Browser, given: Given) -> None:
    id = place(browser, given)
    left, right = browser.see("/verzoek/naam"), browser.see("/verzoek/contact")
    assert browser.fill(right, {"telefoon": "0687654321"}).status == 302
    assert browser.fill(left, {"achternaam": "Berg"}).status == 302
    case = given.case(id)
    assert (case.persoon.achternaam, case.contact.telefoon) == ("Berg", "06 87654321")


def test_a_line_of_the_list_is_not_undone_by_an_older_window(browser: Browser, given: Given) -> None:
    id = place(browser, given)
    browser.fill("/verzoek/schulden/nieuw", {"afzender": "Ziggo"})
    [line] = given.case(id).schulden
    url = f"/verzoek/schulden/{line.id}"
    older = browser.see(url)
    assert browser.fill(url, {"referentie": "1-2-3"}).status == 302
    told = browser.fill(older, {"bedrag": "20"})
    assert told.status == 409
    assert "Nummer: 1-2-3" in told.main
    assert typed_on(told)["bedrag"] == "20"
    assert browser.fill(told).status == 302
    assert given.case(id).schulden[0].verteld.bedrag_cents == 2000


def test_what_is_typed_about_a_line_that_is_gone_can_be_added_again(browser: Browser, given: Given) -> None:
    id = place(browser, given)
    browser.fill("/verzoek/schulden/nieuw", {"afzender": "Ziggo"})
    [line] = given.case(id).schulden
    older = browser.see(f"/verzoek/schulden/{line.id}")
    browser.press(f"/verzoek/schulden/{line.id}/verwijderen", "Ja, haal uit de lijst")
    gone = browser.fill(older, {"bedrag": "20"})
    assert gone.status == 404
    assert "staat niet meer in uw lijst" in gone.main
    assert browser.fill(gone).to == "/verzoek/schulden"
    assert [each.verteld.bedrag_cents for each in given.case(id).schulden] == [2000]


# --- a page that lay open too long ----------------------------------------------------------------

TYPED_NOW: Mapping[str, Mapping[str, Any]] = {slug: other for slug, (other, _) in OTHER.items()} | {
    "schulden/nieuw": {"afzender": "Ziggo", "bedrag": "20,00"}
}


def sign_in_anew(browser: Browser, given: Given, id: UUID) -> None:
    """As after a code or a link: nothing of the cookie before is left."""
    browser.delete_cookie("__Host-pauzeknop", domain="pauzeknop.example")
    sign_in(browser, given.database, id)


@pytest.mark.parametrize("slug", TYPED_NOW)
def test_a_page_of_an_earlier_session_comes_back_as_it_was_filled_in(slug: str, browser: Browser, given: Given) -> None:
    id = place(browser, given)
    page = browser.see(f"/verzoek/{slug}")
    before = given.case(id)
    sign_in_anew(browser, given, id)
    back = browser.fill(page, TYPED_NOW[slug])
    assert (back.status, back.to) == (200, None)
    assert LANG_OPEN in back.main
    assert typed_on(back) == typed_on(page) | TYPED_NOW[slug]
    after = given.case(id)
    assert (after.antwoorden, len(after.schulden)) == (before.antwoorden, len(before.schulden))
    assert browser.fill(back).status == 302


@pytest.mark.parametrize("slug", TYPED_NOW)
def test_what_is_sent_after_the_session_waits_until_somebody_is_in_again(
    slug: str, browser: Browser, given: Given, clock: Clock
) -> None:
    id = place(browser, given)
    page = browser.see(f"/verzoek/{slug}")
    clock.set_instant(portal_clock.now() + timedelta(days=1))
    out = browser.fill(page, TYPED_NOW[slug])
    assert (out.status, out.h1) == (403, "Log opnieuw in")
    assert browser.press(out, "Ga verder").h1 == "Log opnieuw in"
    sign_in_anew(browser, given, id)
    back = browser.press(out, "Ga verder")
    assert LANG_OPEN in back.main
    assert typed_on(back) == typed_on(page) | TYPED_NOW[slug]
    assert browser.fill(back).status == 302
    assert TYPED_NOW[slug].items() <= typed_on(browser.see(where(slug, given, id))).items()


def where(slug: str, given: Given, id: UUID) -> str:
    return f"/verzoek/schulden/{given.case(id).schulden[-1].id}" if slug == "schulden/nieuw" else f"/verzoek/{slug}"


@pytest.mark.parametrize("path", ["/verzoek/toegangscode", "/verzoek/link", "/verzoek/schulden"])
def test_a_button_of_an_earlier_session_does_nothing(path: str, browser: Browser, given: Given) -> None:
    id = place(browser, given)
    before = given.case(id)
    page = browser.follow(Page(browser.post(path, data={"csrf_token": "onzin"})))
    assert LANG_OPEN in page.main
    after = given.case(id)
    assert (after.toegangscode_hash, after.antwoorden) == (before.toegangscode_hash, before.antwoorden)
