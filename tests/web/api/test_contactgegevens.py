"""Two keys to an address: the machine of the schuldeiser asks, a member of staff decides."""

from typing import Any

import pytest
from flask import Flask

from portal.actions.contact import decide_change, request_change
from portal.domain.errors import AlreadyDecided, NotAllowed
from portal.domain.roles import Actor, Role
from portal.models import Schuldeiser
from portal.queries import contact
from tests.actions.conftest import Counted, Owner, at_once
from tests.given import Given
from tests.web.api.koppeling import Koppeling, koppeling
from tests.web.browser import Browser
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

NIEUW = {"email": "incasso@plons.example", "postadres": "Plons\nPostbus 2\n3500 AA Utrecht"}


@pytest.fixture
def count(owner: Owner) -> Counted:
    return Counted(owner)


@pytest.fixture
def plons(app: Flask, given: Given) -> Koppeling:
    return koppeling(app, given, "Waterbedrijf Plons")


@pytest.fixture
def landelijk(given: Given) -> Actor:
    return given.medewerker(None, Role.LANDELIJK_BEHEERDER, naam="Lia Land")


@pytest.fixture
def beheer(app: Flask, given: Given, new_browser: MakeBrowser, landelijk: Actor) -> Browser:
    return Werkplek(app, given, new_browser).of(landelijk)


def entry(given: Given, id: Any) -> Schuldeiser:
    with given.session(Actor.systeem()) as session:
        return session.get_one(Schuldeiser, id)


def test_nothing_changes_until_staff_agrees_and_then_the_address_is_vouched_for(
    given: Given, plons: Koppeling, beheer: Browser
) -> None:
    before = entry(given, plons.schuldeiser_id).email
    asked = plons.post("/contactgegevens", NIEUW)
    assert (asked.status_code, asked.json["email"]) == (202, NIEUW["email"])
    shown = plons.get("/contactgegevens").json
    assert (shown["email"], shown["gevraagd"]) == (before, asked.json)
    page = beheer.see(beheer.see("/beheer/schuldeisers").links["Waterbedrijf Plons"])
    assert NIEUW["email"] in page.main
    assert beheer.fill(page, {"keuze": "ja"}, button="Opslaan").errors == [
        "Zet een vinkje als u de adressen hebt gecontroleerd."
    ]
    beheer.follow(beheer.fill(page, {"keuze": "ja", "gecontroleerd": "y"}, button="Opslaan"))
    kept = entry(given, plons.schuldeiser_id)
    assert (kept.email, kept.email_verified_by, kept.postadres) == (NIEUW["email"], "Lia Land", NIEUW["postadres"])
    assert plons.get("/contactgegevens").json["gevraagd"] is None
    assert "besloten" in beheer.see(page.url).main


def test_what_is_not_taken_over_leaves_the_directory_as_it_was(
    given: Given, plons: Koppeling, beheer: Browser, count: Counted
) -> None:
    before = entry(given, plons.schuldeiser_id).email
    plons.post("/contactgegevens", {"email": NIEUW["email"]})
    page = beheer.see(beheer.see("/beheer/schuldeisers").links["Waterbedrijf Plons"])
    assert beheer.fill(page, button="Opslaan").errors == ["Kies of u de adressen overneemt."]
    beheer.follow(beheer.fill(page, {"keuze": "nee"}, button="Opslaan"))
    assert entry(given, plons.schuldeiser_id).email == before
    assert count.rows("audit", "gebeurtenis = 'ContactgegevensDeclined'") == 1


def test_the_same_wish_twice_is_one_and_another_takes_its_place(given: Given, plons: Koppeling, count: Counted) -> None:
    assert plons.post("/contactgegevens", NIEUW).json == plons.post("/contactgegevens", NIEUW).json
    plons.post("/contactgegevens", {"postadres": NIEUW["postadres"]})
    assert count.rows("contactvoorstel", "status = 'open' AND email IS NULL") == 1
    assert count.rows("contactvoorstel", "status = 'vervangen'") == 1
    assert count.names(plons.schuldeiser_id) == ["ContactgegevensRequested"] * 2


