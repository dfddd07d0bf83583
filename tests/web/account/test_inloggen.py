from datetime import timedelta

import psycopg
import pytest

from portal import clock as time
from portal.actions import organisatie
from portal.domain.roles import Actor, Role
from tests.conftest import Clock
from tests.given import WACHTWOORD, Given
from tests.web.account.deur import ANNA, code, enrol, password, secret_on, staff
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import begin

WRONG = "Dit e-mailadres of wachtwoord klopt niet."
HOMES = [
    (Role.HULPVERLENER, "/werkvoorraad"),
    (Role.TEAMLEIDER, "/werkvoorraad"),
    (Role.AUDITOR, "/werkvoorraad"),
    (Role.BEHEERDER, "/beheer/organisatie"),
    (Role.LANDELIJK_BEHEERDER, "/beheer/schuldeisers"),
]


def later(clock: Clock, **length: int) -> None:
    clock.set_instant(time.now() + timedelta(**length))


@pytest.mark.parametrize(("role", "home"), HOMES)
def test_the_first_sign_in_connects_an_app_and_leads_to_the_page_of_the_role(
    given: Given, browser: Browser, role: Role, home: str
) -> None:
    staff(given, role)
    page = password(browser)
    assert page.to == "/medewerker/aanmelden"
    page = browser.see("/medewerker/aanmelden")
    assert page.h1 == "Koppel een app op uw telefoon"
    (image,) = page.tree.iter("img")
    assert image.attrib["src"].startswith("data:image/svg+xml")
    assert image.attrib["alt"]
    page = browser.fill(page, {"code": code(secret_on(page))})
    assert page.to == home
    assert browser.see(home).status == 200


def test_the_secret_stays_the_same_until_it_is_confirmed(given: Given, browser: Browser) -> None:
    staff(given, Role.HULPVERLENER)
    password(browser)
    first = secret_on(browser.see("/medewerker/aanmelden"))
    page = browser.fill("/medewerker/aanmelden", {"code": "000000"})
    assert page.errors == ["Deze code klopt niet, of is al gebruikt. Wacht op de volgende code in uw app."]
    assert secret_on(page) == first


def test_afterwards_a_code_is_asked_and_the_secret_is_never_shown_again(
    given: Given, new_browser: MakeBrowser, clock: Clock
) -> None:
    staff(given, Role.HULPVERLENER)
    secret, _ = enrol(new_browser())
    browser = new_browser()
    assert password(browser).to == "/medewerker/code"
    assert browser.see("/medewerker/aanmelden", 302).to == "/medewerker/code"
    later(clock, seconds=60)
    page = browser.fill("/medewerker/code", {"code": f" {code(secret)[:3]} {code(secret)[3:]} "})
    assert page.to == "/werkvoorraad"
    browser.see("/werkvoorraad")


def test_a_code_works_once(given: Given, new_browser: MakeBrowser, clock: Clock) -> None:
    staff(given, Role.HULPVERLENER)
    secret, _ = enrol(new_browser())
    browser = new_browser()
    password(browser)
    page = browser.fill("/medewerker/code", {"code": code(secret)})
    assert page.h1 == "Vul de code uit uw app in"
    assert len(page.errors) == 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12a456", "²²²²²²", "١٢٣٤٥٦", "123456\n7"])
def test_a_code_that_cannot_be_one_gets_a_sentence(given: Given, browser: Browser, typed: str) -> None:
    staff(given, Role.HULPVERLENER)
    password(browser)
    page = browser.fill("/medewerker/aanmelden", {"code": typed})
    assert page.status == 200
    assert page.errors


def test_unknown_wrong_and_inactive_get_the_same_answer(given: Given, new_browser: MakeBrowser) -> None:
    staff(given, Role.HULPVERLENER)
    staff(given, Role.HULPVERLENER, email="weg@stadsbank.example", actief=False)
    pages = [
        password(new_browser(), ANNA, "verkeerd"),
        password(new_browser(), "nooit@stadsbank.example"),
        password(new_browser(), "weg@stadsbank.example"),
        password(new_browser(), ANNA, "x" * 2000),
    ]
    assert [page.errors for page in pages] == [[WRONG]] * 4
    assert len({page.main for page in pages}) == 1
    assert "wachtwoord voor de proef" not in pages[0].html


def test_a_password_is_taken_as_typed(given: Given, browser: Browser) -> None:
    staff(given, Role.HULPVERLENER)
    assert password(browser, f" {ANNA.upper()} ").to == "/medewerker/aanmelden"
    assert password(browser, ANNA, " een lang wachtwoord voor de proef").errors == [WRONG]


def test_an_empty_form_says_what_is_missing(browser: Browser) -> None:
    page = browser.fill("/medewerker/inloggen", {"email": "", "wachtwoord": ""})
    assert page.errors == ["Vul uw e-mailadres in.", "Vul uw wachtwoord in."]


