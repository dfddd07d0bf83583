from typing import Any

import pytest
from flask import Flask

from portal.domain.inkomend import Mailsoort
from portal.domain.roles import Role
from tests.conftest import FIRST_DAY, Clock
from tests.given import Given, Schuldregel
from tests.web.beheer.test_beheer import LIST, browser_of, entry
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


def test_the_page_of_an_entry_says_all_that_is_known(werkplek: Werkplek, given: Given) -> None:
    plons = given.schuldeiser("Plons", handelsnamen=["Plons Zakelijk"], convenant="Waterconvenant", notitie="Bel niet")
    case = given.approved([Schuldregel("Plons", {plons: "1"})])
    given.hand_over(case)
    given.mail(case, Mailsoort.ONBESTELBAAR, code="5.1.1")
    page = werkplek.of(given.actor).see(f"{LIST}/{plons}")
    assert page.h1 == "Plons"
    for said in ("Plons Zakelijk", "Waterconvenant", "1 schuld is", "1 bericht naartoe", "5.1.1", "door Landelijk"):
        assert said in page.main
    assert "Gegevens wijzigen" not in page.links
    assert "Geschiedenis" not in page.main


def test_the_landelijk_beheerder_adds_and_changes(werkplek: Werkplek, given: Given) -> None:
    given.incassobureau("Incasso Noord")
    browser = browser_of(werkplek, Role.LANDELIJK_BEHEERDER, organisatie_id=None)
    page = browser.see(browser.see(LIST).links["Nieuwe schuldeiser"])
    values = {"naam": "Plons", "gemachtigden": "incasso noord", "convenant": "Waterconvenant", "kvk": "12345678"}
    assert browser.fill(page, values, button="Opslaan").errors == ["Kies een categorie.", "Kies een soort schuld."]
    after = browser.fill(page, values | {"categorie": "water", "schuldsoort": "Nuts"}, button="Opslaan")
    assert (after.to or "").endswith("/adres")
    shown = browser.see((after.to or "").removesuffix("/adres"))
    for said in ("Incasso Noord", "Waterconvenant", "op de lijst", "12345678"):
        assert said in shown.main
    change = browser.see(shown.links["Gegevens wijzigen"])
    assert change.form("Opslaan").values["gemachtigden"].strip() == "Incasso Noord"
    changed = browser.follow(browser.fill(change, {"max_maanden": "5", "gemachtigden": ""}, button="Opslaan"))
    assert "hoogste aantal maanden en wie meestal int" in changed.main
    assert browser.fill(change, {"max_maanden": "7"}, button="Opslaan").status == 409
    assert "Incasso Noord" not in changed.main


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"naam": ""}, "Vul de naam in."),
        ({"naam": "eneco"}, "Deze naam staat al op de landelijke lijst."),
        ({"kvk": "1234"}, "Een KvK-nummer heeft 8 cijfers."),
        ({"gemachtigden": "Onbekend"}, "Geen incassobureau of gerechtsdeurwaarder in de lijst: Onbekend."),
        ({"default_maanden": "8", "max_maanden": "4"}, "De gebruikelijke pauze is langer dan de langste pauze."),
        ({"kanaal": "brief", "levering": "api"}, "Post gaat altijd per bericht."),
        (
            {"convenant_tot-dag": "1", "convenant_tot-maand": "1", "convenant_tot-jaar": "2027"},
            "naam van het convenant",
        ),
        ({"handelsnamen": "\n".join(f"Naam {at}" for at in range(21))}, "Vul hoogstens 20 andere namen in."),
        ({"rol": "bank"}, ""),
        ({"categorie": "particulier"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    werkplek: Werkplek, given: Given, typed: dict[str, Any], sentence: str
) -> None:
    given.schuldeiser("Eneco")
    plons = given.schuldeiser("Plons")
    before = entry(given, plons).stand
    browser = browser_of(werkplek, Role.LANDELIJK_BEHEERDER, organisatie_id=None)
    after = browser.fill(browser.see(f"{LIST}/{plons}/wijzigen"), typed, button="Opslaan")
    assert sentence in " ".join(after.errors)
    assert len(after.errors) == 1
    assert entry(given, plons).stand == before


def test_an_entry_that_is_not_theirs_is_not_changed(werkplek: Werkplek, given: Given) -> None:
    landelijk, oom = given.schuldeiser("Plons"), given.particulier("Oom Henk")
    own = given.schuldeiser("Garage", organisatie_id=given.organisatie_id)
    anna, other = werkplek.of(given.actor), werkplek.of(given.other_actor)
    assert anna.see(f"{LIST}/{landelijk}/wijzigen", 404).h1
    assert anna.see(f"{LIST}/{oom}", 404).h1
    assert anna.see(f"{LIST}/{own}").links["Gegevens wijzigen"]
    assert other.see(f"{LIST}/{own}", 404).h1
    assert anna.see(f"{LIST}/nieuw", 403).h1


def test_an_address_that_is_old_is_work_until_it_was_checked(werkplek: Werkplek, given: Given, clock: Clock) -> None:
    plons = given.schuldeiser("Plons")
    clock.set(FIRST_DAY.replace(year=FIRST_DAY.year + 1))
    browser = browser_of(werkplek, Role.LANDELIJK_BEHEERDER, organisatie_id=None)
    page = browser.see(LIST)
    assert "Plons, laatst gecontroleerd op 1 februari 2027" in page.main
    assert f"{LIST}/{plons}/adres" in page.links.values()
    assert "laatst gecontroleerd" not in werkplek.of(given.actor).see(LIST).main
