"""Limits that a hostile client cannot step around."""

from uuid import uuid4

import pytest
from flask import request_started

from portal.actions import hulpvrager, toegang
from portal.db import limits
from portal.domain.roles import Actor, Role
from portal.models.zoekindex import email_index
from portal.web import session
from tests.actions.conftest import Counted
from tests.conftest import FIRST_DAY, Clock
from tests.given import EMAIL, Given, antwoorden
from tests.web.account.deur import enrol, password
from tests.web.account.deur import staff as staff_of
from tests.web.conftest import MakeApp, MakeBrowser


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("forged, by hand", "unknown"),
        ("", "unknown"),
    ],
)
def test_one_subscriber_is_one_client(make_app: MakeApp, address: str, counted: str) -> None:
    with make_app().test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert session.client() == counted


@pytest.mark.parametrize(("proxies", "counted"), [("0", "198.51.100.7"), ("1", "203.0.113.9"), ("2", "192.0.2.66")])
def test_only_what_our_own_proxies_wrote_is_believed(
    make_app: MakeApp, new_browser: MakeBrowser, proxies: str, counted: str
) -> None:
    """Whoever sends the request writes the first addresses himself; each proxy adds the one it saw."""
    app = make_app(TRUSTED_PROXIES=proxies)
    seen: list[str] = []
    with request_started.connected_to(lambda *_, **__: seen.append(session.client()), app):
        new_browser(app).get("/gezondheid", headers={"X-Forwarded-For": "10.6.6.6, 192.0.2.66, 203.0.113.9"})
    assert seen == [counted]


def test_concepts_with_my_address_do_not_crowd_out_the_case_that_i_filed(given: Given, count: Counted) -> None:
    """Anybody can begin concepts with somebody else's address; the links must lead to the real case all the same."""
    mine = given.submitted()
    index = email_index(EMAIL)
    assert index is not None
    for _ in range(toegang.LINKS_PER_ADDRESS + 1):
        given.concept()
    with given.session(Actor.systeem()) as db:
        assert toegang.issue_links(db, index, 1800, uuid4()) == toegang.LINKS_PER_ADDRESS
    assert count.rows("toegangslink", "verzoek_id = %s", mine) == 1


def test_many_concepts_cannot_flood_one_mailbox(given: Given, new_browser: MakeBrowser, count: Counted) -> None:
    """The limit belongs to the address that is written to, not to the concept."""
    _ = given.organisatie_id
    answers = []
    for number in range(limits.LINK_PER_ADDRESS.attempts + 1):
        browser = new_browser(address=f"203.0.113.{number}")
        browser.follow(browser.fill("/"))
        with browser.session_transaction(base_url=browser.origin) as cookie:
            token = cookie[session.HULPVRAGER_TOKEN]
        (id,) = count.owner.execute(
            "SELECT verzoek_id FROM sessie WHERE token_hash = %s", [toegang.token_hash(token)]
        ).fetchone() or (None,)
        person = Actor.hulpvrager(id)
        with given.session(person) as db:
            hulpvrager.save_answers(db, person, {"contact": antwoorden()["contact"]})
        answers.append(browser.press("/verzoek/bewaren", "Stuur mij een link").status)
    assert answers == [302] * limits.LINK_PER_ADDRESS.attempts + [429]
    assert count.rows("bericht", "soort = 'toegangslink'") == limits.LINK_PER_ADDRESS.attempts


def test_one_request_cannot_write_without_end(
    given: Given, new_browser: MakeBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WRITES_PER_VERZOEK", limits.Limit("writes", 3, 3600))
    browser = new_browser()
    browser.follow(browser.fill("/"))
    page = browser.see("/verzoek/dreiging")
    assert [browser.fill(page).status for _ in range(4)] == [422, 422, 422, 429]
    assert browser.see("/verzoek/dreiging").h1


def test_a_form_that_was_only_begun_cannot_keep_a_processor_busy_with_sheets(
    given: Given, new_browser: MakeBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SHEETS_PER_VERZOEK", limits.Limit("sheets", 1, 3600))
    browser = new_browser()
    browser.follow(browser.fill("/"))
    assert [browser.get("/verzoek/gegevens.pdf").status_code for _ in range(2)] == [200, 429]
    assert browser.see("/verzoek/gegevens").h1


def test_patience_does_not_guess_a_second_factor(
    given: Given, new_browser: MakeBrowser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stolen password and one guess in every quarter of an hour: the limit of the day stops it."""
    monkeypatch.setattr(limits, "TOTP_PER_MEDEWERKER_DAY", limits.Limit("totp_day", 3, 24 * 3600))
    staff_of(given, Role.HULPVERLENER)
    enrol(new_browser())
    thief, statuses = new_browser(), []
    for hour in range(11, 15):
        clock.set(FIRST_DAY, hour)
        page = thief.see(password(thief).to or "")
        statuses.append(thief.fill(page, {"code": "000000"}).status)
    assert statuses == [200, 200, 429, 429]