def test_the_eleventh_attempt_on_an_address_is_refused_from_everywhere(given: Given, new_browser: MakeBrowser) -> None:
    staff(given, Role.HULPVERLENER)
    for number in range(10):
        browser = new_browser(address=f"203.0.113.{number}")
        assert password(browser, ANNA, "verkeerd").status == 200
    page = password(new_browser(address="203.0.113.99"))
    assert page.status == 429
    assert page.response.headers["Retry-After"].isdecimal()
    assert "Wacht 15 minuten en probeer het dan opnieuw." in page.main  # the clock stands at the start of a window


def test_guessing_codes_stops_after_ten(given: Given, browser: Browser) -> None:
    staff(given, Role.HULPVERLENER)
    password(browser)
    page = browser.see("/medewerker/aanmelden")
    right = code(secret_on(page))
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(10):
        assert browser.fill(page, {"code": wrong}).status == 200
    assert browser.fill(page, {"code": right}).status == 429


def test_the_step_between_password_and_code_lasts_five_minutes(given: Given, browser: Browser, clock: Clock) -> None:
    staff(given, Role.HULPVERLENER)
    password(browser)
    later(clock, seconds=299)
    browser.see("/medewerker/aanmelden")
    later(clock, seconds=2)
    page = browser.see("/medewerker/aanmelden", 302)
    assert page.to == "/medewerker/inloggen"
    assert "Het inloggen duurde te lang. Begin opnieuw." in browser.follow(page).main


@pytest.mark.parametrize("page", ["/medewerker/code", "/medewerker/aanmelden"])
def test_without_a_password_there_is_no_second_step(browser: Browser, page: str) -> None:
    assert browser.see(page, 302).to == "/medewerker/inloggen"


def test_the_password_alone_opens_nothing(given: Given, browser: Browser) -> None:
    staff(given, Role.HULPVERLENER)
    password(browser)
    assert (browser.see("/werkvoorraad", 302).to or "").startswith("/medewerker/inloggen")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(given: Given, browser: Browser) -> None:
    staff(given, Role.HULPVERLENER)
    asked = browser.see("/werkvoorraad?x=1", 302)
    assert asked.to == "/medewerker/inloggen?verder=/werkvoorraad?x%3D1"
    page = browser.fill(asked.to, {"email": ANNA, "wachtwoord": "een lang wachtwoord voor de proef"})
    page = browser.see(page.to or "")
    assert browser.fill(page, {"code": code(secret_on(page))}).to == "/werkvoorraad?x=1"


@pytest.mark.parametrize(
    "target",
    [
        "https://kwaad.example/",
        "//kwaad.example/",
        "/\\kwaad.example/",
        "\\\\kwaad.example",
        "http:kwaad.example",
        "javascript:alert(1)",
        "/%09/kwaad.example".replace("%09", "\t"),
        "/\r\nSet-Cookie: a=b",
        "werkvoorraad",
        "/" + "a" * 501,
    ],
)
def test_no_other_site_can_be_the_target(given: Given, browser: Browser, target: str) -> None:
    staff(given, Role.HULPVERLENER)
    asked = browser.get("/medewerker/inloggen", query_string={"verder": target})
    assert "kwaad" not in asked.get_data(as_text=True)
    browser.post(
        "/medewerker/inloggen",
        query_string={"verder": target},
        data=browser.see("/medewerker/inloggen").form().values
        | {"email": ANNA, "wachtwoord": "een lang wachtwoord voor de proef"},
    )
    page = browser.see("/medewerker/aanmelden")
    assert browser.fill(page, {"code": code(secret_on(page))}).to == "/werkvoorraad"
    assert browser.get("/medewerker/inloggen", query_string={"verder": target}).headers["Location"] == "/werkvoorraad"


def test_who_is_in_already_goes_straight_on(given: Given, browser: Browser) -> None:
    staff(given, Role.HULPVERLENER)
    enrol(browser)
    assert browser.see("/medewerker/inloggen", 302).to == "/werkvoorraad"


