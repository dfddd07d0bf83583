"""The sandbox: every outcome can be met there, and nothing real is near it."""

from typing import Any

import pytest
from flask import Flask

from portal.actions import zandbak
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.domain.zandbak import GEVALLEN
from tests.actions.conftest import Counted, Owner
from tests.given import Given
from tests.web.api.koppeling import Koppeling, koppeling
from tests.web.api.test_api import case


def sandbox(app: Flask, given: Given, naam: str) -> Koppeling:
    with given.session(Actor.systeem()) as session:
        client_id, geheim = zandbak.refresh(session, naam)
    assert geheim
    return Koppeling(app, client_id, client_id, geheim)


@pytest.fixture
def plons(app: Flask, given: Given) -> Koppeling:
    made = sandbox(app, given, "Plons")
    given.typeset_ends()
    return made


def named(messages: list[dict[str, Any]], naam: str) -> list[dict[str, Any]]:
    return [each for each in messages if each["inhoud"]["verwijzingen"][0]["uw_kenmerk"] == naam]


def test_every_kind_of_message_and_every_outcome_of_an_answer_is_there(plons: Koppeling) -> None:
    messages = plons.inbox(aantal=100)
    assert {each["inhoud"]["soort"] for each in messages} == set(Soort) - {Soort.INTREKKING}
    assert len(messages) == len(GEVALLEN) + sum(geval.daarna is not None for geval in GEVALLEN)
    assert {plons.post(f"/kennisgevingen/{each['id']}/ontvangst").status_code for each in messages} == {200}
    outcomes = {
        naam: [plons.post(f"/kennisgevingen/{each['id']}/antwoord", BODY).status_code for each in named(messages, naam)]
        for naam in ("GEWOON", "AL-BEANTWOORD", "VERLENGD", "GECORRIGEERD", "BEEINDIGD", "HERINNERD", "AFGELOPEN")
    }
    assert outcomes == {
        "GEWOON": [200], "AL-BEANTWOORD": [409], "VERLENGD": [409, 200], "GECORRIGEERD": [409, 200],
        "BEEINDIGD": [409, 409], "HERINNERD": [200, 200], "AFGELOPEN": [409],
    }  # fmt: skip
    reminded = [plons.get(f"/kennisgevingen/{each['id']}/antwoord").json for each in named(messages, "HERINNERD")]
    assert [each["antwoord"] for each in reminded] == ["al_in_regeling"] * 2
    assert plons.inbox() == []


BODY = {"antwoord": "al_in_regeling"}


def test_a_fresh_set_keeps_the_client_and_takes_what_waited_away(
    given: Given, plons: Koppeling, count: Counted
) -> None:
    before = {each["id"] for each in plons.inbox(aantal=100)}
    with given.session(Actor.systeem()) as session:
        assert zandbak.refresh(session, "Plons") == (plons.client_id, None)
    given.typeset_ends()
    after = {each["id"] for each in plons.inbox(aantal=100)}
    assert len(after) == len(before)
    assert not after & before
    assert count.rows("organisatie", "naam = 'Zandbak'") == 1


def test_sandbox_and_reality_do_not_meet(app: Flask, given: Given, plons: Koppeling, count: Counted) -> None:
    real = koppeling(app, given, "Plons")
    case(given, real)
    other = sandbox(app, given, "Stroom")
    seen = [{each["id"] for each in each_one.inbox(aantal=100)} for each_one in (plons, real, other)]
    assert len(set().union(*seen)) == sum(map(len, seen))
    assert len(seen[1]) == 1
    assert count.rows("deelname", "organisatie_id = (SELECT id FROM organisatie WHERE naam = 'Zandbak')") == 0
    assert count.jobs("send_kennisgeving") == []


@pytest.fixture
def count(owner: Owner) -> Counted:
    return Counted(owner)
