from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import select

from portal.actions import hulpvrager, toegang
from portal.domain.kenmerk import new_kenmerk
from portal.domain.roles import Actor
from portal.models import Bericht
from portal.models.zoekindex import email_index
from tests.conftest import FIRST_DAY, Clock
from tests.given import EMAIL, Given
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser

Owner = psycopg.Connection[tuple[object, ...]]


def mailed_links(given: Given, email: str = EMAIL) -> list[str]:
    """The paths in the mails that the worker would send for a request by this address, newest case first."""
    index = email_index(email)
    assert index is not None
    with given.session(Actor.systeem()) as session:
        toegang.issue_links(session, index, 1800, uuid4())
    return paths(given)


def paths(given: Given) -> list[str]:
    with given.session(Actor.systeem()) as session:
        mails = session.scalars(select(Bericht).where(Bericht.soort == "toegangslink").order_by(Bericht.issued_at))
        words = [word for mail in mails for word in mail.tekst.split() if word.startswith("https://")]
    return [urlsplit(word).path for word in words]


def code_of(given: Given, id: UUID) -> str:
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        return toegang.make_toegangscode(session, person)


def kenmerk_of(given: Given, id: UUID) -> str:
    return given.case(id).kenmerk


def with_code(browser: Browser, kenmerk: str, code: str) -> Page:
    return browser.fill("/terug/code", {"kenmerk": kenmerk, "code": code})


# --- by mail --------------------------------------------------------------------------------------


def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_work(
    given: Given, new_browser: MakeBrowser, owner: Owner
) -> None:
    given.submitted()
    known, unknown = new_browser(), new_browser()
    answers = [
        browser.fill("/terug/mail", {"email": email}) for browser, email in ((known, EMAIL), (unknown, "x@y.nl"))
    ]
    assert [page.to for page in answers] == ["/terug/gevraagd"] * 2
    assert known.see("/terug/gevraagd").main == unknown.see("/terug/gevraagd").main
    jobs = owner.execute("SELECT task_name, args FROM procrastinate_jobs WHERE task_name = 'mail_links'").fetchall()
    assert len(jobs) == 2
    assert EMAIL not in str(jobs)


def test_known_and_unknown_addresses_cost_the_database_the_same_work(
    given: Given, new_browser: MakeBrowser, count_statements: Callable[[], Any]
) -> None:
    given.submitted()
    asked = []
    for email in (EMAIL, "iemand@voorbeeld.nl"):
        page = (browser := new_browser()).see("/terug/mail")
        with count_statements() as sent:
            browser.fill(page, {"email": email})
        asked.append(list(sent))
    assert asked[0] == asked[1]


def test_a_link_dies_when_the_address_changes_or_somebody_reads_along(given: Given, browser: Browser) -> None:
    contact = {"telefoon": "06 12345678", "email": EMAIL, "moment": "ochtend"}
    for sectie in (contact | {"email": "nieuw@inwoner.example"}, contact | {"meelezen": True}):
        id = given.concept()
        path = mailed_links(given)[-1]
        with given.session(Actor.hulpvrager(id)) as session:
            hulpvrager.save_answers(session, session.actor, {"contact": sectie})
        assert browser.press(path, "Ga verder").status == 410


def test_a_link_lives_on_when_another_answer_changes(given: Given, browser: Browser) -> None:
    id = given.concept()
    (path,) = mailed_links(given)
    with given.session(Actor.hulpvrager(id)) as session:
        hulpvrager.save_answers(session, session.actor, {"bedrijf": {"eigen_bedrijf": "ja"}})
    assert browser.press(path, "Ga verder").to == "/verzoek"


