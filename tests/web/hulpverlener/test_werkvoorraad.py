from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from portal.domain.melding import Meldingsoort
from portal.domain.roles import Role
from portal.texts.banen import GROEPEN
from tests.conftest import FIRST_DAY, Clock
from tests.given import Given, antwoorden
from tests.web.browser import Browser, Page, text_of
from tests.web.hulpverlener.werkplek import Werkplek

DREIGEND = {"ontruiming": "ja", "ontruiming_on": "2027-02-20", "afsluiting": "nee", "zorgverzekering": "nee"}


def kenmerken(page: Page) -> list[str]:
    return [text_of(head).split()[0] for head in page.tree.iter("th") if head.get("scope") == "row"]


def counts(page: Page) -> dict[str, str]:
    nav = next(node for node in page.tree.iter("nav") if node.get("aria-label") == "Banen")
    return {(link.text or "").strip(): text_of(link).split()[-2] for link in nav.iter("a")}


def test_the_lanes_have_counts_and_the_first_that_holds_something_is_open(anna: Browser, given: Given) -> None:
    threatened = given.submitted(dreiging=DREIGEND)
    given.submitted()
    given.waiting()
    page = anna.see("/werkvoorraad")
    assert counts(page) == {
        "Dreigend": "1", "Bel mij": "0", "Termijn nadert": "0", "Nieuw": "2", "Van mij": "0", "Aanvulling binnen": "0",
        "Wacht op hulpvrager": "1",
        "Bij collega's": "0", "Toch post gekregen": "0", "Bericht van hulpvrager": "0",
        "Antwoord van schuldeiser": "0", "Geen reactie": "0", "E-mail lezen": "0", "Niet bezorgd": "0", "Per post": "0",
            "Nog niet ingelicht": "0",
        "Bijna afgelopen": "0", "Gesprek of beschikking": "0", "Lopende pauzes": "0", "Klaar": "0",
    }  # fmt: skip
    assert kenmerken(page) == [given.case(threatened).kenmerk]
    assert "nog 3 werkdagen" in page.main


def test_the_lanes_stand_under_what_they_ask_of_somebody_and_what_asks_nothing_is_opened_last(
    anna: Browser, given: Given
) -> None:
    given.waiting()
    page = anna.see("/werkvoorraad")
    nav = next(node for node in page.tree.iter("nav") if node.get("aria-label") == "Banen")
    assert [text_of(heading) for heading in nav.iter("h2")] == ["Te doen", "Zit vast", "Loopt of is klaar"]
    lists = list(nav.iter("ul"))
    assert [text_of(page.by_id(each.get("aria-labelledby", ""))) for each in lists] == list(GROEPEN)
    assert text_of(next(a for a in nav.iter("a") if a.get("aria-current"))) == "Wacht op hulpvrager 1 zaak"
    given.report(given.approved(), Meldingsoort.SCHULD, {"afzender": "Vitens"})
    assert "Bericht van hulpvrager" in anna.see("/werkvoorraad").title


def test_threatened_cases_come_first_and_then_the_earliest_deadline(
    werkplek: Werkplek, given: Given, clock: Clock
) -> None:
    first = given.submitted()
    clock.set(FIRST_DAY + timedelta(days=1))
    second = given.submitted()
    threatened = given.submitted(dreiging=DREIGEND)
    page = werkplek.of(given.actor).see("/werkvoorraad?baan=nieuw")
    assert kenmerken(page) == [given.case(id).kenmerk for id in (threatened, first, second)]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 2, 25), "nog 2 werkdagen"),
        (date(2027, 2, 26), "nog 1 werkdag"),
        (date(2027, 3, 1), "vandaag"),
        (date(2027, 3, 2), "1 werkdag te laat"),
    ],
)
def test_the_deadline_is_told_in_working_days(
    werkplek: Werkplek, given: Given, clock: Clock, day: date, words: str
) -> None:
    given.submitted()
    clock.set(day)
    assert words in werkplek.of(given.actor).see("/werkvoorraad?baan=nieuw").main


@pytest.mark.parametrize(("days", "words"), [(0, "vandaag ingediend"), (1, "1 dag"), (12, "12 dagen")])
def test_it_is_told_how_long_somebody_waits(
    werkplek: Werkplek, given: Given, clock: Clock, days: int, words: str
) -> None:
    id = given.submitted()
    clock.set(FIRST_DAY + timedelta(days=days))
    anna = werkplek.of(given.actor)
    assert f"1 februari 2027 {words}" in anna.see("/werkvoorraad?baan=nieuw").main
    given.withdraw(id)
    assert words not in anna.see("/werkvoorraad?baan=klaar").main


def test_the_queue_is_narrowed_and_the_choice_goes_along_to_other_lanes(anna: Browser, given: Given) -> None:
    here, there = given.taken(), given.taken(gemeente={"code": "GM0402"})
    given.submitted(gemeente={"code": "GM0402"})
    page = anna.see("/werkvoorraad?baan=van_mij&gemeente=GM0402&wie=mij&volgorde=langst")
    assert kenmerken(page) == [given.case(there).kenmerk]
    assert counts(page)["Van mij"] == "1"
    assert counts(page)["Nieuw"] == "0", "nobody has it, so it is not mine"
    link = next(href for label, href in page.links.items() if label.startswith("Nieuw"))
    nothing = anna.see(link)
    assert "Er zijn geen zaken in deze baan die bij uw filter passen." in nothing.main
    everything = anna.see(nothing.links["Toon alles"])
    assert counts(everything)["Van mij"] == "2"
    assert kenmerken(anna.see("/werkvoorraad?baan=van_mij&gemeente=GM0344")) == [given.case(here).kenmerk]


