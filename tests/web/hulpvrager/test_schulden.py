"""The list of schulden: add, change, remove, and only one's own."""

from typing import Any
from uuid import uuid4

import pytest

from portal.actions.hulpvrager import add_schuld
from portal.domain.antwoorden import MAX_SCHULDEN
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.hulpvrager.reis import place, sign_in, verzoek_of

NEXT = "Opslaan en nog een schuld"
LIST, NEW = "/verzoek/schulden", "/verzoek/schulden/nieuw"


@pytest.fixture(autouse=True)
def _at_the_list(browser: Browser, given: Given) -> None:
    place(browser, given, "schulden")


def told(browser: Browser, given: Given) -> list[dict[str, Any]]:
    return [schuld.gegevens for schuld in verzoek_of(browser, given).schulden]


def line_url(browser: Browser, text: str = "Wijzigen") -> str:
    return next(url for label, url in browser.see(LIST).links.items() if label.startswith(text))


def test_a_schuld_is_added_with_all_that_is_known(browser: Browser, given: Given) -> None:
    typed = {
        "afzender": "Incasso Noord",
        "namens": "Zilveren Kruis",
        "referentie": "2026/123-AB",
        "bedrag": "€ 1.234,-",
        "particulier": "y",
    }
    page = browser.follow(browser.fill(NEW, typed))
    assert page.url == LIST
    assert "Incasso Noord staat in uw lijst." in page.main
    assert "1 schuld in uw lijst" in page.main
    for shown in ("Voor: Zilveren Kruis", "Nummer: 2026/123-AB", "€ 1.234,00", "Dit is een persoon"):
        assert shown in page.main
    kept = typed | {"bedrag_cents": 123400, "particulier": True}
    del kept["bedrag"]
    assert told(browser, given) == [kept]


def test_only_the_sender_is_needed_and_not_knowing_is_fine(browser: Browser, given: Given) -> None:
    assert browser.fill(NEW, {"afzender": "Tante Ann", "bedrag": "weet ik niet"}).to == LIST
    assert told(browser, given) == [
        {"afzender": "Tante Ann", "namens": "", "referentie": "", "bedrag_cents": None, "particulier": False}
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"afzender": ""}, "Vul in van wie de laatste brief is."),
        ({"afzender": "?!"}, "Vul een naam in met letters of cijfers."),
        ({"afzender": "x" * 121}, "De naam is te lang. Gebruik hoogstens 120 tekens."),
        ({"afzender": "A", "namens": "x" * 121}, "De naam is te lang. Gebruik hoogstens 120 tekens."),
        ({"afzender": "A", "referentie": "x" * 61}, "Het nummer is te lang. Gebruik hoogstens 60 tekens."),
        ({"afzender": "A", "referentie": "1\r\nBcc: x"}, "Het nummer past op één regel. Haal de nieuwe regels weg."),
        (
            {"afzender": "A", "bedrag": "-5"},
            "Wij kunnen dit bedrag niet lezen. Schrijf het zo: 1234,50. Weet u het niet? Laat het dan leeg.",
        ),
    ],
)
def test_a_wrong_line_is_explained_and_keeps_what_was_typed(
    typed: dict[str, str], sentence: str, browser: Browser, given: Given
) -> None:
    page = browser.fill(NEW, {"bedrag": "12,50"} | typed)
    assert page.status == 422
    assert page.errors == [sentence]
    assert page.form().values["bedrag"] == typed.get("bedrag", "12,50")
    assert told(browser, given) == []


def test_the_directory_helps_to_find_the_name(browser: Browser, given: Given) -> None:
    given.schuldeiser("Waterbedrijf Plons")
    page = browser.see(NEW)
    assert "Waterbedrijf Plons" in [node.text for node in page.by_id("namen").iter("option")]


def test_a_line_is_changed(browser: Browser, given: Given) -> None:
    browser.fill(NEW, {"afzender": "Ziggo", "bedrag": "10"})
    page = browser.see(line_url(browser))
    assert (page.form().values["afzender"], page.form().values["bedrag"]) == ("Ziggo", "10,00")
    assert browser.fill(page, {"afzender": "Vodafone", "bedrag": ""}).to == LIST
    assert [(line["afzender"], line["bedrag_cents"]) for line in told(browser, given)] == [("Vodafone", None)]
    wrong = browser.fill(line_url(browser), {"afzender": ""})
    assert (wrong.status, wrong.errors) == (422, ["Vul in van wie de laatste brief is."])


def test_a_line_is_removed_after_a_question(browser: Browser, given: Given) -> None:
    browser.fill(NEW, {"afzender": "Ziggo"})
    url = line_url(browser, "Verwijderen")
    assert told(browser, given), "looking removes nothing"
    page = browser.follow(browser.press(url, "Ja, haal uit de lijst"))
    assert "Ziggo is uit uw lijst gehaald." in page.main
    assert told(browser, given) == []
    assert browser.see(url, 404).h1


def test_the_same_page_sent_twice_adds_one_line(browser: Browser, given: Given) -> None:
    page = browser.see(NEW)
    for _ in range(2):
        assert browser.fill(page, {"afzender": "Ziggo"}).to == LIST
    assert len(told(browser, given)) == 1
    browser.fill(NEW, {"afzender": "Ziggo"})
    assert len(told(browser, given)) == 2