def test_a_mailed_link_opens_the_case_once(given: Given, new_browser: MakeBrowser) -> None:
    given.submitted()
    (path,) = mailed_links(given)
    browser = new_browser()
    page = browser.see(path)
    assert page.h1 == "Ga verder met uw verzoek"
    assert browser.press(page, "Ga verder").to == "/verzoek"
    browser.see("/verzoek")
    late = new_browser()
    refused = late.press(late.see(path), "Ga verder")
    assert refused.status == 410
    assert refused.h1 == "Deze link werkt niet meer"
    assert "/terug/mail" in refused.links.values()


def test_scanners_that_open_the_link_spend_nothing(given: Given, new_browser: MakeBrowser, owner: Owner) -> None:
    given.submitted()
    (path,) = mailed_links(given)
    for _ in range(3):
        new_browser().get(path)
        new_browser().head(path)
    assert owner.execute("SELECT used_at FROM toegangslink").fetchall() == [(None,)]
    assert owner.execute("SELECT count(*) FROM sessie").fetchone() == (0,)


def test_an_expired_and_a_replaced_link_say_the_same(given: Given, browser: Browser, clock: Clock) -> None:
    given.submitted()
    first, second = mailed_links(given)[0], mailed_links(given)[1]
    replaced = browser.press(browser.see(first), "Ga verder")
    clock.set(FIRST_DAY, hour=11)
    expired = browser.press(browser.see(second), "Ga verder")
    assert replaced.status == expired.status == 410
    assert replaced.main == expired.main


@pytest.mark.parametrize("token", ["onzin", "a.b.c", "WyJh.xx.yy", "%F0%9F%92%A9", "x" * 4000, "IjEi.aaa.bbb"])
def test_a_tampered_link_is_the_same_calm_page(browser: Browser, token: str) -> None:
    page = browser.see(f"/terug/{token}", 410)
    assert page.h1 == "Deze link werkt niet meer"
    form = browser.see("/terug/mail").form().values
    assert browser.post(f"/terug/{token}", data=form).status_code == 410


def test_a_double_click_lets_in_once_and_shows_the_way_on(given: Given, new_browser: MakeBrowser, owner: Owner) -> None:
    given.submitted()
    (path,) = mailed_links(given)
    first, second = new_browser(), new_browser()  # the two requests of one browser, both with its first cookie
    page = first.see(path)
    cookie = first.get_cookie("__Host-pauzeknop", domain="pauzeknop.example")
    assert cookie is not None
    second.set_cookie("__Host-pauzeknop", cookie.value, domain="pauzeknop.example")
    assert first.press(page, "Ga verder").to == "/verzoek"
    late = second.press(page, "Ga verder")
    assert late.status == 410
    assert owner.execute("SELECT count(*) FROM sessie").fetchone() == (1,)
    assert first.follow(first.see(late.links["Kijk of u al binnen bent"], 302)).url == "/verzoek"


def test_the_sixth_request_for_an_address_is_refused(new_browser: MakeBrowser) -> None:
    for number in range(5):
        assert new_browser(address=f"203.0.113.{number}").fill("/terug/mail", {"email": EMAIL}).status == 302
    assert new_browser().fill("/terug/mail", {"email": EMAIL.upper()}).status == 429


@pytest.mark.parametrize("typed", ["", "fatma", "a@b", "a@b.nl, c@d.nl", "a@b.nl\nBcc: c@d.nl"])
def test_an_address_that_cannot_be_one_gets_a_sentence_and_stays(browser: Browser, typed: str) -> None:
    page = browser.fill("/terug/mail", {"email": typed})
    assert page.status == 200
    assert len(page.errors) == 1


# --- by kenmerk and code --------------------------------------------------------------------------


def test_kenmerk_and_code_lead_back_on_another_device_however_they_are_typed(
    given: Given, new_browser: MakeBrowser
) -> None:
    id = given.submitted()
    kenmerk, code = kenmerk_of(given, id), code_of(given, id)
    for typed in ((kenmerk, code), (kenmerk.lower().replace("-", " "), code.lower().replace("-", ""))):
        browser = new_browser()
        assert with_code(browser, *typed).to == "/verzoek"
        assert kenmerk in browser.see("/verzoek").main


