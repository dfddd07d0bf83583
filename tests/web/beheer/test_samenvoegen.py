import pytest
from flask import Flask

from portal.actions import api_toegang, directory
from portal.domain.roles import Actor, Role
from portal.models import Categorie, PartijRol, Schuldsoort
from tests.given import Given
from tests.web.beheer.test_beheer import LIST, browser_of, entry, names
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


@pytest.fixture
def lia(werkplek: Werkplek) -> Browser:
    return browser_of(werkplek, Role.LANDELIJK_BEHEERDER, organisatie_id=None)


def test_two_entries_are_looked_at_side_by_side_and_merged(lia: Browser, given: Given) -> None:
    weg, blijft = given.schuldeiser("Ziggo BV", kvk="12345678"), given.schuldeiser("Ziggo")
    given.schuldeiser("Eneco")
    choose = lia.see(lia.see(f"{LIST}/{weg}").links["Samenvoegen met een andere partij"])
    assert names(choose) == ["Ziggo"]
    assert "Deze blijft: Eneco" in lia.see(f"{choose.url}?zoek=eneco").links
    page = lia.see(choose.links["Deze blijft: Ziggo"])
    assert page.h1 == "Samenvoegen met Ziggo"
    assert "12345678" in page.main
    after = lia.follow(lia.press(page, "Samenvoegen"))
    assert "Ziggo BV is samengevoegd met Ziggo." in after.main
    assert after.url == f"{LIST}/{blijft}"
    old = lia.see(f"{LIST}/{weg}")
    assert old.links["Ziggo"] == f"{LIST}/{blijft}"
    assert not {"Gegevens wijzigen", "Samenvoegen met een andere partij"} & old.links.keys()
    assert names(lia.see(LIST)) == ["Eneco", "Ziggo Ziggo BV"]
    assert lia.see(f"{LIST}/{weg}/samenvoegen", 404).h1


def test_who_fetches_by_api_is_not_merged_away(lia: Browser, given: Given) -> None:
    weg, blijft = given.schuldeiser("Ziggo BV"), given.schuldeiser("Ziggo")
    with given.session(Actor.systeem()) as session:
        api_toegang.add_client(session, Actor.systeem(), weg, "koppeling")
    refused = lia.press(f"{LIST}/{weg}/samenvoegen/{blijft}", "Samenvoegen")
    assert refused.errors == ["Ziggo BV haalt berichten op via de koppeling. Voeg de andere samen met deze."]
    assert entry(given, weg).actief


def test_a_proposal_is_taken_over_left_or_merged(lia: Browser, werkplek: Werkplek, given: Given) -> None:
    ids = {}
    for naam in ("Garage", "Kapper", "Ziggo"):
        with given.session(given.actor) as session:
            ids[naam] = directory.propose_schuldeiser(
                session, given.actor, email=None, naam=naam, rol=PartijRol.SCHULDEISER,
                categorie=Categorie.OVERIG, schuldsoort=Schuldsoort.OVERIG,
            )  # fmt: skip
    given.schuldeiser("ZIGGO")
    assert "Overnemen" not in [
        button for form in werkplek.of(given.actor).see(f"{LIST}/{ids['Garage']}").forms for button in form.buttons
    ]
    start = lia.see(LIST)
    assert "Voorgesteld door organisaties" in start.main
    old = lia.see(start.links["Garage"])
    with given.session(given.actor) as session:
        directory.keep_addresses(session, given.actor, ids["Garage"], postadres="Ergens anders 1\n1000 AA Amsterdam")
    again = lia.follow(lia.press(old, "Overnemen"))
    assert "Er is intussen iets veranderd aan Garage. Kijk eerst wat er nu staat." in again.main
    assert entry(given, ids["Garage"]).organisatie_id == given.organisatie_id
    taken = lia.follow(lia.press(again, "Overnemen"))
    assert "Garage staat nu op de landelijke lijst." in taken.main
    left = lia.follow(lia.press(taken.links["Kapper"], "Niet overnemen"))
    assert "Kapper staat niet op de landelijke lijst." in left.main
    there = lia.follow(lia.press(left.links["Ziggo"], "Overnemen"))
    assert "Ziggo staat al op de landelijke lijst. Voeg de twee samen." in there.main
    assert "Deze blijft: ZIGGO" in there.links
    assert entry(given, ids["Garage"]).organisatie_id is None
    assert entry(given, ids["Kapper"]).organisatie_id == given.organisatie_id
    assert lia.see(f"{LIST}/{ids['Kapper']}", 404).h1
