"""Two keys to an address: the machine of the schuldeiser asks, a member of staff decides."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.actions.akkoord import decide, expire
from portal.actions.contact import request_change
from portal.clock import now
from portal.domain.errors import AlreadyDecided, NotAllowed
from portal.domain.roles import Actor, Role
from portal.models import Schuldeiser
from portal.queries import akkoord
from tests.actions.conftest import Counted, Owner, at_once
from tests.conftest import Clock
from tests.given import WEEK, Given
from tests.web.api.koppeling import Koppeling, koppeling
from tests.web.browser import Browser, Page
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


def asked_page(beheer: Browser) -> Page:
    """The question about this schuldeiser, found by its number in the navigation."""
    page = beheer.see(beheer.see("/beheer/schuldeisers").links["Akkoord (1)"])
    return beheer.see(page.links["Andere adressen: Waterbedrijf Plons"])


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
    page = asked_page(beheer)
    assert NIEUW["email"] in page.main
    answer = {"keuze": "ja", "antwoord": "Gebeld met de balie."}
    assert beheer.fill(page, answer, button="Opslaan").errors == ["Zet een vinkje als u het adres hebt gecontroleerd."]
    beheer.follow(beheer.fill(page, answer | {"gecontroleerd": "y"}, button="Opslaan"))
    kept = entry(given, plons.schuldeiser_id)
    assert (kept.email, kept.email_verified_by, kept.postadres) == (NIEUW["email"], "Lia Land", NIEUW["postadres"])
    assert plons.get("/contactgegevens").json["gevraagd"] is None
    assert "Besloten door Lia Land" in beheer.see(page.url).main


def test_what_is_not_taken_over_leaves_the_directory_as_it_was(
    given: Given, plons: Koppeling, beheer: Browser, count: Counted
) -> None:
    before = entry(given, plons.schuldeiser_id).email
    plons.post("/contactgegevens", {"email": NIEUW["email"]})
    page = asked_page(beheer)
    assert beheer.fill(page, {"antwoord": "Onbekend."}, button="Opslaan").errors == ["Kies of u akkoord geeft."]
    beheer.follow(beheer.fill(page, {"keuze": "nee", "antwoord": "Niemand kent dit."}, button="Opslaan"))
    assert entry(given, plons.schuldeiser_id).email == before
    assert count.rows("audit", "gebeurtenis = 'AkkoordRefused'") == 1


def test_the_same_wish_twice_is_one_and_another_takes_its_place(given: Given, plons: Koppeling, count: Counted) -> None:
    assert plons.post("/contactgegevens", NIEUW).json == plons.post("/contactgegevens", NIEUW).json
    plons.post("/contactgegevens", {"postadres": NIEUW["postadres"]})
    assert count.rows("akkoordvraag", "status = 'open' AND email IS NULL") == 1
    assert count.rows("akkoordvraag", "status = 'vervangen'") == 1
    assert count.names(plons.schuldeiser_id) == ["AkkoordAsked"] * 2


def test_a_late_repeat_under_its_key_asks_nothing(
    given: Given, plons: Koppeling, landelijk: Actor, count: Counted
) -> None:
    first = plons.post("/contactgegevens", NIEUW, Idempotency_Key="wens-1")
    newer = plons.post("/contactgegevens", {"email": "nieuwer@plons.example"}, Idempotency_Key="wens-2")
    assert plons.post("/contactgegevens", NIEUW, Idempotency_Key="wens-1").json == first.json
    assert plons.get("/contactgegevens").json["gevraagd"] == newer.json
    with given.session(landelijk) as session:
        (asked,) = akkoord.to_decide(session, landelijk, now())
        decide(session, landelijk, asked.id, "Gebeld.", akkoord=False)
    again = plons.post("/contactgegevens", {"email": "nieuwer@plons.example"}, Idempotency_Key="wens-2")
    assert (again.status_code, again.json) == (202, newer.json)
    assert count.rows("akkoordvraag", "status = 'open'") == 0
    assert plons.post("/contactgegevens", NIEUW, Idempotency_Key="wens-2").status_code == 422


def test_a_key_of_one_schuldeiser_says_nothing_about_another(app: Flask, given: Given, plons: Koppeling) -> None:
    stroom = koppeling(app, given, "Energie Noord")
    assert plons.post("/contactgegevens", NIEUW, Idempotency_Key="wens-1").status_code == 202
    assert stroom.post("/contactgegevens", {"email": "b@noord.example"}, Idempotency_Key="wens-1").status_code == 202


def test_of_many_wishes_at_once_one_is_open(given: Given, plons: Koppeling, count: Counted) -> None:
    actor = Actor.schuldeiser(plons.schuldeiser_id)

    def ask(number: int) -> None:
        with given.session(actor) as session:
            request_change(session, actor, email=f"a{number}@plons.example", postadres=None, lives=WEEK)

    assert at_once(5, ask)[1] == []
    assert count.rows("akkoordvraag", "status = 'open'") == 1
    assert count.rows("akkoordvraag") == 5


def test_the_second_who_decides_is_told(given: Given, plons: Koppeling, landelijk: Actor) -> None:
    plons.post("/contactgegevens", NIEUW)
    with given.session(landelijk) as session:
        (asked,) = akkoord.to_decide(session, landelijk, now())
        decide(session, landelijk, asked.id, "Gebeld.", akkoord=True)
        with pytest.raises(AlreadyDecided):
            decide(session, landelijk, asked.id, "Gebeld.", akkoord=False)


def test_a_hulpverlener_decides_nothing_about_a_landelijke_entry(
    app: Flask, given: Given, plons: Koppeling, landelijk: Actor, new_browser: MakeBrowser
) -> None:
    plons.post("/contactgegevens", NIEUW)
    with given.session(landelijk) as session:
        (asked,) = akkoord.to_decide(session, landelijk, now())
    browser = Werkplek(app, given, new_browser).of(given.actor)
    assert "Er wacht niets op u." in browser.see("/akkoord").main
    assert browser.get(f"/akkoord/{asked.id}").status_code == 404
    person = Actor.hulpvrager(given.approved())
    for stranger in (person, Actor.systeem(), given.actor):
        with given.session(stranger) as session, pytest.raises(NotAllowed):
            request_change(session, stranger, email="x@y.example", postadres=None, lives=WEEK)


@pytest.mark.parametrize(
    "body", [{}, {"email": "geen adres"}, {"postadres": " \n "}, {"email": None}, {"telefoon": "030 1234567"}]
)
def test_what_is_no_address_is_refused(plons: Koppeling, body: dict[str, Any]) -> None:
    assert plons.post("/contactgegevens", body).status_code == 422


def test_another_schuldeiser_sees_nothing_of_it(app: Flask, given: Given, plons: Koppeling) -> None:
    stroom = koppeling(app, given, "Energie Noord")
    plons.post("/contactgegevens", NIEUW)
    assert stroom.get("/contactgegevens").json["gevraagd"] is None


def test_what_nobody_decides_is_over_and_can_be_asked_again(
    given: Given, plons: Koppeling, landelijk: Actor, clock: Clock, count: Counted
) -> None:
    plons.post("/contactgegevens", NIEUW)
    clock.set(date(2027, 2, 16))
    plons.token = ""  # the old one is over too
    assert plons.get("/contactgegevens").json["gevraagd"] is None
    with given.session(landelijk) as session:
        assert akkoord.to_decide(session, landelijk, now()) == []
    assert plons.post("/contactgegevens", NIEUW).status_code == 202
    assert count.rows("akkoordvraag", "status = 'vervangen'") == 1
    clock.set(date(2027, 3, 16))
    assert (expire(given.database), expire(given.database)) == (1, 0)
    assert count.rows("akkoordvraag", "status = 'verlopen'") == 1
