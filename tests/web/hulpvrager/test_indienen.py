"""Check, file, confirm, and the ways back."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.actions.toegang import open_with_code
from portal.domain.errors import OngeldigeToegang
from portal.domain.roles import Actor
from portal.domain.status import Status
from portal.models import Toegangslink
from tests.conftest import FIRST_DAY, Clock
from tests.given import Given, antwoorden
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import ANSWERS, KENMERK, answer, answer_until, sign_in, verzoek_of

CHECK = "/verzoek/controle"
DREIGEND = {"ontruiming": "ja", "afsluiting": "nee", "zorgverzekering": "nee"}


@pytest.fixture(autouse=True)
def _organisatie(given: Given) -> None:
    _ = given.organisatie_id


def test_the_check_page_shows_every_answer(browser: Browser) -> None:
    answer_until(browser, "schulden")
    browser.fill("/verzoek/schulden/nieuw", {"afzender": "Ziggo", "bedrag": "12,50"})
    for slug in ("schulden", "toestemming"):
        answer(browser, slug)
    main = browser.see(CHECK).main
    for shown in (
        "Uw huis uit: nee",
        "Zorgverzekering stopt: weet ik niet",
        "Utrecht",
        "F. van der Meer",
        "14 mei 1987",
        "3511 AB, 12 bis",
        "06 12345678",
        "fatma@inwoner.example",
        "Bellen: ochtend",
        "Nee, ik doe het zelf",
        "Ziggo",
        "€ 12,50",
        "Ja, wij mogen het vertellen aan uw schuldeisers",
    ):
        assert shown in main, shown


@pytest.mark.parametrize(("telefoon", "says"), [("06-12345678", "De gemeente belt u"), ("", "krijgt u een e‑mail")])
def test_the_check_page_promises_a_call_only_to_a_telephone(browser: Browser, telefoon: str, says: str) -> None:
    answer_until(browser)
    answer(browser, "contact", ANSWERS["contact"] | {"telefoon": telefoon})
    main = browser.see(CHECK).main
    assert says in main
    assert ("belt" in main) == bool(telefoon)


def test_what_was_filed_cannot_be_wiped_and_no_page_offers_it(browser: Browser) -> None:
    answer_until(browser)
    assert "wis wat u hebt ingevuld" in browser.see("/verzoek/bewaren").main
    browser.fill(CHECK, {"klopt": "y"})
    assert "wis" not in browser.see("/verzoek/bewaren").main


def test_filing_needs_a_tick(browser: Browser, given: Given) -> None:
    answer_until(browser)
    page = browser.fill(CHECK)
    assert page.status == 422
    assert page.errors == ["Zet een vinkje als u alles hebt ingevuld zoals u het weet."]
    assert verzoek_of(browser, given).status is Status.CONCEPT


def test_filing_twice_is_filing_once(browser: Browser, given: Given) -> None:
    answer_until(browser)
    page = browser.see(CHECK)
    for _ in range(2):
        assert browser.fill(page, {"klopt": "y"}).to == "/verzoek/bevestiging"
    assert browser.see(CHECK, 302).to == "/verzoek/bevestiging"
    assert verzoek_of(browser, given).status is Status.INGEDIEND


def test_a_question_that_opened_meanwhile_is_asked_before_filing(browser: Browser, given: Given) -> None:
    answer_until(browser)
    page = browser.see(CHECK)
    young = {"geboren_on-dag": "1", "geboren_on-maand": "1", "geboren_on-jaar": "2015"}
    answer(browser, "geboortedatum", young)
    assert browser.fill(page, {"klopt": "y"}).to == "/verzoek/minderjarig"
    assert verzoek_of(browser, given).status is Status.CONCEPT


def test_a_gemeente_that_stopped_meanwhile_is_told_before_filing(browser: Browser, given: Given) -> None:
    answer_until(browser)
    page = browser.see(CHECK)
    answer(browser, "gemeente", {"naam": "Groningen"})
    assert browser.fill(page, {"klopt": "y"}).to == "/verzoek/nog-niet"


def test_under_threat_the_gemeente_calls_within_three_working_days(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted(dreiging=DREIGEND))
    main = browser.see("/verzoek/bevestiging").main
    assert "Uiterlijk donderdag 4 februari 2027 belt iemand van gemeente Utrecht u (3 werkdagen)." in main
    assert "Daarom gaat uw verzoek voor." in main


def test_the_confirmation_says_what_to_keep_paying_and_who_was_told(browser: Browser, given: Given) -> None:
    id = given.submitted()
    sign_in(browser, given.database, id)
    main = browser.see("/verzoek/bevestiging").main
    assert given.case(id).kenmerk in main
    assert "zorgpremie" in main
    assert "Wij hebben nog niets aan uw schuldeisers verteld." in main
    assert "Maak nu een code" not in main


def test_who_has_no_mail_is_asked_to_make_a_code_now(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted(contact={**antwoorden()["contact"], "email": ""}))
    assert "Maak nu een code" in browser.see("/verzoek/bevestiging").main


def test_the_confirmation_ends_with_the_decision(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.declined())
    assert browser.see("/verzoek/bevestiging", 302).to == "/verzoek"


@pytest.mark.parametrize("slug", [*ANSWERS, "nog-niet", "minderjarig"])
def test_after_filing_every_question_is_closed(slug: str, browser: Browser, given: Given) -> None:
    id = given.submitted()
    sign_in(browser, given.database, id)
    assert browser.see(f"/verzoek/{slug}", 302).to == "/verzoek"
    token = browser.see("/verzoek/bewaren").form("Uitloggen").values
    before = given.case(id).antwoorden
    assert Page(browser.post(f"/verzoek/{slug}", data=token | ANSWERS.get(slug, {}))).to == "/verzoek"
    assert given.case(id).antwoorden == before


# --- ways back ------------------------------------------------------------------------------------


def code_on(page: Page) -> str:
    """The access code as shown."""
    shown = [node.text or "" for node in page.tree.iter("span") if node.get("class") == "pk-code"]
    assert KENMERK.fullmatch(shown[0])
    return shown[1]


def test_a_code_is_shown_once_and_leads_back_on_another_device(
    browser: Browser, new_browser: MakeBrowser, given: Given
) -> None:
    answer_until(browser, "adres")
    page = browser.press("/verzoek/bewaren", "Maak een code")
    assert page.status == 200
    code = code_on(page)
    assert code not in browser.see("/verzoek/bewaren").main
    assert browser.see("/verzoek/toegangscode", 302).to == "/verzoek/bewaren"
    token = opened(given, verzoek_of(browser, given).kenmerk, code)
    other = new_browser()
    with other.session_transaction(base_url=other.origin) as cookie:
        cookie["hulpvrager"] = token
    assert other.follow(other.see("/verzoek", 302)).url == "/verzoek/adres"


def opened(given: Given, kenmerk: str, code: str) -> str:
    with given.session(Actor.bezoeker()) as session:
        return open_with_code(session, kenmerk, code, 3600)


def test_a_new_code_ends_the_old_one(browser: Browser, given: Given) -> None:
    answer_until(browser, "adres")
    old = code_on(browser.press("/verzoek/bewaren", "Maak een code"))
    page = browser.see("/verzoek/bewaren")
    assert "Dan werkt de oude code niet meer." in page.main
    browser.press(page, "Maak een code")
    with pytest.raises(OngeldigeToegang):
        opened(given, verzoek_of(browser, given).kenmerk, old)


def test_a_link_is_mailed_when_the_address_is_known(browser: Browser, given: Given) -> None:
    answer_until(browser, "contact")
    assert "Stuur mij een link" not in browser.see("/verzoek/bewaren").main
    answer(browser, "contact")
    page = browser.follow(browser.press("/verzoek/bewaren", "Stuur mij een link"))
    assert page.url == "/verzoek/bewaren"
    assert "De link werkt 30 minuten." in page.main
    assert sent_links(given, verzoek_of(browser, given).id) == 1


def sent_links(given: Given, id: UUID) -> int:
    with given.session(Actor.systeem()) as session:
        count = select(func.count()).select_from(Toegangslink).where(Toegangslink.verzoek_id == id)
        return session.scalar(count) or 0


def test_without_an_address_no_link_is_mailed(browser: Browser, given: Given) -> None:
    answer_until(browser, "contact")
    token = browser.see("/verzoek/bewaren").form("Uitloggen").values
    assert Page(browser.post("/verzoek/link", data=token)).to == "/verzoek/bewaren"
    assert sent_links(given, verzoek_of(browser, given).id) == 0


def test_links_are_limited(browser: Browser) -> None:
    answer_until(browser, "hulp")
    for _ in range(5):
        assert browser.press("/verzoek/bewaren", "Stuur mij een link").status == 302
    assert browser.press("/verzoek/bewaren", "Stuur mij een link").status == 429


def test_every_page_of_the_journey_leads_to_later(browser: Browser) -> None:
    answer_until(browser)
    for slug in [*ANSWERS, "controle"]:
        assert browser.see(f"/verzoek/{slug}").links["Later verder"] == "/verzoek/bewaren"


def test_a_session_that_ended_says_that_everything_was_kept(browser: Browser, clock: Clock) -> None:
    answer_until(browser, "adres")
    clock.set(FIRST_DAY, hour=23)
    assert browser.see("/verzoek/adres", 302).to == "/terug"
