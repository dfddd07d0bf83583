"""The chosen language stays with the request: another device goes on in it, and messages are shown in it."""

from xml.etree.ElementTree import Element

from portal.domain.roles import Actor
from portal.domain.taal import Taal
from portal.queries import dossier
from tests.given import Given
from tests.taal import submitted
from tests.web.account.test_terug import code_of, kenmerk_of, mailed_links, with_code
from tests.web.browser import Browser, Page, text_of
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


def test_the_page_behind_a_mailed_address_begins_in_the_language_of_the_mail(
    given: Given, new_browser: MakeBrowser
) -> None:
    id = submitted(given, Taal.AR)
    with given.session(Actor.hulpvrager(id)) as session:
        [bericht] = dossier.berichten(session, id)
    [mailed] = [word for word in bericht.tekst.split() if word.startswith("https://")]
    assert mailed.endswith("/terug?taal=ar")
    assert "taal=" not in bericht.dutch.replace(mailed, "")
    phone, chosen = new_browser(), new_browser()
    assert language_of(phone.see("/terug?taal=ar")) == ("ar", "rtl")
    assert language_of(phone.see("/terug/code")) == ("ar", "rtl")
    choose(chosen, "pl")
    assert language_of(chosen.see("/terug?taal=ar")) == ("pl", "ltr")
    assert language_of(new_browser().see("/medewerker/inloggen?taal=ar")) == ("nl", "ltr")
    assert language_of(new_browser().see("/terug?taal=xx")) == ("nl", "ltr")


def test_an_address_with_a_language_is_no_choice(browser: Browser, given: Given, new_browser: MakeBrowser) -> None:
    _ = given.organisatie_id
    browser.see("/?taal=pl")
    assert language_of(begin(browser)) == ("pl", "ltr")
    assert verzoek_of(browser, given).taal is None
    id = submitted(given, Taal.TR)
    old_mail = new_browser()
    old_mail.see("/terug?taal=ar")
    old_mail.follow(with_code(old_mail, kenmerk_of(given, id), code_of(given, id)))
    assert language_of(old_mail.see("/verzoek")) == ("tr", "ltr")


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


# --- what was told, on the status page ------------------------------------------------------------


def messages(page: Page) -> list[Element]:
    """The boxes with the words of a message."""
    return [box for fold in page.tree.iter("details") for box in fold.iter("div") if box.get("lang") and box.get("dir")]


def test_a_message_is_shown_in_the_language_in_which_it_was_sent(browser: Browser, given: Given) -> None:
    id = submitted(given, Taal.AR)
    sign_in(browser, given.database, id)
    page = browser.see("/verzoek")
    [box] = messages(page)
    assert (box.get("lang"), box.get("dir")) == ("ar", "rtl")
    assert "وصل طلبك" in text_of(box)
    choose(browser, "pl", "/verzoek")
    [box] = messages(browser.see("/verzoek"))
    assert (box.get("lang"), "وصل طلبك" in text_of(box)) == ("ar", True)


def test_what_a_hulpverlener_typed_is_marked_as_dutch(browser: Browser, given: Given) -> None:
    id = submitted(given, Taal.AR)
    given.take(id)
    given.ask(id)
    sign_in(browser, given.database, id)
    choose(browser, "ar", "/verzoek")
    asked = given.case(id).status
    assert asked == "aanvulling_gevraagd"
    page = browser.see("/verzoek")
    [newest, _] = messages(page)
    [typed] = [node for node in newest.iter("p") if node.get("lang") == "nl"]
    assert typed.get("dir") == "ltr"
    question = text_of(typed)
    alone = [node for node in page.tree.iter("p") if node.get("lang") == "nl" and text_of(node) == question]
    assert len(alone) == 2
    own = browser.see("/verzoek/aanvulling")
    assert [node.get("lang") for node in own.tree.iter("p") if text_of(node) == question] == ["nl"]
    assert "كتب أحد الموظفين هذا بالهولندية" in own.main


def test_a_message_that_says_nothing_is_not_shown_in_any_language(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, submitted(given, Taal.EN, contact={"email": "f@x.example", "meelezen": True}))
    assert messages(browser.see("/verzoek")) == []


def test_the_download_has_the_message_and_its_language(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, submitted(given, Taal.PL))
    [bericht] = browser.get("/verzoek/gegevens.json").json["berichten_aan_u"]
    assert (bericht["taal"], bericht["tekst"].split(",")[0]) == ("pl", "Dzień dobry")
