"""A client says where its machine is called."""

import pytest
from flask import Flask

from portal.actions import webhook
from portal.domain.roles import Actor, Role
from portal.domain.webhook import Webhookfout
from tests.actions.conftest import Counted, Owner
from tests.given import Given
from tests.web.api.koppeling import Koppeling, koppeling
from tests.web.conftest import MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

URL = "https://pauze.plons.example/hook"
NONE = {"url": None, "gelukt_op": None, "mislukt_op": None, "fout": None}


@pytest.fixture
def count(owner: Owner) -> Counted:
    return Counted(owner)


@pytest.fixture
def plons(app: Flask, given: Given) -> Koppeling:
    return koppeling(app, given, "Waterbedrijf Plons")


def test_it_is_registered_shown_without_its_secret_renewed_and_ended(plons: Koppeling, count: Counted) -> None:
    assert plons.get("/webhook").json == NONE
    made = plons.put("/webhook", {"url": URL}).json
    assert made["url"] == URL
    assert made["geheim"].startswith("whsec_")
    assert plons.get("/webhook").json == NONE | {"url": URL}
    assert plons.put("/webhook", {"url": URL}).json["geheim"] != made["geheim"]
    assert plons.delete("/webhook").json == NONE
    assert plons.delete("/webhook").json == NONE
    assert count.names(plons.schuldeiser_id) == ["WebhookRegistered", "WebhookRegistered", "WebhookRemoved"]


@pytest.mark.parametrize("url", ["http://pauze.plons.example/", "https://10.0.0.1/", "https://localhost/", "", 3, None])
def test_an_address_that_is_not_called_is_refused(plons: Koppeling, url: object) -> None:
    refused = plons.put("/webhook", {"url": url})
    assert (refused.status_code, refused.json["fouten"][0]["plaats"]) == (422, "/url")
    assert plons.get("/webhook").json == NONE


def test_each_client_has_its_own(app: Flask, given: Given, plons: Koppeling) -> None:
    stroom = koppeling(app, given, "Energie Noord")
    plons.put("/webhook", {"url": URL})
    assert stroom.get("/webhook").json == NONE
    stroom.delete("/webhook")
    assert plons.get("/webhook").json["url"] == URL


def test_the_landelijk_beheerder_sees_how_it_goes(
    app: Flask, given: Given, plons: Koppeling, new_browser: MakeBrowser
) -> None:
    browser = Werkplek(app, given, new_browser).of(given.medewerker(None, Role.LANDELIJK_BEHEERDER))
    assert "Geen" in browser.see("/beheer/koppelingen").main
    plons.put("/webhook", {"url": URL})
    assert "Nog niet gebruikt" in browser.see("/beheer/koppelingen").main
    for fout, told in ((Webhookfout.CERTIFICAAT, "het certificaat klopt niet"), (None, "Werkt")):
        with given.session(Actor.systeem()) as session:
            webhook.record_call(session, plons.client_id, webhook.Oproep(URL, [], b"", {}), fout, (60,))
        page = browser.see("/beheer/koppelingen")
        assert told in page.main
        assert URL in page.main
    assert plons.get("/webhook").json["fout"] is None
