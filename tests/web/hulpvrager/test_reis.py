"""The whole journey: in order, interrupted anywhere, and with addresses typed in the wrong order."""

from datetime import date, timedelta

import pytest

from portal import clock as portal_clock
from portal.actions.hulpvrager import confirm_identity, save_answers
from portal.db import limits
from portal.domain.roles import Actor
from portal.domain.status import Status
from tests.conftest import Clock
from tests.given import WIJDEMEREN, Given, antwoorden
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.reis import ANSWERS, answer, answer_until, begin, sign_in, verzoek_of

SLUGS = list(ANSWERS)


@pytest.fixture(autouse=True)
def _organisatie(given: Given) -> None:
    _ = given.organisatie_id


def test_somebody_files_a_request_from_start_to_confirmation(browser: Browser, given: Given) -> None:
    page = begin(browser)
    for slug in SLUGS:
        assert page.url == f"/verzoek/{slug}"
        page = browser.follow(answer(browser, slug))
    assert page.url == "/verzoek/controle"
    done = browser.follow(browser.fill(page, {"klopt": "y"}))
    assert done.url == "/verzoek/bevestiging"
    assert "Uiterlijk maandag 1 maart 2027 belt iemand van gemeente Utrecht u (4 weken)." in done.main
    verzoek = verzoek_of(browser, given)
    assert verzoek.status is Status.INGEDIEND
    expected = antwoorden(contact={**antwoorden()["contact"], "email": "fatma@inwoner.example"})
    for slug in set(SLUGS) - {"dreiging"}:
        assert verzoek.antwoorden[slug] == expected[slug], slug
    assert verzoek.toestemming is not None


@pytest.mark.parametrize("slug", [*SLUGS, None])
def test_an_interrupted_journey_goes_on_where_it_was_on_another_device(
    slug: str | None, browser: Browser, new_browser: MakeBrowser, given: Given
) -> None:
    answer_until(browser, slug)
    other = new_browser()
    sign_in(other, given.database, verzoek_of(browser, given).id)
    assert other.follow(other.see("/verzoek", 302)).url == f"/verzoek/{slug or 'controle'}"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_question_further_on_leads_back_to_the_first_open_one(slug: str, browser: Browser) -> None:
    answer_until(browser, slug)
    behind = [*SLUGS[SLUGS.index(slug) + 1 :], "controle", "nog-niet", "minderjarig"]
    if "schulden" in behind:
        behind.append("schulden/nieuw")
    token = browser.see(f"/verzoek/{slug}").form().values
    for later in behind:
        assert browser.see(f"/verzoek/{later}", 302).to == f"/verzoek/{slug}", later
        assert Page(browser.post(f"/verzoek/{later}", data=token)).to == f"/verzoek/{slug}", later


@pytest.mark.parametrize("slug", SLUGS)
def test_a_change_returns_to_the_check_page_and_shows_what_was_given(slug: str, browser: Browser) -> None:
    answer_until(browser)
    check = browser.see("/verzoek/controle")
    change = {url for text, url in check.links.items() if text.startswith("Wijzigen")}
    assert f"/verzoek/{slug}" in change
    before = check.main
    again = browser.press(f"/verzoek/{slug}", "Verder met een lege lijst" if slug == "schulden" else "Verder")
    assert again.to == "/verzoek/controle", again.errors
    assert browser.see("/verzoek/controle").main == before


def test_going_back_leads_through_every_question(browser: Browser) -> None:
    answer_until(browser)
    page, seen = browser.see("/verzoek/controle"), []
    while "Terug" in page.links:
        page = browser.see(page.links["Terug"])
        seen.append(page.url.removeprefix("/verzoek/"))
    assert seen == SLUGS[::-1]


def test_an_unknown_page_does_not_exist(browser: Browser) -> None:
    begin(browser)
    assert browser.see("/verzoek/onzin", 404).h1
    assert browser.see("/verzoek/schulden/geen-uuid", 404).h1


