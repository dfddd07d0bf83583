"""The chosen language stays with the request: on another device it is read again, and the hulpverlener knows."""

from tests.given import Given
from tests.web.account.test_terug import code_of, kenmerk_of, mailed_links, with_code
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import answer_until, begin, sign_in, verzoek_of
from tests.web.hulpvrager.test_taal import choose, language_of


def test_a_language_that_was_chosen_before_the_button_begins_the_request(browser: Browser, given: Given) -> None:
    _ = given.organisatie_id
    choose(browser, "tr")
    begin(browser)
    assert verzoek_of(browser, given).taal == "tr"


def test_a_language_that_is_chosen_half_way_is_kept(browser: Browser, given: Given) -> None:
    _ = given.organisatie_id
    answer_until(browser, "naam")
    browser.fill("/verzoek/naam", {"achternaam": "Meer", "taal": "pl"})
    assert verzoek_of(browser, given).taal == "pl"


def test_so_is_one_of_a_page_without_a_form(browser: Browser, given: Given) -> None:
    id = given.submitted()
    sign_in(browser, given.database, id)
    choose(browser, "uk", "/verzoek")
    assert given.case(id).taal == "uk"


def test_a_page_that_is_not_ours_changes_no_request(browser: Browser, given: Given) -> None:
    _ = given.organisatie_id
    answer_until(browser, "naam")
    browser.post("/verzoek/naam", data={"achternaam": "Meer", "taal": "en"})
    assert verzoek_of(browser, given).taal is None


def test_another_device_reads_the_language_of_the_request(
    browser: Browser, given: Given, new_browser: MakeBrowser
) -> None:
    id = given.submitted()
    sign_in(browser, given.database, id)
    choose(browser, "ar", "/verzoek")
    by_code = new_browser()
    by_code.follow(with_code(by_code, kenmerk_of(given, id), code_of(given, id)))
    assert language_of(by_code.see("/verzoek")) == ("ar", "rtl")
    [link] = mailed_links(given)
    by_link = new_browser()
    by_link.follow(by_link.fill(link, {}))
    assert language_of(by_link.see("/verzoek")) == ("ar", "rtl")


def test_a_device_with_a_choice_keeps_it_and_changes_nothing(
    browser: Browser, given: Given, new_browser: MakeBrowser
) -> None:
    id = given.submitted()
    sign_in(browser, given.database, id)
    choose(browser, "ar", "/verzoek")
    other = new_browser()
    choose(other, "en")
    other.follow(with_code(other, kenmerk_of(given, id), code_of(given, id)))
    assert language_of(other.see("/verzoek")) == ("en", "ltr")
    assert given.case(id).taal == "ar"


def test_mijn_gegevens_says_which_language(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted())
    assert "Taal Nederlands" in browser.see("/verzoek/gegevens").main
    choose(browser, "tr", "/verzoek")
    assert "Türkçe" in browser.see("/verzoek/gegevens").main
    assert browser.get("/verzoek/gegevens.json").json["taal"] == "tr"
