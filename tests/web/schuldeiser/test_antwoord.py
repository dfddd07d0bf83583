"""Answer without an account: nothing to see before it is confirmed, one page, one answer, a receipt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from portal.actions import antwoordlink
from portal.actions.work import unit_of_work
from portal.clock import now
from portal.db import limits
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from portal.models import Schuldeiser, links
from portal.queries import dossier
from tests.conftest import Clock
from tests.given import Given, Schuldregel
from tests.web.browser import Browser, text_of
from tests.web.conftest import MakeBrowser
from tests.web.hulpvrager.test_gewicht import FIRST_ROUND_TRIP_BYTES, MAX_STATEMENTS, directory_names, page_bytes
from tests.web.schuldeiser.post import answer_of, confirmed, corrected, link, message

Owner = psycopg.Connection[tuple[object, ...]]

BIRTH = {"geboren_on-dag": "14", "geboren_on-maand": "mei", "geboren_on-jaar": "1987"}
PERSONAL = ("Meer", "1987", "3511", "KL-1", "Plons")


@pytest.fixture
def case(given: Given) -> UUID:
    id = given.approved()
    given.hand_over(id)
    return id


@pytest.fixture
def url(given: Given, case: UUID) -> str:
    return link(message(given, case))


def rows(owner: Owner) -> list[Any]:
    tables = ("audit", "kennisgeving", "beantwoording", "procrastinate_jobs", "teller", "bericht", "sessie")
    return [owner.execute(f"SELECT count(*), max(xmin::text::bigint) FROM {table}").fetchone() for table in tables]


# --- before anything is confirmed -----------------------------------------------------------------


def test_opening_a_link_shows_nobody_and_changes_nothing(browser: Browser, url: str, owner: Owner) -> None:
    before = rows(owner)
    for _ in range(2):
        for path in (url, f"{url}/geven", f"{url}/ontvangen"):
            page = browser.see(path, None)
            assert browser.head(path).status_code in (200, 302)
            assert not [word for word in PERSONAL if word in page.html]
    assert rows(owner) == before
    page = browser.see(url)
    assert page.h1 == "Antwoord op een Kennisgeving"
    assert "gemeente Utrecht" in page.main.replace("Gemeente", "gemeente")


@pytest.mark.parametrize(
    "known", [{"referentie": "kl 1"}, {"referentie": " KL-1 "}, BIRTH, {"referentie": "x"} | BIRTH]
)
def test_the_own_reference_or_the_birth_date_opens_the_answer(
    browser: Browser, url: str, known: dict[str, str], given: Given, case: UUID
) -> None:
    page = confirmed(browser, url, **known)
    assert "F. van der Meer" in page.main
    assert "KL-1" in page.main
    assert "Samen met" not in page.main
    assert "Niet ingevuld" not in page.main
    with given.session(given.actor) as session:
        assert dossier.history(session, case)[0].gebeurtenis == "AntwoordlinkConfirmed"


def test_who_owes_it_together_stands_beside_the_klant(browser: Browser, given: Given) -> None:
    id = given.matched([Schuldregel("Bank", {given.schuldeiser("Bank Samen"): "KL-1"})])
    given.partner(id)
    given.owed(id, Schuldenaar.BEIDEN)
    given.approve(id)
    given.hand_over(id)
    page = confirmed(browser, link(message(given, id)), referentie="KL-1")
    assert "Samen met J. Dijkstra Geboren" in page.main


@pytest.mark.parametrize(
    "known",
    [{}, {"referentie": "-"}, {"referentie": "KL-2"}, BIRTH | {"geboren_on-dag": "15"}, {"geboren_on-dag": "14"}],
)
def test_what_is_wrong_opens_nothing(
    browser: Browser, url: str, known: dict[str, str], case: UUID, given: Given
) -> None:
    page = browser.fill(url, known)
    assert page.status == 200
    assert page.errors
    assert "Meer" not in page.html
    assert browser.see(f"{url}/geven", 302).to == url


def test_of_a_message_without_an_own_kenmerk_only_the_birth_date_is_asked(browser: Browser, given: Given) -> None:
    id = given.approved([given.regel("Waterbedrijf Plons", "")])
    given.hand_over(id)
    url = link(message(given, id))
    page = browser.see(url)
    assert "Geboortedatum van uw klant" in page.main
    assert not [words for words in ("Uw eigen kenmerk", "Eén van de twee", "Of ") if words in page.main]
    assert browser.fill(url, {}).errors == ["Vul de geboortedatum in."]
    wrong = browser.fill(url, BIRTH | {"geboren_on-dag": "15"})
    assert wrong.errors == ["Dit hoort niet bij het bericht. Kijk de geboortedatum nog eens na."]
    confirmed(browser, url, **BIRTH)


def test_guessing_at_one_link_ends_for_everybody_and_by_client(url: str, new_browser: MakeBrowser) -> None:
    for number in range(limits.CONFIRM_PER_LINK.attempts):
        browser = new_browser(address=f"203.0.113.{number}")
        assert browser.fill(url, {"referentie": f"fout {number}"}).status == 200
    assert new_browser(address="203.0.113.200").fill(url, BIRTH).status == 429


def test_what_was_confirmed_for_one_message_opens_no_other(browser: Browser, given: Given) -> None:
    id = given.approved([given.regel("Waterbedrijf Plons"), given.regel("Ziggo", "KL-2")])
    with given.session(given.actor) as session:
        urls = [link(each) for each in dossier.kennisgevingen(session, id)]
    opened = [url for url in urls if browser.fill(url, {"referentie": "KL-2"}).to]
    (other,) = set(urls) - set(opened)
    assert browser.see(f"{other}/geven", 302).to == other


def test_a_confirmation_lasts_an_hour_and_belongs_to_one_browser(
    browser: Browser, new_browser: MakeBrowser, url: str, clock: Clock
) -> None:
    confirmed(browser, url)
    assert new_browser().see(f"{url}/geven", 302).to == url
    clock.set_instant(now() + timedelta(minutes=61))
    assert browser.see(f"{url}/geven", 302).to == url


# --- the answer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "antwoord", "shown"),
    [
        ({"antwoord": "bevestigd"}, "bevestigd", "tot en met"),
        ({"antwoord": "klant_onbekend"}, "geen_medewerking", "kent deze klant niet"),
        ({"antwoord": "overgedragen", "naar": "Incasso Noord"}, "overgedragen", "Incasso Noord"),
        ({"antwoord": "al_in_regeling"}, "al_in_regeling", "regeling"),
        ({"antwoord": "geen_medewerking", "reden": "recente_finale_kwijting"}, "geen_medewerking", "finale kwijting"),
    ],
)
def test_each_answer_is_given_on_one_page_and_shown_as_received(
    browser: Browser, url: str, given: Given, case: UUID, values: dict[str, str], antwoord: str, shown: str
) -> None:
    page = browser.fill(confirmed(browser, url), values | {"contactpersoon": "Mo Bakker", "referentie": "W-9"})
    assert page.to == f"{url}/ontvangen", page.errors
    receipt = browser.see(page.to)
    assert receipt.h1 == "Uw antwoord is binnen"
    assert shown in receipt.main
    assert "Mo Bakker" in receipt.main
    kept = answer_of(given, case)
    assert kept is not None
    assert (kept.antwoord, kept.via) == (antwoord, "link")


def test_a_party_of_the_directory_is_recognised_by_its_name(
    browser: Browser, url: str, given: Given, case: UUID
) -> None:
    known = given.incassobureau("Incasso Noord")
    browser.fill(confirmed(browser, url), {"antwoord": "overgedragen", "naar": "incasso noord"})
    kept = answer_of(given, case)
    assert kept is not None
    assert (kept.naar_id, kept.gegeven.naar_naam) == (known, "")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Kies uw antwoord."),
        ({"antwoord": "verzonnen"}, "Kies uw antwoord."),
        ({"antwoord": "overgedragen"}, "Vul in wie de vordering nu behandelt."),
        ({"antwoord": "geen_medewerking"}, "Kies waarom u niet meewerkt."),
        ({"antwoord": "bevestigd", "tot_en_met-jaar": "2029"}, "hoogstens 8 maanden"),
        ({"antwoord": "bevestigd", "tot_en_met-dag": ""}, "Vul ook de dag in."),
        ({"antwoord": "al_in_regeling", "email": "geen adres"}, "geldig e\u2011mailadres"),
        ({"antwoord": "overgedragen", "naar": "Waterbedrijf Plons"}, "andere partij"),
    ],
)
def test_an_answer_that_is_not_complete_is_asked_again_and_nothing_typed_is_lost(
    browser: Browser, url: str, given: Given, case: UUID, values: dict[str, str], sentence: str
) -> None:
    page = browser.fill(confirmed(browser, url), values | {"contactpersoon": "Mo Bakker"})
    assert page.status == 200
    assert sentence in " ".join(page.errors)
    assert page.form().values["contactpersoon"] == "Mo Bakker"
    assert answer_of(given, case) is None


def test_what_need_not_be_filled_in_says_so_and_what_belongs_to_one_answer_does_not(browser: Browser, url: str) -> None:
    assert "(niet verplicht)" not in browser.see(url).html, "one of the two is needed"
    page = confirmed(browser, url)
    labels = {text_of(node) for node in page.tree.iter() if node.tag in ("label", "legend")}
    free = {label.removesuffix(" (niet verplicht)") for label in labels if label.endswith(" (niet verplicht)")}
    assert free == {"Naam van uw contactpersoon", "Telefoonnummer", "E-mailadres", "Uw eigen kenmerk"}


def test_an_answer_can_be_changed_and_the_page_begins_with_the_last_one(
    browser: Browser, url: str, given: Given, case: UUID
) -> None:
    browser.fill(confirmed(browser, url), {"antwoord": "klant_onbekend", "contactpersoon": "Mo Bakker"})
    page = browser.see(f"{url}/geven")
    assert page.form().values["antwoord"] == "klant_onbekend"
    assert page.form().values["contactpersoon"] == "Mo Bakker"
    browser.fill(page, {"antwoord": "bevestigd"})
    kept = answer_of(given, case)
    assert kept is not None
    assert (kept.antwoord, kept.volgnummer) == ("bevestigd", 2)


def test_two_colleagues_who_answer_differently_at_once_are_told(
    new_browser: MakeBrowser, url: str, given: Given, case: UUID
) -> None:
    """The link was passed on inside the company, and both had the page open."""
    one, two = new_browser(), new_browser()
    pages = [confirmed(browser, url) for browser in (one, two)]
    assert one.fill(pages[0], {"antwoord": "bevestigd"}).status == 302
    told = two.fill(pages[1], {"antwoord": "al_in_regeling"})
    assert told.status == 409
    assert "Een collega was u voor" in told.main
    assert two.fill(told).status == 302, "and who insists can"
    kept = answer_of(given, case)
    assert kept is not None
    assert (kept.antwoord, kept.volgnummer) == ("al_in_regeling", 2)


def test_a_double_click_is_one_answer(browser: Browser, url: str, given: Given, case: UUID) -> None:
    page = confirmed(browser, url)
    assert [browser.fill(page, {"antwoord": "bevestigd"}).status for _ in range(2)] == [302, 302]
    kept = answer_of(given, case)
    assert kept is not None
    assert kept.volgnummer == 1


# --- links that lead nowhere ----------------------------------------------------------------------


@pytest.mark.parametrize("rest", ["", "/geven", "/ontvangen"])
def test_forged_links_and_links_of_a_case_that_is_gone_are_the_same_page(browser: Browser, url: str, rest: str) -> None:
    forged = url[:12] + ("A" if url[12] != "A" else "B") + url[13:]
    gone = f"/antwoord/{links.sign_antwoord(uuid4())}"
    assert len({browser.see(path + rest, 410).main for path in (forged, "/antwoord/x.y", gone)}) == 1


def test_a_genuine_link_says_why_it_leads_no_further(
    browser: Browser, url: str, given: Given, case: UUID, clock: Clock
) -> None:
    confirmed(browser, url)
    until = message(given, case).eind_on
    clock.set(until + timedelta(days=1))
    assert "De pauze is afgelopen" in browser.see(url, 410).main
    assert "Meer" not in browser.see(f"{url}/geven", 410).html
    clock.set(until + timedelta(days=31))
    assert "te oud" in browser.see(url, 410).main


def test_after_an_early_end_the_link_says_so(
    browser: Browser, url: str, given: Given, case: UUID, clock: Clock
) -> None:
    clock.set(message(given, case).start_on + timedelta(days=3))
    given.withdraw(case)
    assert "eerder gestopt" in browser.see(url, 410).main
    assert "eerder gestopt" in browser.see(link(message(given, case, Soort.BEEINDIGING)), 410).main


def test_after_a_correctie_the_old_link_says_so_and_the_new_one_asks_again(
    browser: Browser, url: str, given: Given, case: UUID, clock: Clock
) -> None:
    page = browser.fill(confirmed(browser, url), {"antwoord": "bevestigd"})
    assert page.status == 302
    clock.set(message(given, case).start_on + timedelta(days=1))
    new = link(corrected(given, case))
    for rest in ("", "/geven", "/ontvangen"):
        closed = browser.see(f"{url}{rest}", 410)
        assert "U hebt een nieuwer bericht van ons gekregen." in closed.main
        assert "Meer" not in closed.html
    assert browser.see(f"{new}/geven", 302).to == new, "what was confirmed before does not open it"
    assert "F. van der Meerman" in confirmed(browser, new).main


def test_a_page_that_was_open_during_a_correctie_answers_nothing(
    browser: Browser, url: str, given: Given, case: UUID, clock: Clock
) -> None:
    page = confirmed(browser, url)
    clock.set_instant(now() + timedelta(minutes=5))
    corrected(given, case)
    assert "nieuwer bericht" in browser.fill(page, {"antwoord": "bevestigd"}).main
    assert answer_of(given, case) is None


def test_a_revoked_link_is_closed_at_once_for_who_was_in_as_well(
    browser: Browser, url: str, given: Given, case: UUID
) -> None:
    page = confirmed(browser, url)
    with given.session(given.actor) as session:
        antwoordlink.revoke(session, given.actor, message(given, case).id)
    assert "ingetrokken" in browser.fill(page, {"antwoord": "bevestigd"}).main
    assert "ingetrokken" in browser.see(url, 410).main
    assert answer_of(given, case) is None


# --- weight ---------------------------------------------------------------------------------------


def test_the_pages_are_light_and_ask_little_of_the_database(
    browser: Browser, url: str, given: Given, case: UUID, count_statements: Callable[[], Any]
) -> None:
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        for naam in directory_names():
            work.add(Schuldeiser(naam=naam, rol="schuldeiser", categorie="overig", schuldsoort="Overig"))
    assert page_bytes(browser, url) <= FIRST_ROUND_TRIP_BYTES
    browser.fill(confirmed(browser, url), {"antwoord": "bevestigd"})
    for path in (f"{url}/geven", f"{url}/ontvangen"):
        assert page_bytes(browser, path) <= FIRST_ROUND_TRIP_BYTES
        with count_statements() as sent:
            browser.see(path)
        assert len(sent) <= MAX_STATEMENTS
