from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal import clock as portal_clock
from portal.actions import bekijken
from portal.domain.roles import Actor, Role
from tests.conftest import FIRST_DAY, Clock
from tests.given import Given
from tests.web.browser import Browser, Page
from tests.web.hulpverlener.werkplek import Werkplek, url

PAGE = "/werkvoorraad/afwezigheid"


def days(first: int, last: int) -> dict[str, str]:
    sent = {}
    for name, ahead in (("van", first), ("tot_en_met", last)):
        day = FIRST_DAY + timedelta(days=ahead)
        sent |= {f"{name}-dag": str(day.day), f"{name}-maand": str(day.month), f"{name}-jaar": str(day.year)}
    return sent


@pytest.fixture
def karim(given: Given) -> Actor:
    return given.medewerker(given.organisatie_id, Role.HULPVERLENER, naam="Karim Aziz")


def test_cases_of_who_is_away_stand_with_the_vervanger_and_say_so(
    anna: Browser, werkplek: Werkplek, given: Given, karim: Actor
) -> None:
    id = given.taken()
    form = anna.see(PAGE).form("Doorgeven")
    assert form.options("vervanger") == ["Kies een collega", "Anna de Boer", "Karim Aziz"]
    assert anna.fill(PAGE, days(0, 4) | {"vervanger": str(karim.id)}, button="Doorgeven").to == PAGE
    page = anna.see(PAGE)
    assert "Karim Aziz krijgt in deze dagen de zaken van Anna de Boer." in page.text
    theirs = werkplek.of(karim).see("/werkvoorraad?baan=van_mij")
    assert given.case(id).kenmerk in theirs.main
    assert "U vervangt vandaag een collega." in theirs.main
    assert "Anna de Boer U vervangt" in theirs.main
    assert anna.press(PAGE, "Weghalen: Anna de Boer, van 1 februari 2027").to == PAGE
    assert "Er is niemand afwezig" in anna.see(PAGE).main


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, ["Vul de eerste dag in.", "Vul de laatste dag in.", "Kies wie er vervangt."]),
        (days(-9, -1), ["De laatste dag is al voorbij.", "Kies wie er vervangt."]),
        (days(3, 2), ["De laatste dag ligt na de eerste, en hoogstens een jaar later.", "Kies wie er vervangt."]),
        (days(0, 999), ["De laatste dag ligt na de eerste, en hoogstens een jaar later.", "Kies wie er vervangt."]),
        (days(0, 1) | {"vervanger": "niemand"}, ["Kies een collega die zaken beoordeelt."]),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(anna: Browser, sent: dict[str, Any], errors: list[str]) -> None:
    assert anna.fill(PAGE, sent, button="Doorgeven").errors == errors


def test_nobody_replaces_himself_or_is_away_twice(anna: Browser, given: Given, karim: Actor) -> None:
    page = anna.fill(PAGE, days(0, 4) | {"vervanger": str(given.actor.id)}, button="Doorgeven")
    assert page.errors == ["Kies iemand anders: niemand vervangt zichzelf."]
    chosen = {"vervanger": str(karim.id)}
    anna.fill(PAGE, days(0, 4) | chosen, button="Doorgeven")
    page = anna.fill(PAGE, days(4, 6) | chosen, button="Doorgeven")
    assert page.errors == ["Anna de Boer is in deze dagen al afwezig. Haal dat eerst weg."]


def test_a_teamleider_tells_it_of_a_colleague_and_a_hulpverlener_only_of_himself(
    anna: Browser, werkplek: Werkplek, given: Given, karim: Actor
) -> None:
    tom = werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Tom Team"))
    sent = days(0, 4) | {"medewerker": str(karim.id), "vervanger": str(given.actor.id)}
    tom.fill(PAGE, sent, button="Doorgeven")
    assert "Anna de Boer krijgt in deze dagen de zaken van Karim Aziz." in tom.see(PAGE).text
    assert "Weghalen" not in anna.see(PAGE).main
    token = anna.see(PAGE).form("Doorgeven").values["csrf_token"]
    assert anna.post(PAGE, data=sent | {"csrf_token": token}).status_code == 403


# --- who else looks -------------------------------------------------------------------------------


def test_the_case_and_the_queue_say_who_else_looks(anna: Browser, given: Given, karim: Actor) -> None:
    id = given.taken()
    assert "bekijkt" not in anna.see(url(id)).main
    with given.session(karim) as session:
        bekijken.look(session, karim, id)
    assert "Karim Aziz bekijkt deze zaak nu ook." in anna.see(url(id)).main
    assert "Bekijkt nu: Karim Aziz" in anna.see("/werkvoorraad?baan=van_mij").main


def token_of(page: Page) -> str:
    return page.by_id("bekijkers").get("data-token") or ""


def test_a_page_says_that_it_is_open_and_that_it_closes(
    anna: Browser, werkplek: Werkplek, given: Given, karim: Actor
) -> None:
    id, other = given.taken(), werkplek.of(karim)
    mine, theirs = {"csrf_token": token_of(anna.see(url(id)))}, {"csrf_token": token_of(other.see(url(id)))}
    assert anna.post(url(id, "/bekijken"), data=mine).get_json() == {"zin": ""}
    answer = other.post(url(id, "/bekijken"), data=theirs)
    assert answer.get_json() == {"zin": "Anna de Boer bekijkt deze zaak nu ook."}
    assert other.post(url(id, "/bekijken/weg"), data=theirs).status_code == 200
    assert anna.post(url(id, "/bekijken"), data=mine).get_json() == {"zin": ""}


def test_a_page_that_is_left_open_keeps_nobody_signed_in(anna: Browser, app: Flask, given: Given, clock: Clock) -> None:
    id = given.taken()
    sent = {"csrf_token": token_of(anna.see(url(id)))}
    idle = timedelta(seconds=app.extensions["settings"].staff_idle_seconds)
    begin = portal_clock.now()
    clock.set_instant(begin + idle / 2)
    assert anna.post(url(id, "/bekijken"), data=sent).status_code == 200
    clock.set_instant(begin + idle + timedelta(seconds=1))
    assert anna.post(url(id, "/bekijken"), data=sent).status_code == 302
    assert (anna.see(url(id), None).to or "").startswith("/medewerker/inloggen")


def test_who_changes_nothing_is_in_nobodys_way(werkplek: Werkplek, given: Given) -> None:
    id = given.taken()
    page = werkplek.of(given.medewerker(given.organisatie_id, Role.AUDITOR)).see(url(id))
    assert "bekijken.js" not in page.html