def test_signing_out_revokes_the_session(
    given: Given, browser: Browser, owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    staff(given, Role.HULPVERLENER)
    enrol(browser)
    page = browser.press(browser.see("/werkvoorraad"), "Uitloggen")
    assert page.to == "/uitgelogd"
    assert browser.see("/uitgelogd").h1 == "U bent uitgelogd"
    assert owner.execute("SELECT count(*) FROM sessie WHERE revoked_at IS NULL").fetchone() == (0,)
    assert browser.see("/werkvoorraad", 302).to


def test_a_copied_cookie_is_worthless_after_signing_out(given: Given, new_browser: MakeBrowser) -> None:
    staff(given, Role.HULPVERLENER)
    browser, thief = new_browser(), new_browser()
    enrol(browser)
    cookie = browser.get_cookie("__Host-pauzeknop", domain="pauzeknop.example")
    assert cookie is not None
    thief.set_cookie("__Host-pauzeknop", cookie.value, domain="pauzeknop.example")
    thief.see("/werkvoorraad")
    browser.press(browser.see("/werkvoorraad"), "Uitloggen")
    thief.see("/werkvoorraad", 302)


def test_who_is_half_way_in_is_out_when_the_password_is_replaced(given: Given, new_browser: MakeBrowser) -> None:
    """He would see the secret of the app that the owner is about to connect, and connect it first."""
    anna = staff(given, Role.HULPVERLENER)
    thief, owner_of_it = new_browser(), new_browser()
    assert password(thief).to == "/medewerker/aanmelden"
    with given.session(Actor.systeem()) as session:
        assert anna.id
        new = organisatie.restore_access(session, anna.id)
    assert password(owner_of_it, wachtwoord=new).to == "/medewerker/aanmelden"
    for step in ("/medewerker/aanmelden", "/medewerker/code", "/medewerker/herstelcode"):
        assert thief.see(step, 302).to == "/medewerker/inloggen"
    assert owner_of_it.see("/medewerker/aanmelden").h1


def test_signing_out_needs_the_token_of_a_page(browser: Browser) -> None:
    assert browser.post("/uitloggen").status_code == 400
    assert browser.get("/uitloggen").status_code == 405


def test_an_inactive_medewerker_is_out_at_once(
    given: Given, browser: Browser, owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    staff(given, Role.HULPVERLENER)
    enrol(browser)
    owner.execute("UPDATE medewerker SET actief = false")
    browser.see("/werkvoorraad", 302)


def test_an_idle_session_ends(given: Given, browser: Browser, clock: Clock) -> None:
    staff(given, Role.HULPVERLENER)
    enrol(browser)
    later(clock, seconds=1801)
    browser.see("/werkvoorraad", 302)


def test_a_page_of_the_hulpvrager_does_not_wake_an_idle_session(given: Given, browser: Browser, clock: Clock) -> None:
    staff(given, Role.HULPVERLENER)
    enrol(browser)
    later(clock, seconds=1801)
    begin(browser)
    browser.see("/werkvoorraad", 302)


def test_a_busy_session_ends_after_twelve_hours(given: Given, browser: Browser, clock: Clock) -> None:
    staff(given, Role.HULPVERLENER)
    enrol(browser)
    for _ in range(24):
        later(clock, seconds=1790)
        browser.see("/werkvoorraad")
    later(clock, seconds=300)
    browser.see("/werkvoorraad", 302)


# --- a password of one's own ----------------------------------------------------------------------

CHANGE = "Wachtwoord veranderen"
NEW = "een zin van mij alleen"


def test_a_new_password_signs_out_everywhere_and_is_the_one_that_counts(
    given: Given, browser: Browser, new_browser: MakeBrowser
) -> None:
    staff(given, Role.HULPVERLENER)
    enrol(browser)
    account = browser.see(browser.see("/werkvoorraad").links["Uw account"])
    page = browser.see(account.links["Wijzigen: wachtwoord"])
    done = browser.fill(page, {"huidig": WACHTWOORD, "nieuw": NEW}, button=CHANGE)
    assert done.to == "/medewerker/inloggen"
    browser.see("/werkvoorraad", 302)
    assert password(new_browser()).errors == [WRONG]
    assert password(new_browser(), wachtwoord=NEW).to == "/medewerker/code"


@pytest.mark.parametrize(
    ("huidig", "nieuw", "sentence"),
    [
        ("", NEW, "Vul uw wachtwoord van nu in."),
        ("iets anders", NEW, "Dit is niet uw wachtwoord van nu."),
        ("x" * 1001, NEW, "Dit is niet uw wachtwoord van nu."),
        (WACHTWOORD, "", "Vul een nieuw wachtwoord in."),
        (WACHTWOORD, "elf tekens!", "Kies een wachtwoord van 12 tekens of meer, bijvoorbeeld een zin."),
        (WACHTWOORD, "x" * 1001, "Dit wachtwoord is te lang. Gebruik hoogstens 1000 tekens."),
        (WACHTWOORD, WACHTWOORD, "Dit is uw wachtwoord van nu. Kies een ander."),
    ],
)
def test_a_password_that_cannot_be_changed_stays(
    given: Given, browser: Browser, huidig: str, nieuw: str, sentence: str
) -> None:
    staff(given, Role.AUDITOR)
    enrol(browser)
    page = browser.fill("/medewerker/wachtwoord", {"huidig": huidig, "nieuw": nieuw}, button=CHANGE)
    assert page.errors == [sentence]
    assert huidig not in page.html or not huidig
    browser.see("/werkvoorraad")