@pytest.mark.parametrize(
    "path",
    [
        "",
        *(f"/{slug}" for slug in SLUGS),
        "/controle",
        "/bevestiging",
        "/bewaren",
        "/intrekken",
        "/aanvulling",
        "/toestemming-geven",
    ],
)
def test_nobody_gets_in_without_a_request_of_his_own(path: str, browser: Browser) -> None:
    assert browser.see(f"/verzoek{path}", 302).to == "/terug"


def test_the_start_button_goes_on_with_what_this_browser_has(browser: Browser, given: Given) -> None:
    answer_until(browser, "naam")
    first = verzoek_of(browser, given).id
    assert begin(browser).url == "/verzoek/naam"
    assert verzoek_of(browser, given).id == first


def test_after_filing_the_start_button_leads_to_the_status_page(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.submitted())
    assert begin(browser).url == "/verzoek"


def test_after_a_stopped_request_the_start_button_begins_anew(browser: Browser, given: Given) -> None:
    sign_in(browser, given.database, given.withdrawn())
    assert begin(browser).url == "/verzoek/dreiging"


def test_looking_at_the_address_of_the_start_button_begins_nothing(browser: Browser) -> None:
    assert browser.see("/verzoek/begin", 302).to == "/"


def test_one_address_cannot_begin_without_end(
    browser: Browser, new_browser: MakeBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "START_PER_CLIENT", limits.Limit("start_client", 1, 3600))
    begin(browser)
    other = new_browser()
    refused = other.fill(other.see("/"), button=next(b for f in other.see("/").forms for b in f.buttons))
    assert refused.status == 429
    assert begin(new_browser(address="203.0.113.9")).url == "/verzoek/dreiging"


# --- the gemeente ---------------------------------------------------------------------------------


def test_a_gemeente_that_takes_no_part_is_told_what_to_do_and_loses_nothing(browser: Browser, given: Given) -> None:
    answer_until(browser, "gemeente")
    page = browser.follow(answer(browser, "gemeente", {"naam": "groningen"}))
    assert page.url == "/verzoek/nog-niet"
    assert page.h1 == "Gemeente Groningen doet nog niet mee"
    assert "bewaard tot en met 3 maart 2027" in page.main
    assert browser.see("/verzoek/naam", 302).to == "/verzoek/nog-niet"
    chosen = browser.follow(answer(browser, "gemeente", {"naam": "Utrecht"}))
    assert chosen.url == "/verzoek/naam"
    assert "dreiging" in verzoek_of(browser, given).antwoorden


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2026, 12, 31), False), (date(2027, 1, 1), True)],
)
def test_wijdemeren_on_either_side_of_the_merger(
    day: date, told: bool, browser: Browser, clock: Clock, given: Given
) -> None:
    clock.set(day)
    answer_until(browser, "gemeente")
    page = browser.follow(answer(browser, "gemeente", {"naam": "Wijdemeren"}))
    assert page.url == "/verzoek/naam"
    assert ("Wijdemeren hoort sinds 1 januari 2027 bij Hilversum." in page.main) is told
    assert ("Bel gemeente Hilversum" in page.text) is told
    assert verzoek_of(browser, given).antwoorden["gemeente"] == {"code": WIJDEMEREN}


def test_a_part_of_a_name_gives_the_gemeenten_it_may_be(browser: Browser, given: Given) -> None:
    answer_until(browser, "gemeente")
    page = answer(browser, "gemeente", {"naam": "Bergen"})
    assert page.status == 422
    assert "Bergen op Zoom" in page.main
    assert browser.fill(page, {"keuze": "GM0893"}).to == "/verzoek/nog-niet"
    assert verzoek_of(browser, given).antwoorden["gemeente"] == {"code": "GM0893"}


def test_whose_gemeente_is_not_offered_is_told_where_its_name_stands(browser: Browser, given: Given) -> None:
    answer_until(browser, "gemeente")
    page = answer(browser, "gemeente", {"naam": "De Meern"})
    page = browser.fill(page, {"keuze": "geen"})
    assert page.status == 422
    assert "De naam staat op een brief van de gemeente" in page.main
    assert page.form().values["naam"] == "De Meern"
    assert "Mijn gemeente staat er niet bij" not in page.main
    assert browser.fill(page, {"naam": "Utrecht"}).to == "/verzoek/naam"