def test_the_choices_are_the_gemeenten_and_reviewers_of_the_own_organisatie(anna: Browser, given: Given) -> None:
    _ = given.other_actor
    given.medewerker(given.organisatie_id, Role.BEHEERDER, naam="Bea Beheer")
    given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Tom Team")
    (form,) = (form for form in anna.see("/werkvoorraad").forms if form.buttons == ["Toon"])
    assert form.method == "GET"
    assert form.options("gemeente") == ["Alle gemeenten", "Hilversum", "Utrecht", "Wijdemeren"]
    assert form.options("wie") == ["Iedereen", "Ik, en wie ik vervang", "Nog niemand", "Anna de Boer", "Tom Team"]


def test_an_empty_lane_says_something_kind(anna: Browser) -> None:
    assert "U bent helemaal bij." in anna.see("/werkvoorraad").main
    assert "Er liggen geen brieven klaar" in anna.see("/werkvoorraad?baan=per_post").main


def test_a_full_lane_goes_on_at_the_next_page_without_losing_or_repeating_a_case(anna: Browser, given: Given) -> None:
    ids = [given.submitted() for _ in range(27)]
    first = anna.see("/werkvoorraad?baan=nieuw")
    second = anna.see(first.links["Volgende"])
    assert len(kenmerken(first)) == 25
    assert "Volgende" not in second.links
    assert second.links["Naar het begin"] == "/werkvoorraad?baan=nieuw"
    assert sorted(kenmerken(first) + kenmerken(second)) == sorted(given.case(id).kenmerk for id in ids)


@pytest.mark.parametrize("na", ["x", "1_2027-13-01_x", "2_2027-01-01_00000000-0000-0000-0000-000000000000", "1_2_3_4"])
def test_a_broken_cursor_or_lane_is_a_page_that_does_not_exist(anna: Browser, na: str) -> None:
    assert anna.see(f"/werkvoorraad?baan=nieuw&na={na}", 404).h1
    assert anna.see("/werkvoorraad?baan=bestaat_niet", 404).h1
    assert anna.see("/werkvoorraad?volgorde=bestaat_niet", 404).h1
    assert anna.see("/werkvoorraad?wie=bestaat_niet", 404).h1


def test_a_kenmerk_leads_straight_to_its_case(anna: Browser, given: Given) -> None:
    id = given.submitted()
    typed = given.case(id).kenmerk.lower().replace("-", " ")
    assert anna.fill("/werkvoorraad", {"zoek": typed}, button="Zoeken").to == f"/werkvoorraad/{id}"


@pytest.mark.parametrize("typed", ["Meer", "van der meer", "14-5-1987", "14-05-1987", "1987-05-14", "14/5/1987"])
def test_a_case_is_found_by_family_name_and_by_birth_date(anna: Browser, given: Given, typed: str) -> None:
    id = given.submitted()
    given.submitted(naam={"voorletters": "J.", "voorvoegsel": "", "achternaam": "Bos"},
                    geboortedatum={"geboren_on": "1990-01-01"})  # fmt: skip
    page = anna.fill("/werkvoorraad", {"zoek": typed}, button="Zoeken")
    assert kenmerken(page) == [given.case(id).kenmerk]
    assert "1 zaak gevonden." in page.main


def test_a_search_that_finds_nothing_says_what_to_try(anna: Browser, given: Given) -> None:
    given.submitted()
    for typed in ("Meerdink", "-", "31-2-1987", "PK-AAA-AAA-AAA"):
        assert "Niets gevonden" in anna.fill("/werkvoorraad", {"zoek": typed}, button="Zoeken").main
    assert anna.fill("/werkvoorraad", button="Zoeken").errors == ["Vul een kenmerk, achternaam of geboortedatum in."]
    assert anna.see("/werkvoorraad/zoeken", 302).to == "/werkvoorraad"


def test_a_searched_name_never_stands_in_an_address(anna: Browser) -> None:
    assert anna.see("/werkvoorraad").form("Zoeken").method == "POST"


def test_another_organisatie_sees_and_finds_nothing(werkplek: Werkplek, given: Given) -> None:
    id = given.submitted()
    browser = werkplek.of(given.other_actor)
    assert "U bent helemaal bij." in browser.see("/werkvoorraad").main
    assert "Niets gevonden" in browser.fill("/werkvoorraad", {"zoek": "Meer"}, button="Zoeken").main
    assert "Niets gevonden" in browser.fill("/werkvoorraad", {"zoek": given.case(id).kenmerk}, button="Zoeken").main


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.HULPVERLENER, 200), (Role.TEAMLEIDER, 200), (Role.AUDITOR, 200), (Role.BEHEERDER, 403)],
)
def test_reviewers_and_auditors_see_the_queue(werkplek: Werkplek, given: Given, role: Role, status: int) -> None:
    browser = werkplek.of(given.medewerker(given.organisatie_id, role))
    assert browser.see("/werkvoorraad", status).h1


def test_a_page_of_25_costs_as_many_statements_as_a_page_of_one(
    anna: Browser, given: Given, count_statements: Callable[[], Any]
) -> None:
    given.submitted()
    with count_statements() as one:
        anna.see("/werkvoorraad?baan=nieuw")
    for _ in range(25):
        given.submitted()
    with count_statements() as many:
        anna.see("/werkvoorraad?baan=nieuw")
    assert len(many) == len(one) <= 12
    assert antwoorden()["naam"]["achternaam"] not in " ".join(many)