def test_the_same_page_with_something_else_on_it_loses_nothing(browser: Browser, given: Given) -> None:
    page = browser.see(NEW)
    for sender in ("Ziggo", "Vitens"):
        assert browser.fill(page, {"afzender": sender}).to == LIST
    assert [line["afzender"] for line in told(browser, given)] == ["Ziggo", "Vitens"]


def test_one_button_keeps_a_line_and_asks_for_the_next(browser: Browser, given: Given) -> None:
    page = browser.follow(browser.fill(NEW, {"afzender": "Ziggo"}, button=NEXT))
    assert page.url == NEW
    assert "Ziggo staat in uw lijst." in page.main
    assert "Schuld 2" in page.main
    assert page.form().values["afzender"] == ""
    wrong = browser.press(page, NEXT)
    assert (wrong.status, wrong.errors) == (422, ["Vul in van wie de laatste brief is."])
    assert browser.fill(wrong, {"afzender": "Vitens"}, button="Opslaan").to == LIST
    assert len(told(browser, given)) == 2


def test_the_last_line_that_fits_has_no_next(browser: Browser, given: Given) -> None:
    fill_list(given, browser, MAX_SCHULDEN - 1)
    assert browser.see(NEW).form().buttons == ["Opslaan"]


def test_an_empty_list_is_fine(browser: Browser, given: Given) -> None:
    page = browser.see(LIST)
    assert "Dat geeft niet." in page.main
    assert browser.press(page, "Verder met een lege lijst").to == "/verzoek/toestemming"


def test_the_list_stays_open_until_it_is_said_to_be_done(browser: Browser, given: Given) -> None:
    browser.fill(NEW, {"afzender": "Ziggo"})
    assert browser.see("/verzoek/toestemming", 302).to == LIST
    assert browser.press(LIST, "Klaar, verder").to == "/verzoek/toestemming"


def test_the_list_ends_at_its_maximum(browser: Browser, given: Given) -> None:
    page = browser.see(NEW)
    fill_list(given, browser, MAX_SCHULDEN)
    refused = browser.fill(page, {"afzender": "Nog een"})
    assert refused.status == 422
    assert "In de lijst passen 60 schulden." in refused.errors[0]
    assert refused.form().values["afzender"] == "Nog een"
    full = browser.see(LIST)
    assert "60 schulden in uw lijst" in full.main
    assert NEW not in full.links.values()
    assert browser.press(full, "Klaar, verder").to == "/verzoek/toestemming"


def fill_list(given: Given, browser: Browser, count: int) -> None:
    id = verzoek_of(browser, given).id
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        for number in range(count):
            add_schuld(session, person, id, {"afzender": f"Bedrijf {number}", "referentie": f"{number:05}"})


@pytest.mark.parametrize("tail", ["", "/verwijderen"])
def test_the_line_of_somebody_else_does_not_exist(tail: str, browser: Browser, given: Given) -> None:
    other = given.concept()
    person = Actor.hulpvrager(other)
    with given.session(person) as session:
        line = add_schuld(session, person, other, {"afzender": "Geheim"})
    token = browser.see(NEW).form().values
    for id in (line, uuid4()):
        assert browser.see(f"{LIST}/{id}{tail}", 404).h1
        sent = Page(browser.post(f"{LIST}/{id}{tail}", data=token | {"afzender": "Mijn"}))
        assert (sent.status, sent.to) == ((302, LIST) if tail else (404, None)), (
            "taken off the list by now, if it was his"
        )
    assert [schuld.gegevens["afzender"] for schuld in given.case(other).schulden] == ["Geheim"]


def test_after_filing_the_list_is_closed(browser: Browser, given: Given) -> None:
    browser.fill(NEW, {"afzender": "Ziggo"})
    url, page = line_url(browser), browser.see(NEW)
    id = given.submitted()
    sign_in(browser, given.database, id)
    for closed in (LIST, NEW, url, f"{url}/verwijderen"):
        assert browser.see(closed, 302).to == "/verzoek"
        assert Page(browser.post(closed, data=page.form().values)).to == "/verzoek"
    assert given.case(id).schulden == []


def test_whose_a_schuld_is_is_asked_only_of_who_asks_together(browser: Browser, given: Given) -> None:
    page = browser.see("/verzoek/schulden/nieuw")
    assert "Van wie is deze schuld?" not in page.main
    assert "Met een foto hoeft u hieronder niets in te vullen." in page.main
    browser.fill("/verzoek/hulp", {"soort": "niemand", "samen": "y"})
    assert "hieronder alleen nog van wie de schuld is" in browser.see("/verzoek/schulden/nieuw").main
    wrong = browser.fill("/verzoek/schulden/nieuw", {"afzender": "Bank", "van": "buurman"}, button="Opslaan")
    assert wrong.errors == ["Kies van wie deze schuld is."]
    browser.fill("/verzoek/schulden/nieuw", {"afzender": "Bank"}, button="Opslaan")
    page = browser.follow(
        browser.fill("/verzoek/schulden/nieuw", {"afzender": "Winkel", "van": "partner"}, button="Opslaan")
    )
    assert "Van uw partner" in page.main
    assert [schuld.schuldenaar for schuld in verzoek_of(browser, given).schulden] == [None, Schuldenaar.PARTNER]