def test_a_choice_counts_only_for_the_name_it_was_made_for(browser: Browser, given: Given) -> None:
    answer_until(browser, "gemeente")
    page = answer(browser, "gemeente", {"naam": "Bergen", "keuze": "GM0344"})
    assert page.status == 422
    assert browser.fill(page, {"keuze": "GM0893", "naam": "Utrecht"}).to == "/verzoek/naam"
    assert verzoek_of(browser, given).antwoorden["gemeente"] == {"code": "GM0344"}


@pytest.mark.parametrize(
    ("typed", "code"), [("den haag", "GM0518"), ("'s gravenhage", "GM0518"), ("Den Bosch", "GM0796")]
)
def test_the_name_that_everybody_uses_is_known(typed: str, code: str, browser: Browser, given: Given) -> None:
    answer_until(browser, "gemeente")
    assert answer(browser, "gemeente", {"naam": typed}).status == 302
    assert verzoek_of(browser, given).antwoorden["gemeente"] == {"code": code}


# --- who is young, and who came with DigiD --------------------------------------------------------


def test_somebody_under_age_is_led_to_the_telephone_and_may_go_on(browser: Browser) -> None:
    answer_until(browser, "geboortedatum")
    young = {"geboren_on-dag": "2", "geboren_on-maand": "2", "geboren_on-jaar": "2009"}
    page = browser.follow(answer(browser, "geboortedatum", young))
    assert page.url == "/verzoek/minderjarig"
    assert "030 1234567" in page.main
    assert browser.press(page, "Toch verder invullen").to == "/verzoek/adres"


def test_who_turns_eighteen_today_is_of_age(browser: Browser) -> None:
    answer_until(browser, "geboortedatum")
    today = {"geboren_on-dag": "1", "geboren_on-maand": "2", "geboren_on-jaar": "2009"}
    assert answer(browser, "geboortedatum", today).to == "/verzoek/adres"


@pytest.mark.parametrize("slug", ["naam", "geboortedatum"])
def test_what_came_from_digid_can_be_read_and_not_changed(slug: str, browser: Browser, given: Given) -> None:
    answer_until(browser)
    id = verzoek_of(browser, given).id
    person = Actor.hulpvrager(id)
    told = {name: antwoorden()[name] for name in ("naam", "geboortedatum")}
    with given.session(person) as session:
        confirm_identity(session, person, "digid", "999990019", told)
        save_answers(session, person, {"contact": antwoorden()["contact"]})
    sign_in(browser, given.database, id)
    page = browser.see(f"/verzoek/{slug}")
    assert not page.forms
    assert "F. van der Meer" in page.main
    token = browser.see("/verzoek/adres").form().values["csrf_token"]
    sent = Page(browser.post(f"/verzoek/{slug}", data={"csrf_token": token, "achternaam": "Ander"}))
    assert sent.to == "/verzoek/controle"
    assert verzoek_of(browser, given).persoon.achternaam == "Meer"
    changes = browser.see("/verzoek/controle").links.values()
    assert f"/verzoek/{slug}" not in changes
    assert "/verzoek/adres" in changes


def test_who_keeps_answering_is_not_signed_out_half_way(app, browser, clock):
    lifetime = timedelta(seconds=app.extensions["settings"].hulpvrager_session_seconds)
    begin(browser)
    started = portal_clock.now()
    for part, slug in enumerate(("dreiging", "gemeente", "naam"), start=1):
        clock.set_instant(started + part * 0.6 * lifetime)
        assert answer(browser, slug).status == 302
    browser.see("/verzoek/geboortedatum")


def test_who_is_away_longer_than_a_session_is_asked_to_come_back_in(app, browser, clock):
    begin(browser)
    lifetime = timedelta(seconds=app.extensions["settings"].hulpvrager_session_seconds)
    clock.set_instant(portal_clock.now() + lifetime + timedelta(seconds=1))
    assert browser.see("/verzoek/dreiging", 302).to == "/terug"
