from datetime import timedelta
from uuid import uuid4

import pytest

from portal import clock as time
from portal.actions import organisatie
from portal.domain.roles import Actor, Role
from portal.queries.organisatie import by_email
from tests.conftest import Clock
from tests.given import WACHTWOORD, Given
from tests.web.account.deur import ANNA, enrol, staff
from tests.web.account.sleutel import USER_PRESENT, Sleutel
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser

DOOR = "/medewerker/passkey"
NEW = "/medewerker/passkeys/nieuw"
FAILED = "Dat lukte niet. Probeer het nog eens, of log in met uw wachtwoord."
NOT_ADDED = "Uw wachtwoord klopt niet, of de passkey is niet gemaakt. Probeer het nog eens."


@pytest.fixture
def anna(given: Given, browser: Browser) -> Browser:
    staff(given, Role.HULPVERLENER)
    enrol(browser)
    return browser


def options(page: Page) -> str:
    return next(form.attrib["data-opties"] for form in page.tree.iter("form") if "data-opties" in form.attrib)


def add(browser: Browser, sleutel: Sleutel, wachtwoord: str = WACHTWOORD, naam: str = "mijn telefoon") -> Page:
    page = browser.see(NEW)
    values = {"naam": naam, "huidig": wachtwoord, "antwoord": sleutel.make(options(page))}
    return browser.fill(page, values, button="Passkey maken")


def enter(browser: Browser, sleutel: Sleutel, door: str = DOOR) -> Page:
    page = browser.see(door)
    return browser.fill(page, {"antwoord": sleutel.use(options(page))}, button="Ga verder")


def test_a_passkey_lets_its_owner_in_without_password_and_code(anna: Browser, new_browser: MakeBrowser) -> None:
    sleutel = Sleutel()
    assert anna.see("/medewerker/account").links["Passkey toevoegen"] == NEW
    assert add(anna, sleutel).to == "/medewerker/account"
    browser = new_browser()
    link = browser.see("/medewerker/inloggen?verder=/beheer/schuldeisers").links["Inloggen met een passkey"]
    assert enter(browser, sleutel, link).to == "/beheer/schuldeisers"
    account = browser.see("/medewerker/account").main
    assert "mijn telefoon" in account
    assert "passkey" in account
    assert enter(new_browser(), sleutel).to == "/werkvoorraad", "again and again"


def test_a_passkey_that_was_taken_away_opens_nothing(anna: Browser, new_browser: MakeBrowser) -> None:
    sleutel = Sleutel()
    add(anna, sleutel)
    assert "weggehaald" in anna.follow(anna.press("/medewerker/account", "Weghalen: mijn telefoon")).text
    assert FAILED in enter(new_browser(), sleutel).main


@pytest.mark.parametrize("what", ["unknown", "other site", "no finger", "copy", "other key"])
def test_what_is_not_this_key_for_this_portal_is_refused(
    anna: Browser, new_browser: MakeBrowser, what: str
) -> None:  # fmt: skip
    sleutel = Sleutel()
    if what != "unknown":
        add(anna, sleutel)
        assert enter(new_browser(), sleutel).to
    if what == "other site":
        sleutel.origin = "https://pauzeknop.evil.example"
    if what == "no finger":
        sleutel.flags = USER_PRESENT
    if what == "copy":
        sleutel.counter = 0
    if what == "other key":
        sleutel.key = Sleutel().key
    page = enter(new_browser(), sleutel)
    assert (page.status, FAILED in page.main) == (200, True)


def test_what_was_signed_once_opens_nothing_a_second_time(anna: Browser, new_browser: MakeBrowser) -> None:
    """Also with the cookie of before, and a key that does not count."""
    sleutel = Sleutel()
    add(anna, sleutel)
    browser, thief = new_browser(), new_browser()
    page = browser.see(DOOR)
    cookie = browser.get_cookie("__Host-pauzeknop", domain="pauzeknop.example")
    assert cookie is not None
    sleutel.counter = -1
    signed = {"antwoord": sleutel.use(options(page))}
    assert browser.fill(page, signed, button="Ga verder").to == "/werkvoorraad"
    thief.set_cookie("__Host-pauzeknop", cookie.value, domain="pauzeknop.example")
    assert thief.fill(page, signed, button="Ga verder").to is None
    thief.see("/werkvoorraad", 302)


