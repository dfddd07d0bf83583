"""Several cases at once: ask for a link, see what waits, answer one after the other."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from portal import clock as time
from portal.actions import berichten, overzicht
from portal.actions.work import unit_of_work
from portal.db import limits
from portal.domain.roles import Actor
from portal.models import Kennisgeving, links
from portal.models.zoekindex import email_index
from tests.conftest import Clock
from tests.given import Given, Schuldregel
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.test_gewicht import FIRST_ROUND_TRIP_BYTES, MAX_STATEMENTS, page_bytes
from tests.web.schuldeiser.post import answer_of, corrected, link, message

MAILBOX = "pauze@water.example"
LIFE = timedelta(hours=8)


@pytest.fixture
def cases(given: Given) -> list[UUID]:
    """Three people who owe the same schuldeiser."""
    verified = {"email": MAILBOX, "email_verified_on": time.today(), "email_verified_by": "Landelijk beheer"}
    water = given.schuldeiser("Waterbedrijf Plons", mailable=False, **verified)
    ids = [given.approved([Schuldregel("Plons", {water: f"KL-{number}"})]) for number in range(1, 4)]
    for id in ids:
        given.hand_over(id)
    return ids


@pytest.fixture
def url(given: Given, cases: list[UUID]) -> str:
    with given.session(Actor.systeem()) as session:
        mail = overzicht.issue(session, email_index(MAILBOX) or b"", LIFE, uuid4())
    assert mail is not None
    return "/antwoord/" + mail.tekst.split("/antwoord/")[1].split()[0]


# --- asking for it --------------------------------------------------------------------------------


def test_a_known_and_an_unknown_mailbox_get_the_same_page_after_the_same_statements(
    new_browser: MakeBrowser, cases: list[UUID], count_statements: Callable[[], Any]
) -> None:
    told = set[str]()
    for email in (MAILBOX, "onbekend@water.example", "Iemand@Elders.example"):
        browser = new_browser()
        page = browser.see("/antwoord")
        with count_statements() as sent:
            answer = browser.fill(page, {"email": email})
        told.add(f"{answer.status} {browser.follow(answer).main} {len(sent)}")
    assert len(told) == 1
    assert "Kijk in de mail van uw organisatie" in told.pop()


def test_a_job_holds_no_address(
    browser: Browser, cases: list[UUID], owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    browser.fill("/antwoord", {"email": MAILBOX})
    jobs = owner.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'mail_overzicht'").fetchall()
    assert len(jobs) == 1
    assert "water" not in str(jobs)


@pytest.mark.parametrize("typed", ["", "geen adres", "a@b\nc@d.example", "x" * 130 + "@water.example"])
def test_what_is_no_address_is_asked_again(browser: Browser, database: object, typed: str) -> None:
    page = browser.fill("/antwoord", {"email": typed})
    assert page.status == 200
    assert page.errors


def test_asking_ends_per_address_and_per_client(new_browser: MakeBrowser, database: object) -> None:
    for number in range(limits.OVERZICHT_PER_ADDRESS.attempts):
        assert new_browser(address=f"203.0.113.{number}").fill("/antwoord", {"email": MAILBOX}).status == 302
    assert new_browser(address="203.0.113.99").fill("/antwoord", {"email": MAILBOX.upper()}).status == 429
    eager = new_browser(address="203.0.113.100")
    found = [
        eager.fill("/antwoord", {"email": f"{number}@water.example"}).status
        for number in range(limits.OVERZICHT_PER_CLIENT.attempts + 1)
    ]
    assert found[-2:] == [302, 429]


# --- the list -------------------------------------------------------------------------------------


def test_opening_the_link_names_nobody_and_changes_nothing(
    browser: Browser, url: str, given: Given, cases: list[UUID], owner: psycopg.Connection[tuple[object, ...]]
) -> None:
    def rows() -> list[Any]:
        tables = ("audit", "kennisgeving", "overzichtslink", "procrastinate_jobs", "teller")
        return [owner.execute(f"SELECT count(*), max(xmin::text::bigint) FROM {name}").fetchone() for name in tables]

    before = rows()
    for _ in range(2):
        page = browser.see(url)
        assert browser.head(url).status_code == 200
    assert rows() == before
    assert [given.case(id).kenmerk in page.main for id in cases] == [True] * 3
    assert MAILBOX in page.main
    assert not [word for word in ("Meer", "1987", "3511", "KL-1") if word in page.html]


def test_three_cases_are_answered_one_after_the_other(
    browser: Browser, url: str, given: Given, cases: list[UUID]
) -> None:
    answers = [{"antwoord": "bevestigd"}, {"antwoord": "klant_onbekend"}, {"antwoord": "al_in_regeling"}]
    for number, (case, values) in enumerate(zip(cases, answers, strict=True), start=1):
        page = browser.see(url)
        own = link(message(given, case))
        assert own in page.links.values()
        assert browser.see(f"{own}/geven", 302).to == own, "each case asks for itself"
        asked = browser.see(own)
        assert asked.links["Alle open berichten"] == url
        form = browser.see(browser.fill(asked, {"referentie": f"KL-{number}"}).to or "")
        receipt = browser.follow(browser.fill(form, values))
        assert receipt.links["Verder met de andere berichten"] == url
        assert own not in browser.see(url).links.values()
    assert "U hebt alles beantwoord." in browser.see(url).main
    kept = [answer_of(given, case) for case in cases]
    assert [each and each.antwoord for each in kept] == ["bevestigd", "geen_medewerking", "al_in_regeling"]


def test_what_was_called_back_waits_for_no_answer(browser: Browser, url: str, given: Given, cases: list[UUID]) -> None:
    given.recall(cases[0])
    page = browser.see(url)
    assert [given.case(id).kenmerk in page.main for id in cases] == [False, True, True]


def test_a_message_waits_on_when_what_came_after_it_never_left(
    browser: Browser, url: str, given: Given, cases: list[UUID]
) -> None:
    later, first = corrected(given, cases[0]), link(message(given, cases[0]))
    assert first not in browser.see(url).links.values()
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        berichten.lapse_unsent(work, [work.load_for_update(Kennisgeving, later.id)])
    assert first in browser.see(url).links.values()


def test_a_long_list_goes_on_and_stays_light(
    browser: Browser, url: str, given: Given, monkeypatch: pytest.MonkeyPatch, count_statements: Callable[[], Any]
) -> None:
    with count_statements() as sent:
        browser.see(url)
    assert len(sent) <= MAX_STATEMENTS
    assert page_bytes(browser, url) <= FIRST_ROUND_TRIP_BYTES
    monkeypatch.setattr("portal.web.schuldeiser.overzicht.PAGE", 2)
    first = browser.see(url)
    second = browser.see(first.links["Meer berichten"])
    shown = [
        sum(to.startswith("/antwoord/") and "overzicht" not in to for to in p.links.values()) for p in (first, second)
    ]
    assert shown == [2, 1]
    assert "Meer berichten" not in second.links
    assert second.links["Naar het begin van de lijst"] == url
    assert browser.see(f"{url}?na=onzin").status == 200


# --- how it ends ----------------------------------------------------------------------------------


def test_it_runs_out_and_says_so(browser: Browser, url: str, given: Given, cases: list[UUID], clock: Clock) -> None:
    browser.see(url)
    clock.set(time.today(), 18, 1)
    page = browser.see(url, 410)
    assert "verlopen of uitgezet" in page.main
    assert page.links["Vraag een link naar alle open berichten"] == "/antwoord"
    assert "Alle open berichten" not in browser.see(link(message(given, cases[0]))).links


def test_whoever_has_it_ends_it_for_everybody(browser: Browser, new_browser: MakeBrowser, url: str) -> None:
    other = new_browser()
    page = other.see(url)
    assert browser.press(url, "Link uitzetten").status == 302
    assert "verlopen of uitgezet" in other.see(url, 410).main
    assert other.press(page, "Link uitzetten").status == 410


def test_forged_links_and_other_links_are_one_page(browser: Browser, url: str, given: Given, cases: list[UUID]) -> None:
    before, token = url.rsplit("/", 1)
    changed = token[:3] + ("A" if token[3] != "A" else "B") + token[4:]
    others = (changed, "x.y", links.sign_overzicht(uuid4()), links.sign_antwoord(message(given, cases[0]).id))
    assert len({browser.see(f"{before}/{other}", 410).main for other in others}) == 1
    assert browser.see(f"/antwoord/{token}", 410).h1, "and it answers no message"