def test_a_concept_goes_on_at_its_first_open_question(given: Given, browser: Browser) -> None:
    _ = given.organisatie_id
    id = given.concept(hulp=None)
    with_code(browser, kenmerk_of(given, id), code_of(given, id))
    assert browser.see("/verzoek", 302).to == "/verzoek/hulp"


def test_wrong_kenmerk_and_wrong_code_get_one_sentence(given: Given, browser: Browser) -> None:
    id = given.submitted()
    kenmerk, code = kenmerk_of(given, id), code_of(given, id)
    never_made = given.submitted()
    pages = [
        with_code(browser, new_kenmerk(), code),
        with_code(browser, kenmerk, "2222-2222-2222"),
        with_code(browser, kenmerk_of(given, never_made), code),
    ]
    sentence = "Dit kenmerk en deze toegangscode horen niet bij elkaar. Kijk ze allebei na."
    assert [page.errors for page in pages] == [[sentence]] * 3


def test_an_older_code_no_longer_works(given: Given, browser: Browser) -> None:
    id = given.submitted()
    old, new = code_of(given, id), code_of(given, id)
    assert with_code(browser, kenmerk_of(given, id), old).errors
    assert with_code(browser, kenmerk_of(given, id), new).to == "/verzoek"


def test_a_slip_of_the_pen_in_the_kenmerk_is_told_and_nothing_is_lost(given: Given, browser: Browser) -> None:
    id = given.submitted()
    kenmerk, code = kenmerk_of(given, id), code_of(given, id)
    swapped = kenmerk[:-1] + ("C" if kenmerk[-1] != "C" else "D")
    page = with_code(browser, swapped, code)
    assert page.errors == ["In dit kenmerk zit een tikfout. Kijk het nog eens na. Bijvoorbeeld: PK-H4X-9TQ-27F"]
    assert page.form().values["kenmerk"] == swapped
    assert page.form().values["code"] == code


def test_guessing_codes_of_one_kenmerk_stops_from_everywhere(given: Given, new_browser: MakeBrowser) -> None:
    id = given.submitted()
    kenmerk, code = kenmerk_of(given, id), code_of(given, id)
    for number in range(10):
        with_code(new_browser(address=f"203.0.113.{number}"), kenmerk, "2222-2222-2222")
    assert with_code(new_browser(), kenmerk.lower(), code).status == 429


def test_guessing_kenmerken_from_one_address_stops(new_browser: MakeBrowser) -> None:
    browser = new_browser()
    statuses = [with_code(browser, new_kenmerk(), "2222-2222-2222").status for _ in range(31)]
    assert statuses == [200] * 30 + [429]


# --- in and out -----------------------------------------------------------------------------------


def test_who_is_in_already_goes_straight_to_the_case(given: Given, browser: Browser) -> None:
    id = given.submitted()
    with_code(browser, kenmerk_of(given, id), code_of(given, id))
    assert browser.see("/terug", 302).to == "/verzoek"


def test_a_page_of_a_case_leads_a_stranger_to_the_ways_back(browser: Browser) -> None:
    page = browser.see("/verzoek", 302)
    assert page.to == "/terug"
    page = browser.see("/terug")
    assert "Wat u al had ingevuld, is bewaard." in page.main
    assert {"/terug/mail", "/terug/code"} <= set(page.links.values())


def test_signing_out_ends_the_session_of_the_hulpvrager(given: Given, browser: Browser, owner: Owner) -> None:
    id = given.submitted()
    with_code(browser, kenmerk_of(given, id), code_of(given, id))
    token = browser.see("/terug/mail").form().values["csrf_token"]
    assert browser.post("/uitloggen", data={"csrf_token": token}).headers["Location"] == "/uitgelogd"
    assert owner.execute("SELECT count(*) FROM sessie WHERE revoked_at IS NULL").fetchone() == (0,)
    assert browser.see("/verzoek", 302).to == "/terug"
