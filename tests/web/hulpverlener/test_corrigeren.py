"""A wrong fact mended on its page: the messages are seen first, and the old answer link is dead."""

from portal.models import links
from tests.given import Given, antwoorden
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek

ACT = "Corrigeren en versturen"


def test_a_wrong_name_is_corrected_and_the_old_link_is_dead(
    anna: Browser, given: Given, werkplek: Werkplek, new_browser: MakeBrowser
) -> None:
    id = given.approved([given.regel("Een")])
    given.hand_over(id)
    first = werkplek.messages(id)["Een"]
    page = anna.see(anna.see(desk.url(id)).links["Gegevens corrigeren"])
    assert anna.press(page, ACT).errors == ["U hebt niets veranderd."]
    unseen = anna.fill(page, {"achternaam": "Meijer"}, button=ACT)
    assert unseen.errors == ["De berichten zijn niet meer wat u zag. Kijk ze na en verstuur dan opnieuw."]
    assert "Wie krijgt een correctie? (1)" in unseen.main
    assert "- De naam van de klant." in unseen.main
    after = anna.follow(anna.press(unseen, ACT))
    assert "De gegevens zijn gecorrigeerd. 1 schuldeiser krijgt een correctie." in after.main
    assert "Anna de Boer corrigeerde de naam, met bericht aan 1 ontvanger." in after.main
    second = werkplek.messages(id)["Een"]
    stranger = new_browser()
    closed = stranger.see(f"/antwoord/{links.sign_antwoord(first.id)}", 410)
    assert "U hebt een nieuwer bericht van ons gekregen." in closed.main
    assert stranger.see(f"/antwoord/{links.sign_antwoord(second.id)}").h1 == "Antwoord op een Kennisgeving"


def test_what_is_filled_in_wrong_is_said_in_the_words_of_staff(anna: Browser, given: Given) -> None:
    page = anna.fill(
        desk.url(given.approved(), "/corrigeren"),
        {"achternaam": "", "postcode": "", "huisnummer": "", "geboren_on-jaar": "2999", "tot_en_met-dag": "1"}
        | {"tot_en_met-maand": "1", "tot_en_met-jaar": "2030"},
        button=ACT,
    )
    assert page.errors == [
        "Vul de postcode in.",
        "Vul het huisnummer in.",
        "Vul de achternaam in.",
        "Deze datum is nog niet geweest. Kijk het jaar na.",
        "Kies een dag na vandaag en uiterlijk 1 juni 2027. Voor een latere dag verlengt u.",
    ]


def test_before_the_decision_nobody_is_told_and_a_secret_address_stays(anna: Browser, given: Given) -> None:
    id = given.taken(adres=antwoorden()["adres"] | {"geheim": True})
    page = anna.see(desk.url(id, "/corrigeren"))
    assert "Schuldeisers weten nog niets." in page.main
    assert "geheim" not in page.form("Corrigeren").values
    after = anna.follow(anna.fill(page, {"huisnummer": "14"}, button="Corrigeren"))
    assert "De gegevens zijn gecorrigeerd." in after.main
    adres = given.case(id).adres
    assert (adres.huisnummer, adres.geheim) == ("14", True)


def test_after_a_case_is_closed_there_is_nothing_to_correct(anna: Browser, given: Given) -> None:
    assert anna.see(desk.url(given.withdrawn(), "/corrigeren"), 409).h1