def test_a_late_repeat_under_its_key_asks_nothing(
    given: Given, plons: Koppeling, landelijk: Actor, count: Counted
) -> None:
    first = plons.post("/contactgegevens", NIEUW, Idempotency_Key="wens-1")
    newer = plons.post("/contactgegevens", {"email": "nieuwer@plons.example"}, Idempotency_Key="wens-2")
    assert plons.post("/contactgegevens", NIEUW, Idempotency_Key="wens-1").json == first.json
    assert plons.get("/contactgegevens").json["gevraagd"] == newer.json
    with given.session(landelijk) as session:
        (asked,) = contact.to_decide(session, landelijk)
        decide_change(session, landelijk, asked.id, akkoord=False)
    again = plons.post("/contactgegevens", {"email": "nieuwer@plons.example"}, Idempotency_Key="wens-2")
    assert (again.status_code, again.json) == (202, newer.json)
    assert count.rows("contactvoorstel", "status = 'open'") == 0
    assert plons.post("/contactgegevens", NIEUW, Idempotency_Key="wens-2").status_code == 422


def test_a_key_of_one_schuldeiser_says_nothing_about_another(app: Flask, given: Given, plons: Koppeling) -> None:
    stroom = koppeling(app, given, "Energie Noord")
    assert plons.post("/contactgegevens", NIEUW, Idempotency_Key="wens-1").status_code == 202
    assert stroom.post("/contactgegevens", {"email": "b@noord.example"}, Idempotency_Key="wens-1").status_code == 202


def test_of_many_wishes_at_once_one_is_open(given: Given, plons: Koppeling, count: Counted) -> None:
    actor = Actor.schuldeiser(plons.schuldeiser_id)

    def ask(number: int) -> None:
        with given.session(actor) as session:
            request_change(session, actor, email=f"a{number}@plons.example", postadres=None)

    assert at_once(5, ask)[1] == []
    assert count.rows("contactvoorstel", "status = 'open'") == 1
    assert count.rows("contactvoorstel") == 5


def test_the_second_who_decides_is_told(given: Given, plons: Koppeling, landelijk: Actor) -> None:
    plons.post("/contactgegevens", NIEUW)
    with given.session(landelijk) as session:
        (asked,) = contact.to_decide(session, landelijk)
        decide_change(session, landelijk, asked.id, akkoord=True)
        with pytest.raises(AlreadyDecided):
            decide_change(session, landelijk, asked.id, akkoord=False)


def test_a_hulpverlener_decides_nothing_about_a_landelijke_entry(
    app: Flask, given: Given, plons: Koppeling, landelijk: Actor, new_browser: MakeBrowser
) -> None:
    plons.post("/contactgegevens", NIEUW)
    with given.session(landelijk) as session:
        (asked,) = contact.to_decide(session, landelijk)
    browser = Werkplek(app, given, new_browser).of(given.actor)
    assert "Andere adressen" not in browser.see("/beheer/schuldeisers").main
    assert browser.get(f"/beheer/contactvoorstellen/{asked.id}").status_code == 404
    person = Actor.hulpvrager(given.approved())
    for stranger in (person, Actor.systeem(), given.actor):
        with given.session(stranger) as session, pytest.raises(NotAllowed):
            request_change(session, stranger, email="x@y.example", postadres=None)


@pytest.mark.parametrize(
    "body", [{}, {"email": "geen adres"}, {"postadres": " \n "}, {"email": None}, {"telefoon": "030 1234567"}]
)
def test_what_is_no_address_is_refused(plons: Koppeling, body: dict[str, Any]) -> None:
    assert plons.post("/contactgegevens", body).status_code == 422


def test_another_schuldeiser_sees_nothing_of_it(app: Flask, given: Given, plons: Koppeling) -> None:
    stroom = koppeling(app, given, "Energie Noord")
    plons.post("/contactgegevens", NIEUW)
    assert stroom.get("/contactgegevens").json["gevraagd"] is None
