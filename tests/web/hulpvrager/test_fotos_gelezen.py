"""What the computer read on a photo: shown on the page of its schuld, and never an answer by itself."""

import io
from typing import Any

import pytest

from portal.actions.lezen import record_read
from portal.domain import brieflezen
from portal.domain.roles import Actor
from tests.beeld import plaatjes
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.hulpvrager.reis import place
from tests.web.hulpvrager.test_fotos import AGAIN, LIST, kept, send, told

TAKE_OVER = "Neem dit over"
ANOTHER = "Dit is een andere naam dan u hebt ingevuld."
READ = "Brouwer Gerechtsdeurwaarders\nDossiernummer: 26-104482\nTotaal te betalen € 214,50"


@pytest.fixture(autouse=True)
def _at_the_list(browser: Browser, given: Given) -> None:
    place(browser, given, "schulden")


def read(given: Given, foto: Any, text: str = READ) -> None:
    with given.session(Actor.systeem()) as session:
        record_read(session, foto.id, brieflezen.read(text))


def test_what_was_read_is_shown_taken_over_with_a_button_and_kept_only_by_saving(
    browser: Browser, given: Given
) -> None:
    assert "Kijk wat wij lazen" not in browser.follow(send(browser, plaatjes.jpeg())).main
    (foto,) = kept(browser, given)
    read(given, foto)
    listed = browser.see(LIST)
    own = f"{LIST}/{foto.schuld_id}"
    assert [words for words, to in listed.links.items() if to == own] == [
        "Kijk wat wij lazen, of verander iets: Brief op een foto"
    ]
    page = browser.see(own)
    assert "Druk daarna nog op Opslaan." in page.main
    for words in ("Dit lazen wij op uw foto", "Brouwer Gerechtsdeurwaarders", "26-104482", "€ 214,50"):
        assert words in page.main
    assert page.form().values["afzender"] == ""
    filled = browser.press(page, TAKE_OVER)
    assert told(browser, given)[0]["afzender"] == ""
    values = filled.form().values
    assert (values["afzender"], values["referentie"], values["bedrag"]) == (
        "Brouwer Gerechtsdeurwaarders",
        "26-104482",
        "214,50",
    )
    assert "druk op Opslaan" in filled.main
    assert "Neem dit over" not in filled.main
    assert browser.press(filled, "Opslaan").to == LIST
    assert told(browser, given)[0]["bedrag_cents"] == 214_50
    assert "Kijk wat wij lazen" not in browser.see(LIST).main


def opened(browser: Browser, given: Given, **typed: str) -> Page:
    """The page of a line with a photo on which READ stands."""
    send(browser, plaatjes.jpeg(), **typed)
    (foto,) = kept(browser, given)
    read(given, foto)
    return browser.see(f"{LIST}/{foto.schuld_id}")


def boxes(page: Page) -> list[Any]:
    values = page.form().values
    return [values[name] for name in ("afzender", "namens", "referentie", "bedrag")]


def test_what_the_person_typed_is_never_replaced_by_what_was_read(browser: Browser, given: Given) -> None:
    page = opened(browser, given, afzender="brouwer gerechts-deurwaarders", bedrag="200,00")
    assert "26-104482" in page.main
    assert "214,50" not in page.main
    filled = browser.fill(page, {"namens": "Stroomhuis"}, button=TAKE_OVER)
    assert boxes(filled) == ["brouwer gerechts-deurwaarders", "Stroomhuis", "26-104482", "200,00"]


def test_of_another_sender_than_was_typed_nothing_is_taken_over(browser: Browser, given: Given) -> None:
    page = opened(browser, given, afzender="Vitens")
    for words in ("Dit lazen wij op uw foto", "Brouwer Gerechtsdeurwaarders", "26-104482", "€ 214,50", ANOTHER):
        assert words in page.main
    assert TAKE_OVER not in page.main


def test_a_sender_that_is_typed_before_taking_over_counts(browser: Browser, given: Given) -> None:
    page = browser.fill(opened(browser, given), {"afzender": "Vitens"}, button=TAKE_OVER)
    assert boxes(page) == ["Vitens", "", "", ""]
    assert ANOTHER in page.main
    assert "Wij vulden in" not in page.main


def test_two_letters_of_one_schuld_are_not_mixed(browser: Browser, given: Given) -> None:
    page = opened(browser, given)
    browser.fill(page, {"foto": (io.BytesIO(plaatjes.png((90, 90))), "b.png")})
    first, second = kept(browser, given)
    assert first.schuld_id == second.schuld_id
    read(given, second, "Vitens N.V.\nKlantnummer: 40018274")
    assert boxes(browser.press(browser.see(page.url), TAKE_OVER)) == ["Vitens N.V.", "", "40018274", ""]


def test_a_photo_that_comes_along_with_taking_over_is_asked_for_again(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg())
    (foto,) = kept(browser, given)
    read(given, foto)
    page = browser.see(f"{LIST}/{foto.schuld_id}")
    filled = browser.fill(page, {"foto": (io.BytesIO(plaatjes.png()), "b.png")}, button=TAKE_OVER)
    assert filled.errors == [AGAIN]
    assert filled.form().values["referentie"] == "26-104482"


def test_a_photo_on_which_nothing_was_read_changes_nothing(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg())
    (foto,) = kept(browser, given)
    read(given, foto, "onleesbaar")
    assert "Kijk wat wij lazen" not in browser.see(LIST).main
    assert "Neem dit over" not in browser.see(f"{LIST}/{foto.schuld_id}").main


def test_what_was_read_is_in_the_file_of_my_data(browser: Browser, given: Given) -> None:
    send(browser, plaatjes.jpeg())
    (foto,) = kept(browser, given)
    read(given, foto)
    (regel,) = browser.get("/verzoek/gegevens.json").json["fotos"]
    assert regel["gelezen_door_de_computer"]["referentie"] == "26-104482"
