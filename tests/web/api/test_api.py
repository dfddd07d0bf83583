"""The API as the machine of a schuldeiser meets it: coming in, fetching, acknowledging, answering."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal import clock as portal_clock
from portal.actions import api_toegang, opmaak
from portal.actions.ontvangst import give_up_unfetched
from portal.db import limits
from portal.domain.kennisgeving import Levering
from portal.domain.roles import Actor
from portal.queries import banen, dossier
from tests.actions.conftest import Counted, Owner
from tests.conftest import FIRST_DAY, Clock
from tests.given import Given, Schuldregel
from tests.web.api.koppeling import Koppeling, koppeling

PROBLEM = "application/problem+json"


@pytest.fixture
def count(owner: Owner) -> Counted:
    return Counted(owner)


@pytest.fixture
def plons(app: Flask, given: Given) -> Koppeling:
    return koppeling(app, given, "Waterbedrijf Plons")


@pytest.fixture
def stroom(app: Flask, given: Given) -> Koppeling:
    return koppeling(app, given, "Energie Noord")


def case(given: Given, *koppelingen: Koppeling, **changes: Any) -> UUID:
    """An approved case that names each of them, with an own reference."""
    regels = [Schuldregel(f"Naam {n}", {each.schuldeiser_id: f"REF-{n}"}) for n, each in enumerate(koppelingen)]
    return given.approved(regels, **changes)


# --- coming in ------------------------------------------------------------------------------------


def test_a_token_comes_with_basic_or_with_a_form(plons: Koppeling) -> None:
    answer = plons.ask_token()
    assert answer.status_code == 200
    assert answer.json["token_type"] == "Bearer"
    assert answer.json["expires_in"] == 1800
    assert answer.headers["Cache-Control"] == "no-store"
    plons.token = plons._send(
        "POST", "/api/token",
        data={"grant_type": "client_credentials", "client_id": str(plons.client_id), "client_secret": plons.geheim},
    ).json["access_token"]  # fmt: skip
    assert plons.inbox() == []


def test_whoever_is_wrong_is_not_told_how(plons: Koppeling) -> None:
    wrong = [
        ("POST", (str(plons.client_id), "a guess")),
        ("POST", (str(uuid4()), plons.geheim)),
        ("POST", ("no id at all", plons.geheim)),
    ]
    answers = [
        plons._send(method, "/api/token", data={"grant_type": "client_credentials"}, auth=auth)
        for method, auth in wrong
    ]
    assert {each.status_code for each in answers} == {401}
    assert {each.text for each in answers} == {answers[0].text}
    assert answers[0].json["error"] == "invalid_client"


@pytest.mark.parametrize("grant", ["password", "authorization_code", "refresh_token", ""])
def test_there_is_one_grant(plons: Koppeling, grant: str) -> None:
    answer = plons.ask_token(grant_type=grant)
    assert answer.status_code == 400
    assert answer.json["error"] == "unsupported_grant_type"


def test_neither_secret_nor_token_is_stored(plons: Koppeling, owner: Owner) -> None:
    plons.inbox()
    for table in ("api_client", "api_token"):
        (row,) = owner.execute(f"SELECT t::text FROM {table} t").fetchone() or ("",)
        assert plons.geheim not in str(row)
        assert plons.token not in str(row)


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nonsense", "Basic eDp5", "Token x"])
def test_without_a_good_token_nothing_opens(plons: Koppeling, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = plons._send("GET", "/api/kennisgevingen", headers=headers)
    assert (answer.status_code, answer.content_type) == (401, PROBLEM)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_cookie_of_staff_opens_nothing(given: Given, plons: Koppeling, browser: Any) -> None:
    from portal.domain.roles import Role
    from tests.web.account.deur import enrol, staff

    staff(given, Role.HULPVERLENER)
    enrol(browser)
    assert browser.get("/werkvoorraad").status_code == 200
    assert browser.get("/api/kennisgevingen").status_code == 401


def test_a_token_ends_by_itself(plons: Koppeling, clock: Clock, given: Given) -> None:
    plons.inbox()
    clock.set_instant(portal_clock.now() + timedelta(seconds=1801))
    assert plons.get("/kennisgevingen").status_code == 401
    api_toegang.forget_tokens(given.database)
    plons.token = ""
    assert plons.inbox() == []


def test_revoking_a_client_ends_its_tokens_at_once(given: Given, plons: Koppeling, count: Counted) -> None:
    plons.inbox()
    with given.session(Actor.systeem()) as session:
        api_toegang.revoke_client(session, Actor.systeem(), plons.client_id)
    assert plons.get("/kennisgevingen").status_code == 401
    assert plons.ask_token().status_code == 401
    assert count.names(UUID(int=0))[-2:] == ["ApiClientAdded", "ApiClientRevoked"]


# --- fetching -------------------------------------------------------------------------------------


def test_what_is_issued_can_be_fetched_and_says_who_and_until_when(given: Given, plons: Koppeling) -> None:
    case(given, plons)
    (shown,) = plons.inbox()
    inhoud = shown["inhoud"]
    assert inhoud["klant"]["achternaam"] == "Meer"
    assert inhoud["verwijzingen"] == [{"uw_kenmerk": "REF-0", "namens": None}]
    assert inhoud["pauze"]["laatste_dag"] == "2027-06-01"
    assert (shown["ontvangen_op"], shown["antwoord"]) == (None, "geen_reactie")
    assert plons.get(f"/kennisgevingen/{shown['id']}").json == shown


def test_the_letter_can_be_fetched_once_it_is_made(given: Given, plons: Koppeling, stroom: Koppeling) -> None:
    case(given, plons, stroom)
    path = f"/kennisgevingen/{plons.inbox()[0]['id']}/brief"
    early = plons.get(path)
    assert (early.status_code, early.content_type, early.headers["Retry-After"]) == (503, PROBLEM, "10")
    given.typeset(UUID(plons.inbox()[0]["id"]))
    made = plons.get(path)
    assert (made.status_code, made.content_type, made.data) == (200, "application/pdf", b"%PDF-1.7")
    assert stroom.get(path).status_code == 404


def test_a_letter_is_still_made_when_its_message_was_acknowledged_first(given: Given, plons: Koppeling) -> None:
    case(given, plons)
    id = plons.inbox()[0]["id"]
    plons.post(f"/kennisgevingen/{id}/ontvangst")
    with given.session(Actor.systeem()) as session:
        assert opmaak.to_typeset(session, UUID(id)) is not None


def test_no_mail_leaves_for_who_fetches(given: Given, plons: Koppeling, count: Counted) -> None:
    id = case(given, plons)
    assert count.jobs("send_kennisgeving") == []
    given.begin_attempt(id)
    assert count.rows("kennisgeving", "kanaal = 'api' AND status = 'klaar'") == 1


def test_fetched_is_not_delivered_and_comes_again_until_it_is_acknowledged(
    given: Given, plons: Koppeling, count: Counted
) -> None:
    id = case(given, plons)
    (first,) = plons.inbox()
    assert plons.inbox() == [first]
    assert count.rows("kennisgeving", "status = 'klaar'") == 1
    done = plons.post(f"/kennisgevingen/{first['id']}/ontvangst")
    assert done.status_code == 200
    assert plons.inbox() == []
    (kept,) = plons.inbox(ontvangen="ja")
    assert kept["ontvangen_op"] == done.json["ontvangen_op"]
    assert plons.inbox(ontvangen="alle") == [kept]
    assert count.rows("kennisgeving", "status = 'aangeboden' AND handed_over_at IS NOT NULL") == 1
    again = plons.post(f"/kennisgevingen/{first['id']}/ontvangst")
    assert again.json == done.json
    assert count.events(id, "KennisgevingAcknowledged") == 1


def test_pages_follow_each_other_without_a_gap_or_a_double(given: Given, plons: Koppeling) -> None:
    for _ in range(5):
        case(given, plons)
    everything = [each["id"] for each in plons.inbox()]
    assert len(set(everything)) == 5
    walked, after = [], {}
    while True:
        page = plons.get("/kennisgevingen", aantal=2, **after).json
        walked += [each["id"] for each in page["kennisgevingen"]]
        if page["volgende"] is None:
            break
        after = {"na": page["volgende"]}
    assert walked == everything


@pytest.mark.parametrize(
    "query", [{"na": "x"}, {"na": "!" * 32}, {"aantal": "0"}, {"aantal": "101"}, {"aantal": "x"}, {"ontvangen": "?"}]
)
def test_a_wrong_question_is_answered_with_the_place_that_is_wrong(plons: Koppeling, query: dict[str, str]) -> None:
    answer = plons.get("/kennisgevingen", **query)
    assert (answer.status_code, answer.content_type) == (400, PROBLEM)
    assert [each["plaats"] for each in answer.json["fouten"]] == [f"/{name}" for name in query]


def test_an_end_is_told_even_to_who_did_not_acknowledge(given: Given, plons: Koppeling) -> None:
    """It could be fetched, so it may have been."""
    id = case(given, plons)
    (first,) = plons.inbox()
    given.withdraw(id)
    given.typeset_ends()
    (last,) = plons.inbox()
    assert last["inhoud"]["soort"] == "beeindiging"
    assert plons.get(f"/kennisgevingen/{first['id']}").status_code == 404


def test_what_nobody_fetches_becomes_work_and_can_be_acknowledged_all_the_same(
    given: Given, plons: Koppeling, clock: Clock, count: Counted
) -> None:
    """Issued on a Monday; with three working days Thursday is the last day to fetch it."""
    id = case(given, plons)
    clock.set(FIRST_DAY + timedelta(days=3), 23)
    assert give_up_unfetched(given.database, 3) == 0
    clock.set(FIRST_DAY + timedelta(days=4), 1)
    assert give_up_unfetched(given.database, 3) == 1
    assert count.rows("kennisgeving", "status = 'niet_bezorgd'") == 1
    with given.session(given.actor) as session:
        assert banen.counts(session, given.actor)[banen.Baan.BEZORGING_MISLUKT] == 1
    assert give_up_unfetched(given.database, 3) == 0
    (shown,) = plons.inbox()
    assert plons.post(f"/kennisgevingen/{shown['id']}/ontvangst").status_code == 200
    assert count.rows("kennisgeving", "status = 'aangeboden'") == 1
    assert count.events(id, "KennisgevingRefused") == 1


def test_a_damaged_message_that_nobody_fetched_keeps_no_other_waiting(
    given: Given, plons: Koppeling, clock: Clock, owner: Owner, count: Counted
) -> None:
    first, second = case(given, plons), case(given, plons)
    owner.execute("UPDATE kennisgeving SET feiten_sealed = 'damaged' WHERE verzoek_id = %s", [first])
    clock.set(FIRST_DAY + timedelta(days=4), 1)
    assert give_up_unfetched(given.database, 3) == 1
    assert count.rows("kennisgeving", "status = 'niet_bezorgd' AND verzoek_id = %s", second) == 1


def test_what_was_acknowledged_in_time_is_no_work(given: Given, plons: Koppeling, clock: Clock) -> None:
    case(given, plons)
    plons.post(f"/kennisgevingen/{plons.inbox()[0]['id']}/ontvangst")
    clock.set(FIRST_DAY + timedelta(days=30))
    assert give_up_unfetched(given.database, 3) == 0


def test_who_gets_mail_sees_here_only_what_may_have_arrived(app: Flask, given: Given) -> None:
    by_mail = koppeling(app, given, "Telecom Zuid", levering=Levering.LOS)
    id = case(given, by_mail)
    assert by_mail.inbox() == []
    given.hand_over(id)
    (shown,) = by_mail.inbox()
    assert by_mail.post(f"/kennisgevingen/{shown['id']}/ontvangst").status_code == 200


def test_what_was_called_back_is_gone_and_the_intrekking_is_there(given: Given, plons: Koppeling) -> None:
    """It was not meant for this schuldeiser: acknowledged or not, nobody reads there any more whom it was about."""
    id = case(given, plons)
    (wrong,) = plons.inbox()
    plons.post(f"/kennisgevingen/{wrong['id']}/ontvangst")
    given.recall(id)
    (left,) = plons.get("/kennisgevingen", ontvangen="alle").json["kennisgevingen"]
    assert left["inhoud"]["soort"] == "intrekking"
    doors = [plons.get(f"/kennisgevingen/{wrong['id']}{door}") for door in ("", "/brief", "/antwoord")]
    assert [each.status_code for each in doors] == [404, 404, 404]


# --- its own only ---------------------------------------------------------------------------------


def test_a_creditor_sees_only_its_own_at_every_door(given: Given, plons: Koppeling, stroom: Koppeling) -> None:
    id = case(given, plons, stroom)
    (mine,), (theirs,) = plons.inbox(), stroom.inbox()
    assert mine["id"] != theirs["id"]
    doors = [
        plons.get(f"/kennisgevingen/{theirs['id']}"),
        plons.post(f"/kennisgevingen/{theirs['id']}/ontvangst"),
        plons.get(f"/kennisgevingen/{theirs['id']}/antwoord"),
        plons.post(f"/kennisgevingen/{theirs['id']}/antwoord", {"antwoord": "bevestigd"}),
    ]
    unknown = plons.get(f"/kennisgevingen/{uuid4()}")
    assert {(each.status_code, each.text) for each in doors} == {(404, unknown.text)}
    with given.session(Actor.systeem()) as session:
        untouched = next(m for m in dossier.kennisgevingen(session, id) if str(m.id) == theirs["id"])
    assert (untouched.acknowledged_at, untouched.antwoord) == (None, "geen_reactie")


def test_a_secret_address_and_a_private_telephone_do_not_come_along(given: Given, plons: Koppeling) -> None:
    adres = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "bis", "geheim": True}
    regel = Schuldregel("Plons", {plons.schuldeiser_id: "REF-1"})
    id = given.matched([regel], adres=adres)
    given.approve(id, geheim_bevestigd=True)
    answer = plons.get("/kennisgevingen")
    assert answer.json["kennisgevingen"][0]["inhoud"]["klant"]["postcode"] is None
    for secret in ("3511", "06 12345678", "fatma@inwoner.example"):
        assert secret not in answer.text


# --- answering ------------------------------------------------------------------------------------

ANSWERS = [
    {"antwoord": "bevestigd"},
    {"antwoord": "bevestigd", "tot_en_met": "2027-05-31", "referentie": "Z-1", "contactpersoon": "R. Bakker"},
    {"antwoord": "geen_medewerking", "reden": "klant_onbekend"},
    {"antwoord": "overgedragen", "naar_naam": "Incasso West"},
    {"antwoord": "al_in_regeling", "email": "regelingen@plons.example"},
]


@pytest.mark.parametrize("body", ANSWERS)
def test_every_answer_of_the_skp_can_be_given_and_read_back(
    given: Given, plons: Koppeling, body: dict[str, str]
) -> None:
    case(given, plons)
    (shown,) = plons.inbox()
    url = f"/kennisgevingen/{shown['id']}/antwoord"
    assert plons.get(url).status_code == 404
    given_answer = plons.post(url, body)
    assert given_answer.status_code == 200, given_answer.text
    assert body.items() <= given_answer.json.items()
    assert plons.get(url).json == given_answer.json
    assert plons.get(f"/kennisgevingen/{shown['id']}").json["antwoord"] == body["antwoord"]


def test_the_same_key_gives_the_same_answer_even_after_another_one(
    given: Given, plons: Koppeling, count: Counted
) -> None:
    id = case(given, plons)
    url = f"/kennisgevingen/{plons.inbox()[0]['id']}/antwoord"
    first = plons.post(url, {"antwoord": "bevestigd"}, Idempotency_Key="a-1")
    second = plons.post(url, {"antwoord": "al_in_regeling", "na": 1}, Idempotency_Key="a-2")
    assert plons.post(url, {"antwoord": "bevestigd"}, Idempotency_Key="a-1").json == first.json
    assert plons.post(url, {"antwoord": "al_in_regeling", "na": 1}, Idempotency_Key="a-2").json == second.json
    assert count.events(id, "KennisgevingAnswered") == 2


def test_a_key_that_comes_back_with_another_answer_is_refused(given: Given, plons: Koppeling) -> None:
    case(given, plons)
    url = f"/kennisgevingen/{plons.inbox()[0]['id']}/antwoord"
    plons.post(url, {"antwoord": "bevestigd"}, Idempotency_Key="a-1")
    answer = plons.post(url, {"antwoord": "al_in_regeling"}, Idempotency_Key="a-1")
    assert (answer.status_code, answer.content_type) == (422, PROBLEM)
    assert plons.get(url).json["antwoord"] == "bevestigd"


def test_a_conflicting_answer_is_told_and_changes_nothing(given: Given, plons: Koppeling) -> None:
    case(given, plons)
    url = f"/kennisgevingen/{plons.inbox()[0]['id']}/antwoord"
    plons.post(url, {"antwoord": "bevestigd"})
    answer = plons.post(url, {"antwoord": "geen_medewerking", "reden": "klant_onbekend"})
    assert (answer.status_code, answer.content_type) == (409, PROBLEM)
    assert plons.get(url).json["antwoord"] == "bevestigd"


def test_what_has_ended_cannot_be_answered(given: Given, plons: Koppeling) -> None:
    id = case(given, plons)
    given.withdraw(id)
    given.typeset_ends()
    (last,) = plons.inbox()
    answer = plons.post(f"/kennisgevingen/{last['id']}/antwoord", {"antwoord": "bevestigd"})
    assert (answer.status_code, answer.content_type) == (409, PROBLEM)


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ({}, ["/"]),
        ([], ["/"]),
        ({"antwoord": "geen_reactie"}, ["/antwoord"]),
        ({"antwoord": "bevestigd", "bedrag": 5}, ["/"]),
        ({"antwoord": "bevestigd", "tot_en_met": "31-05-2027"}, ["/tot_en_met"]),
        ({"antwoord": "bevestigd", "tot_en_met": "2029-01-01"}, ["/tot_en_met"]),
        ({"antwoord": "bevestigd", "reden": "klant_onbekend"}, ["/reden"]),
        ({"antwoord": "overgedragen", "naar_id": "x"}, ["/naar_id"]),
        ({"antwoord": "overgedragen", "naar_id": str(UUID(int=7))}, ["/naar_id"]),
        ({"antwoord": "bevestigd", "telefoon": "0" * 121}, ["/telefoon"]),
        ({"antwoord": "bevestigd", "email": "geen adres"}, ["/email"]),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_by_place(
    given: Given, plons: Koppeling, body: Any, places: list[str]
) -> None:
    case(given, plons)
    answer = plons.post(f"/kennisgevingen/{plons.inbox()[0]['id']}/antwoord", body)
    assert (answer.status_code, answer.content_type) == (422, PROBLEM)
    assert [each["plaats"] for each in answer.json["fouten"]] == places


# --- when it goes wrong ---------------------------------------------------------------------------


def test_every_error_is_a_problem_in_dutch(app: Flask, given: Given, plons: Koppeling) -> None:
    case(given, plons)
    url = f"/kennisgevingen/{plons.inbox()[0]['id']}/antwoord"
    answers = {
        404: plons.get("/bestaat-niet"),
        405: plons._send("DELETE", "/api/kennisgevingen"),
        400: plons.post(url, "{"),
        413: plons.post(url, '"' + "x" * 300_000 + '"'),
        415: plons._send("POST", f"/api{url}", data="x", headers=plons._bearer()),
        422: plons.post(url, {}),
    }
    for status, answer in answers.items():
        assert (answer.status_code, answer.content_type) == (status, PROBLEM)
        assert answer.json["status"] == status
        assert answer.json["type"].startswith("/api#")
        assert answer.headers["Cache-Control"] == "no-store"
    assert "GET" in answers[405].headers["Allow"]


@pytest.mark.parametrize(
    "body", ["", "NaN", '{"antwoord": Infinity}', '{"antwoord": "\\ud800"}', "[" * 100_000, b"\xff\xfe", "1" * 5000]
)
def test_what_is_no_json_is_refused_without_a_trace(given: Given, plons: Koppeling, body: str | bytes) -> None:
    case(given, plons)
    answer = plons.post(f"/kennisgevingen/{plons.inbox()[0]['id']}/antwoord", body)
    assert (answer.status_code, answer.content_type) == (400, PROBLEM)


def test_a_failure_of_ours_is_a_problem_too(app: Flask, plons: Koppeling, monkeypatch: pytest.MonkeyPatch) -> None:
    plons.inbox()

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("portal.queries.api.page", broken)
    answer = plons.get("/kennisgevingen")
    assert (answer.status_code, answer.content_type) == (500, PROBLEM)
    assert "on purpose" not in answer.text


def test_too_much_too_soon_says_when_to_come_back(
    plons: Koppeling, stroom: Koppeling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "API_PER_CLIENT", limits.Limit("api", 2, 60))
    statuses = [plons.get("/kennisgevingen").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    answer = plons.get("/kennisgevingen")
    assert answer.content_type == PROBLEM
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert stroom.get("/kennisgevingen").status_code == 200, "another schuldeiser has its own limit"


def test_guessing_at_the_token_door_is_limited(plons: Koppeling, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "API_TOKEN_PER_CLIENT", limits.Limit("api_token", 1, 900))
    assert plons.ask_token().status_code == 200
    answer = plons.ask_token()
    assert (answer.status_code, answer.content_type) == (429, PROBLEM)


def test_a_page_of_kennisgevingen_takes_few_statements(given: Given, plons: Koppeling, count_statements: Any) -> None:
    for _ in range(3):
        case(given, plons)
    plons.inbox()
    with count_statements() as sent:
        assert len(plons.inbox()) == 3
    assert len([each for each in sent if "set_config" not in each]) <= 3, "the token, the limit, the page"


def test_no_get_changes_anything_but_the_counter(given: Given, plons: Koppeling, owner: Owner) -> None:
    from tests.house.test_doors import content

    case(given, plons)
    (shown,) = plons.inbox()
    before = content(owner) | {"teller": None}
    for path in ("/kennisgevingen", f"/kennisgevingen/{shown['id']}", f"/kennisgevingen/{shown['id']}/antwoord"):
        plons.get(path)
    assert content(owner) | {"teller": None} == before
