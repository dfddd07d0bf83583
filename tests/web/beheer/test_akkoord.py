"""The pages of the two-key rule: ask with a reason, see the question in the navigation, agree or refuse."""

import psycopg
import pytest
from flask import Flask

from portal.actions import massaal
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Role
from portal.domain.status import Status
from tests.given import Given, Schuldregel
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener import werkplek as desk
from tests.web.hulpverlener.werkplek import Werkplek

Owner = psycopg.Connection[tuple[object, ...]]
GEHEIM = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "", "geheim": True}
REDEN = {"reden": "De hulpvrager belde hierover."}


@pytest.fixture
def werkplek(app: Flask, given: Given, new_browser: MakeBrowser) -> Werkplek:
    return Werkplek(app, given, new_browser)


@pytest.fixture
def anna(werkplek: Werkplek, given: Given) -> Browser:
    return werkplek.of(given.actor)


@pytest.fixture
def tim(werkplek: Werkplek, given: Given) -> Browser:
    return werkplek.of(given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Tim Tweede"))


def test_a_secret_address_is_lifted_by_two_people_who_each_say_why(anna: Browser, tim: Browser, given: Given) -> None:
    id = given.matched(adres=GEHEIM)
    ask = anna.see(anna.see(desk.url(id)).links["Geheim adres opheffen"])
    assert anna.press(ask, "Akkoord vragen").errors == ["Vul in waarom dit nodig is."]
    asked = anna.follow(anna.fill(ask, REDEN, button="Akkoord vragen"))
    assert "Een collega moet nog akkoord geven." in asked.main
    assert "vroeg akkoord van een collega: geheim adres opheffen." in asked.main
    own = anna.see(anna.see("/akkoord").links["Geheim adres opheffen"])
    assert "U hebt dit zelf gevraagd." in own.main
    assert not any("Opslaan" in form.buttons for form in own.forms)
    assert "Akkoord (1)" not in own.links
    page = tim.see(tim.see(tim.see("/werkvoorraad").links["Akkoord (1)"]).links["Geheim adres opheffen"])
    assert REDEN["reden"] in page.main
    assert tim.press(page, "Opslaan").errors == [
        "Kies of u akkoord geeft.",
        "Vul in waarom u wel of geen akkoord geeft.",
    ]
    tim.follow(tim.fill(page, {"keuze": "ja", "antwoord": "Ook gesproken."}, button="Opslaan"))
    assert not given.case(id).adres.geheim
    assert "Besloten door Tim Tweede" in anna.see(page.url).main


def test_what_can_no_longer_be_done_is_told_and_can_only_be_refused(anna: Browser, tim: Browser, given: Given) -> None:
    id = given.matched(adres=GEHEIM)
    anna.fill(desk.url(id, "/geheim-adres"), REDEN, button="Akkoord vragen")
    again = anna.follow(anna.fill(desk.url(id, "/geheim-adres"), REDEN, button="Akkoord vragen"))
    assert "Dit is al gevraagd" in again.main
    page = tim.see(tim.see("/akkoord").links["Geheim adres opheffen"])
    given.withdraw(id)
    refused = tim.fill(page, {"keuze": "ja", "antwoord": "Goed."}, button="Opslaan")
    assert refused.errors == ["Dit kan niet meer: er is intussen iets veranderd. U kunt alleen nog ‘Nee’ kiezen."]
    tim.follow(tim.fill(refused, {"keuze": "nee", "antwoord": "Ingetrokken."}, button="Opslaan"))
    assert anna.see(desk.url(id, "/geheim-adres"), 409).h1


def test_a_letter_goes_by_mail_to_an_unverified_address(
    anna: Browser, tim: Browser, given: Given, werkplek: Werkplek
) -> None:
    id = given.approved([given.regel("Plons", mailable=False, email="getypt@plons.example")])
    message = werkplek.messages(id)["Plons"]
    page = anna.see(desk.url(id, f"/kennisgevingen/{message.id}"))
    ask = anna.see(page.links["Toch per e-mail versturen"])
    assert "getypt@plons.example" in ask.main
    anna.fill(ask, REDEN, button="Akkoord vragen")
    question = tim.see(tim.see("/akkoord").links["E-mail naar een adres dat niet is gecontroleerd: Plons"])
    tim.fill(question, {"keuze": "ja", "antwoord": "Staat zo op hun website."}, button="Opslaan")
    assert werkplek.messages(id)["Plons"].kanaal is Kanaal.EMAIL
    assert anna.see(ask.url, 404).h1


def test_many_pauses_are_ended_by_their_kenmerken(anna: Browser, tim: Browser, given: Given, owner: Owner) -> None:
    ids = [given.approved([given.regel(f"Eiser {number}")]) for number in range(2)]
    new = given.case(given.submitted()).kenmerk
    kenmerken = [given.case(id).kenmerk for id in ids]
    form = anna.see(anna.see("/akkoord").links["Pauzes beëindigen"])
    typed = REDEN | {"einde": "Verhuisd"}
    for wrong, told in {
        "PK-AAA": "Dit is geen kenmerk: PK-AAA.",
        new: f"Bij deze kenmerken loopt geen pauze: {new}.",
    }.items():
        assert anna.fill(form, typed | {"kenmerken": wrong}, button="Akkoord vragen").errors == [told]
    anna.fill(form, typed | {"kenmerken": "\n".join(kenmerken).lower()}, button="Akkoord vragen")
    page = tim.see(tim.see("/akkoord").links["Veel pauzes tegelijk beëindigen"])
    assert [kenmerk for kenmerk in kenmerken if kenmerk not in page.main] == []
    tim.follow(tim.fill(page, {"keuze": "ja", "antwoord": "Klopt."}, button="Opslaan"))
    (row,) = owner.execute("SELECT id FROM akkoordvraag").fetchall()
    massaal.carry_out(given.database, row[0])
    assert {given.case(id).status for id in ids} == {Status.BEEINDIGD}
    assert tim.see(page.url).main.count("Voortijdig beëindigd") == 2


def test_what_one_schuldeiser_did_not_get_is_sent_again(
    anna: Browser, tim: Browser, given: Given, owner: Owner
) -> None:
    assert "Er is geen schuldeiser" in anna.see("/akkoord/veel-opnieuw").main
    plons = given.schuldeiser("Plons")
    for _ in range(2):
        given.approved([Schuldregel("Plons", {plons: None})])
    owner.execute("UPDATE kennisgeving SET status = 'niet_bezorgd'")
    page = anna.see("/akkoord/veel-opnieuw")
    assert "Plons: 2 berichten" in page.main
    assert anna.fill(page, REDEN, button="Akkoord vragen").errors == ["Kies een schuldeiser."]
    anna.fill(page, REDEN | {"schuldeiser": str(plons)}, button="Akkoord vragen")
    assert "Niet bezorgd" in tim.see(tim.see("/akkoord").links["Veel berichten opnieuw versturen: Plons"]).main


def test_a_question_of_another_organisatie_is_not_there(
    anna: Browser, given: Given, werkplek: Werkplek, owner: Owner
) -> None:
    anna.fill(desk.url(given.matched(adres=GEHEIM), "/geheim-adres"), REDEN, button="Akkoord vragen")
    (row,) = owner.execute("SELECT id FROM akkoordvraag").fetchall()
    assert werkplek.of(given.other_actor).see(f"/akkoord/{row[0]}", 404).h1
    landelijk = given.medewerker(None, Role.LANDELIJK_BEHEERDER)
    assert werkplek.of(landelijk).see(f"/akkoord/{row[0]}", 404).h1
