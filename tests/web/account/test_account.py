import re
from datetime import timedelta
from uuid import uuid4

import pytest

from portal import clock as time
from portal.actions import organisatie
from portal.domain.roles import Actor, Role
from portal.queries.organisatie import by_email
from portal.web.account import apparaat
from tests.conftest import Clock
from tests.given import WACHTWOORD, Given
from tests.web.account.deur import ANNA, code, enrol, password, secret_on, staff
from tests.web.browser import Browser, Page, text_of
from tests.web.conftest import MakeBrowser

CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")
USED = "Deze herstelcode klopt niet, of is al gebruikt."
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def anna(given: Given, browser: Browser) -> Browser:
    """Somebody of the staff, signed in."""
    browser.environ_base["HTTP_USER_AGENT"] = FIREFOX
    staff(given, Role.HULPVERLENER)
    enrol(browser)
    return browser


def codes(browser: Browser) -> list[str]:
    page = browser.see(browser.see("/medewerker/account").links["Wijzigen: herstelcodes"])
    return CODE.findall(browser.fill(page, {"huidig": WACHTWOORD}, button="Maak nieuwe codes").main)


def with_code(browser: Browser, recovery: str) -> Page:
    """In with the password and a code of the set."""
    page = browser.see(password(browser).to or "")
    return browser.fill(page.links["Log in met een herstelcode"], {"code": recovery})


def test_who_has_no_phone_gets_in_with_each_code_once(anna: Browser, new_browser: MakeBrowser) -> None:
    made = codes(anna)
    assert len(set(made)) == 10
    assert not CODE.search(anna.see("/medewerker/herstelcodes").main), "shown once"
    second = new_browser()
    assert with_code(second, f" {made[3].lower().replace('-', ' ')} ").to == "/werkvoorraad"
    account = second.see("/medewerker/account").main
    assert "Nog 9 over" in account
    assert "herstelcode" in account
    assert with_code(new_browser(), made[3]).errors == [USED]
    assert with_code(new_browser(), made[4]).to == "/werkvoorraad"


def test_a_new_set_ends_the_old_one(anna: Browser, new_browser: MakeBrowser) -> None:
    old, new = codes(anna), codes(anna)
    assert with_code(new_browser(), old[0]).errors == [USED]
    assert with_code(new_browser(), new[0]).to == "/werkvoorraad"


def test_a_code_is_worthless_without_the_password_and_to_a_colleague(
    anna: Browser, given: Given, new_browser: MakeBrowser
) -> None:
    (first, *_) = codes(anna)
    staff(given, Role.HULPVERLENER, email="bas@stadsbank.example")
    enrol(new_browser(), "bas@stadsbank.example")
    other = new_browser()
    page = other.see(password(other, "bas@stadsbank.example").to or "")
    assert other.fill(page.links["Log in met een herstelcode"], {"code": first}).errors == [USED]


def test_without_a_password_there_is_no_page_for_a_code(new_browser: MakeBrowser) -> None:
    assert new_browser().see("/medewerker/herstelcode", 302).to == "/medewerker/inloggen"


def test_a_restored_account_has_lost_its_codes(anna: Browser, given: Given, new_browser: MakeBrowser) -> None:
    (first, *_) = codes(anna)
    with given.session(Actor.systeem()) as session:
        new = organisatie.restore_access(session, by_email(session, ANNA).id)
    browser = new_browser()
    password(browser, ANNA, new)
    assert browser.fill("/medewerker/herstelcode", {"code": first}).errors == [USED]


def test_codes_are_made_by_who_knows_the_password(anna: Browser) -> None:
    for wrong, sentence in (("", "Vul uw wachtwoord in."), ("iets", "Dit is niet uw wachtwoord van nu.")):
        for page, button in (("/medewerker/herstelcodes", "Maak nieuwe codes"), ("/medewerker/app", "App losmaken")):
            assert anna.fill(page, {"huidig": wrong}, button=button).errors == [sentence]
    assert "Geen." in anna.see("/medewerker/account").main