@pytest.mark.parametrize("antwoord", ["", "{}", "[]", "null", "{", '{"id": 1}', "x" * 20_001])
def test_nonsense_is_refused(anna: Browser, new_browser: MakeBrowser, antwoord: str) -> None:
    browser = new_browser()
    page = browser.fill(DOOR, {"antwoord": antwoord}, button="Ga verder")
    assert page.status == 200
    browser.see("/werkvoorraad", 302)
    values = {"naam": "x", "huidig": WACHTWOORD, "antwoord": antwoord}
    assert anna.fill(NEW, values, button="Passkey maken").errors == [NOT_ADDED]
    assert "Weghalen" not in anna.see("/medewerker/account").main


def test_an_answer_counts_once_and_for_a_few_minutes(
    anna: Browser, new_browser: MakeBrowser, clock: Clock
) -> None:  # fmt: skip
    sleutel = Sleutel()
    add(anna, sleutel)
    browser = new_browser()
    page = browser.see(DOOR)
    answer = {"antwoord": sleutel.use(options(page))}
    assert browser.fill(page, answer, button="Ga verder").to == "/werkvoorraad"
    thief = new_browser()
    assert FAILED in thief.fill(thief.see(DOOR), answer, button="Ga verder").main
    slow = new_browser()
    page = slow.see(DOOR)
    answer = {"antwoord": sleutel.use(options(page))}
    clock.set_instant(time.now() + timedelta(seconds=301))
    assert slow.fill(page, answer, button="Ga verder").status == 200
    slow.see("/werkvoorraad", 302)


def test_adding_one_takes_the_password(anna: Browser) -> None:
    for wachtwoord, sentence in (("", "Vul uw wachtwoord in."), ("iets anders", NOT_ADDED)):
        assert add(anna, Sleutel(), wachtwoord).errors == [sentence]
    assert add(anna, Sleutel(), naam="").errors == ["Geef de passkey een naam."]
    assert "Weghalen" not in anna.see("/medewerker/account").main


def test_a_key_that_opens_an_account_already_is_not_added(anna: Browser) -> None:
    sleutel = Sleutel()
    assert add(anna, sleutel).to == "/medewerker/account"
    assert add(anna, sleutel).errors == [NOT_ADDED]


def test_five_are_enough(anna: Browser) -> None:
    assert [add(anna, Sleutel()).status for _ in range(6)] == [302] * 5 + [403]


def test_who_is_out_or_restored_does_not_come_in_with_an_old_key(
    anna: Browser, given: Given, new_browser: MakeBrowser
) -> None:
    sleutel = Sleutel()
    add(anna, sleutel)
    with given.session(Actor.systeem()) as session:
        id = by_email(session, ANNA).id
        organisatie.deactivate(session, Actor.systeem(), id)
        assert FAILED in enter(new_browser(), sleutel).main
        organisatie.restore_access(session, id)
    assert FAILED in enter(new_browser(), sleutel).main


def test_nobody_takes_away_the_key_of_a_colleague(anna: Browser, given: Given, new_browser: MakeBrowser) -> None:
    sleutel = Sleutel()
    add(anna, sleutel)
    (form,) = [form for form in anna.see("/medewerker/account").forms if "Weghalen: mijn telefoon" in form.buttons]
    staff(given, Role.HULPVERLENER, email="bas@stadsbank.example")
    bas = new_browser()
    enrol(bas, "bas@stadsbank.example")
    token = bas.see("/medewerker/account").form("Overal uitloggen").values["csrf_token"]
    for address in (form.action, f"/medewerker/passkeys/{uuid4()}/weg"):
        assert bas.post(address, data={"csrf_token": token}).status_code == 404
    assert enter(new_browser(), sleutel).to == "/werkvoorraad"
