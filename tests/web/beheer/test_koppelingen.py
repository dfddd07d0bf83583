"""The landelijk beheerder lets the machine of a schuldeiser in, and shuts it out."""

import pytest
from flask import Flask

from portal.actions import api_toegang, zandbak
from portal.domain.errors import BestaatAl, NotAllowed
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, Role
from portal.models import ApiClient
from tests.actions.conftest import Counted, Owner, at_once
from tests.given import Given
from tests.web.api.koppeling import Koppeling, koppeling
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

LIST = "/beheer/koppelingen"


@pytest.fixture
def count(owner: Owner) -> Counted:
    return Counted(owner)


@pytest.fixture
def landelijk(given: Given) -> Actor:
    return given.medewerker(None, Role.LANDELIJK_BEHEERDER, naam="Lia Land")


@pytest.fixture
def beheer(app: Flask, given: Given, new_browser: MakeBrowser, landelijk: Actor) -> Browser:
    return Werkplek(app, given, new_browser).of(landelijk)


def make(beheer: Browser, schuldeiser: str, naam: str = "productie") -> Page:
    values = {"schuldeiser": schuldeiser, "naam": naam}
    return beheer.fill(f"{LIST}/nieuw", values, button="Koppeling maken")


def client_of(given: Given, owner: Owner) -> ApiClient:
    row = owner.execute("SELECT id FROM api_client").fetchone()
    assert row is not None
    with given.session(Actor.systeem()) as session:
        return session.get_one(ApiClient, row[0])


def test_a_client_is_made_shown_once_used_and_shut_out(
    app: Flask, given: Given, beheer: Browser, owner: Owner, count: Counted
) -> None:
    plons = given.schuldeiser("Waterbedrijf Plons")
    assert "nog geen koppeling" in beheer.see(LIST).main
    shown = make(beheer, "waterbedrijf plons")
    client = client_of(given, owner)
    geheim = shown.main.split("client_secret")[1].split()[0]
    assert str(client.id) in shown.main
    machine = Koppeling(app, plons, client.id, geheim)
    assert "Nog niet" in beheer.see(LIST).main
    assert machine.inbox() == []
    page = beheer.see(LIST)
    assert geheim not in page.text
    assert "1 februari 2027 om 10:0" in page.main
    assert "Nog niet" not in page.main
    sure = beheer.see(page.links["Intrekken: Waterbedrijf Plons, productie"])
    beheer.follow(beheer.fill(sure, button="Intrekken"))
    assert machine.get("/kennisgevingen").status_code == 401
    assert "Ingetrokken" in beheer.see(LIST).main
    assert "is ingetrokken op" in beheer.see(sure.url).main
    assert count.names(LANDELIJK)[-2:] == ["ApiClientAdded", "ApiClientRevoked"]
    assert count.rows("audit", "gebeurtenis LIKE 'ApiClient%%' AND actor_kind = 'medewerker'") == 2


def test_what_cannot_be_made_is_said(given: Given, beheer: Browser) -> None:
    given.schuldeiser("Waterbedrijf Plons")
    given.schuldeiser("Garage", organisatie_id=given.organisatie_id)
    given.schuldeiser("Opgeheven BV", actief=False)
    for naam in ("Garage", "Opgeheven BV", "Onbekend"):
        assert make(beheer, naam).errors == ["Deze naam staat niet in de landelijke lijst. Kies een naam uit de lijst."]
    assert len(beheer.fill(f"{LIST}/nieuw", {"schuldeiser": "", "naam": ""}, button="Koppeling maken").errors) == 2
    make(beheer, "Waterbedrijf Plons")
    assert make(beheer, "Waterbedrijf Plons").errors == [
        "Deze schuldeiser heeft al een koppeling met deze naam. Kies een andere naam."
    ]


def test_of_many_at_once_with_one_name_one_is_made(given: Given, landelijk: Actor, count: Counted) -> None:
    plons = given.schuldeiser("Waterbedrijf Plons")

    def add(_: int) -> None:
        with given.session(landelijk) as session:
            api_toegang.add_client(session, landelijk, plons, "productie")

    errors = at_once(4, add)[1]
    assert [type(error) for error in errors] == [BestaatAl] * 3
    assert count.rows("api_client") == 1


def test_whoever_else_works_here_keeps_no_clients(
    app: Flask, given: Given, new_browser: MakeBrowser, count: Counted
) -> None:
    plons = koppeling(app, given, "Waterbedrijf Plons")
    for actor in (given.actor, given.medewerker(given.organisatie_id, Role.BEHEERDER)):
        browser = Werkplek(app, given, new_browser).of(actor)
        for page in (LIST, f"{LIST}/nieuw", f"{LIST}/{plons.client_id}/intrekken"):
            assert browser.get(page).status_code == 403
        with given.session(actor) as session:
            with pytest.raises(NotAllowed):
                api_toegang.revoke_client(session, actor, plons.client_id)
            with pytest.raises(NotAllowed):
                api_toegang.add_client(session, actor, plons.schuldeiser_id, "x")
    assert count.rows("api_client", "revoked_at IS NULL") == 1


def test_the_client_of_a_sandbox_is_the_operators(given: Given, beheer: Browser) -> None:
    with given.session(Actor.systeem()) as session:
        client_id, _ = zandbak.refresh(session, "Plons")
    assert "Zandbak" not in beheer.see(LIST).main
    assert beheer.get(f"{LIST}/{client_id}/intrekken").status_code == 404