def test_guessing_codes_is_limited_as_guessing_the_app_is(anna: Browser, new_browser: MakeBrowser) -> None:
    codes(anna)
    browser = new_browser()
    page = browser.see(password(browser).to or "")
    answers = [
        browser.fill(page.links["Log in met een herstelcode"], {"code": f"AAAA-AAAA-AAA{sign}"}).status
        for sign in "CDEFGHJKMNP"
    ]
    assert answers[-1] == 429


def test_another_phone_takes_the_place_of_the_old_one(
    anna: Browser, new_browser: MakeBrowser, clock: Clock
) -> None:  # fmt: skip
    page = anna.see(anna.see("/medewerker/account").links["Wijzigen: code-app"])
    assert anna.fill(page, {"huidig": WACHTWOORD}, button="App losmaken").to == "/medewerker/inloggen"
    anna.see("/werkvoorraad", 302)
    browser = new_browser()
    assert password(browser).to == "/medewerker/aanmelden"
    clock.set_instant(time.now() + timedelta(seconds=60))
    enrolment = browser.see("/medewerker/aanmelden")
    assert browser.fill(enrolment, {"code": code(secret_on(enrolment))}).to == "/werkvoorraad"


# --- where one is signed in -----------------------------------------------------------------------


def sessions(page: Page) -> list[str]:
    return [text_of(row) for row in page.tree.iter("tr")][1:]


def second_browser(anna: Browser, new_browser: MakeBrowser) -> Browser:
    made = codes(anna)
    browser = new_browser()
    assert with_code(browser, made[0]).to == "/werkvoorraad"
    return browser


def test_one_browser_is_signed_out_from_the_other(anna: Browser, new_browser: MakeBrowser) -> None:
    other = second_browser(anna, new_browser)
    page = anna.see("/medewerker/account")
    assert len(sessions(page)) == 2
    assert any("Firefox op Windows (deze)" in row for row in sessions(page))
    (button,) = [label for form in page.forms for label in form.buttons if label.startswith("Uitloggen:")]
    assert "uitgelogd" in anna.follow(anna.press(page, button)).text
    assert len(sessions(anna.see("/medewerker/account"))) == 1
    assert other.see("/werkvoorraad", 302).to
    assert anna.see("/werkvoorraad").h1


def test_out_everywhere_is_out_here_too(anna: Browser, new_browser: MakeBrowser) -> None:
    other = second_browser(anna, new_browser)
    assert anna.press("/medewerker/account", "Overal uitloggen").to == "/medewerker/inloggen"
    for browser in (anna, other):
        browser.see("/medewerker/account", 302)


def test_nobody_ends_the_session_of_a_colleague(anna: Browser, given: Given, new_browser: MakeBrowser) -> None:
    staff(given, Role.HULPVERLENER, email="bas@stadsbank.example")
    bas = new_browser()
    enrol(bas, "bas@stadsbank.example")
    mine = second_browser(anna, new_browser)
    (button,) = [
        form for form in anna.see("/medewerker/account").forms if any(b.startswith("Uitloggen:") for b in form.buttons)
    ]
    token = bas.see("/medewerker/account").form("Overal uitloggen").values["csrf_token"]
    assert bas.post(button.action, data={"csrf_token": token}).status_code == 404
    assert bas.post(f"/medewerker/sessies/{uuid4()}/uitloggen", data={"csrf_token": token}).status_code == 404
    assert mine.see("/werkvoorraad").h1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox op Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome op Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge op Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "Safari op iPhone"),
        ("", "Een browser"),
        ("curl/8\0<script>", "Een browser"),
    ],
)  # fmt: skip
def test_a_browser_is_called_what_people_call_it(agent: str, name: str) -> None:
    assert apparaat.naam(agent) == name
