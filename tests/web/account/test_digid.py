"""DigiD against a real OpenID Connect provider over HTTP, in this process."""

import base64
import hashlib
import json
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import psycopg
import pytest
import requests

from portal.db.engine import Database
from portal.domain.roles import Actor
from portal.web.account.identiteit import voorletters
from tests.given import Given
from tests.web.account.test_terug import code_of, kenmerk_of, mailed_links, with_code
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeApp, MakeBrowser

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from oidc_provider_mock import run_server_in_thread

# The provider, not the portal, uses what Authlib deprecates.
pytestmark = [
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]

Owner = psycopg.Connection[tuple[object, ...]]
Broker: TypeAlias = str
FATMA = {
    "bsn": "999990019",
    "given_name": "Fatma Anne-Marie",
    "family_name_prefix": "van der",
    "family_name": "Meer",
    "birthdate": "1987-05-14",
}


@pytest.fixture(scope="module")
def broker() -> Iterator[Broker]:
    """The address of a broker whose users we make."""
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def digid_browser(make_app: MakeApp, new_browser: MakeBrowser, broker: Broker, database: Database) -> Browser:
    return new_browser(make_app(**settings(broker)))


def settings(issuer: str) -> dict[str, str]:
    """Production wants https of a broker; the one in this process has none."""
    return {
        "PORTAL_ENV": "development",
        "BASE_URL": "https://pauzeknop.example",
        "DIGID_ISSUER": issuer,
        "DIGID_CLIENT_ID": "portal",
        "DIGID_CLIENT_SECRET": "a secret of the tests",
        "DIGID_SCOPE": "openid profile",
    }


def know(broker: Broker, sub: str, **changes: str | None) -> None:
    claims = {name: value for name, value in (FATMA | changes).items() if value is not None}
    requests.put(f"{broker}/users/{sub}", json=claims, timeout=5).raise_for_status()


def sent_to(browser: Browser) -> str:
    location = browser.get("/digid").headers["Location"]
    assert isinstance(location, str)
    return location


def answer(at: str, **form: str) -> str:
    """What the broker sends the browser back with, after the person logged in or cancelled there."""
    response = requests.post(at, data=form, allow_redirects=False, timeout=5)
    back = urlsplit(response.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == "https://pauzeknop.example"
    return f"{back.path}?{back.query}"


def log_in(browser: Browser, sub: str = "fatma") -> Page:
    return Page(browser.get(answer(sent_to(browser), sub=sub)))


def only_case(given: Given, owner: Owner) -> Any:
    rows = owner.execute("SELECT id FROM pauzeverzoek").fetchall()
    assert len(rows) == 1
    id = rows[0][0]
    assert isinstance(id, UUID)
    return given.case(id)


def test_the_start_asks_for_a_code_with_state_nonce_and_pkce(digid_browser: Browser, broker: Broker) -> None:
    location = sent_to(digid_browser)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    assert location.startswith(f"{broker}/oauth2/authorize?")
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == "https://pauzeknop.example/digid/terug"
    assert asked["code_challenge_method"] == "S256"
    with digid_browser.session_transaction(base_url=digid_browser.origin) as cookie:
        kept = cookie[f"_state_digid_{asked['state']}"]["data"]
    assert kept["nonce"] == asked["nonce"]
    digest = hashlib.sha256(kept["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")


def test_somebody_new_gets_a_concept_with_name_birth_date_and_bsn(
    given: Given, digid_browser: Browser, broker: Broker, owner: Owner
) -> None:
    know(broker, "fatma")
    page = log_in(digid_browser)
    assert page.to == "/verzoek"
    case = only_case(given, owner)
    assert case.bsn == "999990019"
    assert case.bron == "digid"
    assert case.persoon.naam == "F.A. van der Meer"
    assert case.antwoorden["geboortedatum"] == {"geboren_on": "1987-05-14"}
    assert digid_browser.follow(page).status == 200


def test_the_bsn_is_nowhere_in_the_clear(given: Given, digid_browser: Browser, broker: Broker, owner: Owner) -> None:
    know(broker, "fatma")
    page = digid_browser.follow(log_in(digid_browser))
    assert "999990019" not in page.html
    (stored,) = owner.execute("SELECT bsn_sealed FROM pauzeverzoek").fetchone() or (b"",)
    assert isinstance(stored, bytes)
    assert b"999990019" not in stored
    trail = owner.execute("SELECT feiten::text FROM audit").fetchall()
    assert not any("999990019" in str(feiten) or "Meer" in str(feiten) for feiten in trail)
    with digid_browser.session_transaction(base_url=digid_browser.origin) as cookie:
        assert "999990019" not in json.dumps(dict(cookie))


def test_an_open_concept_is_filled_in_and_keeps_its_other_answers(
    given: Given, digid_browser: Browser, broker: Broker, owner: Owner
) -> None:
    know(broker, "fatma")
    _ = given.organisatie_id
    id = given.concept(naam=None, geboortedatum=None, hulp=None)
    with_code(digid_browser, kenmerk_of(given, id), code_of(given, id))
    assert log_in(digid_browser).to == "/verzoek"
    case = only_case(given, owner)
    assert case.id == id
    assert case.persoon.achternaam == "Meer"
    assert case.adres.postcode == "3511 AB"
    assert digid_browser.see("/verzoek", 302).to == "/verzoek/contact"


def test_who_began_the_concept_of_somebody_else_cannot_look_into_it_after_digid(
    given: Given, digid_browser: Browser, new_browser: MakeBrowser, broker: Broker, owner: Owner
) -> None:
    """A trap: a concept with the mail address of the trapper, opened in the browser of somebody who then uses DigiD."""
    know(broker, "fatma")
    _ = given.organisatie_id
    id = given.concept(naam=None, geboortedatum=None)
    kenmerk, code = kenmerk_of(given, id), code_of(given, id)
    trapper = new_browser(digid_browser.application)
    with_code(trapper, kenmerk, code)
    [link] = mailed_links(given)
    with_code(digid_browser, kenmerk, code)
    log_in(digid_browser)
    assert only_case(given, owner).bsn == "999990019"
    assert (trapper.see("/verzoek/naam", 302).to or "").startswith("/terug")
    assert with_code(trapper, kenmerk, code).errors
    assert trapper.press(link, "Ga verder").status == 410
    assert mailed_links(given) == [link], "no new link to the address of the trapper"
    assert digid_browser.see("/verzoek/naam").status == 200


def test_what_was_submitted_does_not_change(given: Given, digid_browser: Browser, broker: Broker, owner: Owner) -> None:
    know(broker, "fatma", family_name="Anders")
    id = given.submitted()
    with_code(digid_browser, kenmerk_of(given, id), code_of(given, id))
    page = digid_browser.follow(log_in(digid_browser))
    assert "Uw gegevens zijn niet veranderd." in page.main
    assert only_case(given, owner).persoon.achternaam == "Meer"


@pytest.mark.parametrize("filed", [False, True])
def test_somebody_else_at_the_same_computer_gets_a_request_of_his_own(
    given: Given, digid_browser: Browser, broker: Broker, owner: Owner, filed: bool
) -> None:
    know(broker, "fatma")
    know(broker, "karim", bsn="123456782", given_name="Karim", family_name_prefix=None, family_name="Aziz")
    log_in(digid_browser)
    first = only_case(given, owner)
    if filed:
        closed = "status = 'ingetrokken', meldingsdatum = '2027-02-01', organisatie_id = %s"
        owner.execute(f"UPDATE pauzeverzoek SET {closed}", [given.organisatie_id])
    page = digid_browser.follow(log_in(digid_browser, "karim"))
    assert "Meer" not in page.html
    assert given.case(first.id).persoon.naam == "F.A. van der Meer"
    assert given.case(first.id).bsn == "999990019"
    live = owner.execute("SELECT verzoek_id FROM sessie WHERE revoked_at IS NULL").fetchall()
    ((second,),) = live
    assert isinstance(second, UUID)
    assert (given.case(second).bsn, given.case(second).persoon.naam) == ("123456782", "K. Aziz")


def test_who_cancels_keeps_the_concept_and_goes_on_without(given: Given, digid_browser: Browser) -> None:
    id = given.concept(hulp=None)
    with_code(digid_browser, kenmerk_of(given, id), code_of(given, id))
    page = digid_browser.see(answer(sent_to(digid_browser), action="deny"))
    assert page.h1 == "U bent niet ingelogd met DigiD"
    assert page.links["Ga verder zonder DigiD"] == "/verzoek"
    assert given.case(id).bsn is None


def test_somebody_new_who_cancels_can_begin_without(digid_browser: Browser) -> None:
    page = digid_browser.see(answer(sent_to(digid_browser), action="deny"))
    assert digid_browser.press(page, "Begin zonder DigiD").to == "/verzoek"


@pytest.mark.parametrize(
    "changes",
    [
        {"bsn": None},
        {"bsn": "999990018"},
        {"bsn": "12"},
        {"family_name": None},
        {"family_name": "x" * 121},
        {"birthdate": None},
        {"birthdate": "1987"},
        {"birthdate": "1987-00-00"},
    ],
)
def test_claims_that_miss_something_fill_in_nothing(
    digid_browser: Browser, broker: Broker, owner: Owner, changes: dict[str, str | None]
) -> None:
    know(broker, "onvolledig", **changes)
    page = log_in(digid_browser, "onvolledig")
    assert page.status == 400
    assert page.h1 == "Wij kregen niet al uw gegevens van DigiD"
    assert owner.execute("SELECT count(*) FROM pauzeverzoek").fetchone() == (0,)


def another_state(url: str) -> str:
    return url.replace("state=", "state=x")


def no_state(url: str) -> str:
    return url.partition("&state=")[0]


def another_code(url: str) -> str:
    return url.replace("code=", "code=x")


def nothing(url: str) -> str:
    return "/digid/terug"


@pytest.mark.parametrize("spoil", [another_state, no_state, another_code, nothing])
def test_an_answer_that_we_did_not_ask_for_is_refused(
    digid_browser: Browser, broker: Broker, owner: Owner, spoil: Callable[[str], str]
) -> None:
    know(broker, "fatma")
    page = digid_browser.see(spoil(answer(sent_to(digid_browser), sub="fatma")), 400)
    assert page.h1 == "Inloggen met DigiD is niet gelukt"
    assert owner.execute("SELECT count(*) FROM pauzeverzoek").fetchone() == (0,)


def test_an_answer_works_once_and_only_in_the_browser_that_asked(
    digid_browser: Browser, new_browser: MakeBrowser, broker: Broker
) -> None:
    know(broker, "fatma")
    url = answer(sent_to(digid_browser), sub="fatma")
    new_browser(digid_browser.application).see(url, 400)
    assert digid_browser.see(url, 302).to == "/verzoek"
    digid_browser.see(url, 400)


def test_a_token_for_another_sign_in_is_refused(digid_browser: Browser, broker: Broker) -> None:
    know(broker, "fatma")
    url = answer(sent_to(digid_browser), sub="fatma")
    with digid_browser.session_transaction(base_url=digid_browser.origin) as cookie:
        (key,) = (name for name in cookie if name.startswith("_state_digid_"))
        cookie[key] = {**cookie[key], "data": {**cookie[key]["data"], "nonce": "of another sign-in"}}
    assert digid_browser.see(url, 400).h1 == "Inloggen met DigiD is niet gelukt"


def test_a_token_of_another_issuer_is_refused(
    make_app: MakeApp, new_browser: MakeBrowser, broker: Broker, database: Database
) -> None:
    know(broker, "fatma")
    browser = new_browser(make_app(**settings(broker + "/")))
    assert log_in(browser).status == 400


def test_a_broker_that_does_not_answer_is_said_so(
    make_app: MakeApp, new_browser: MakeBrowser, database: Database
) -> None:
    page = new_browser(make_app(**settings("http://127.0.0.1:1"))).see("/digid", 503)
    assert page.h1 == "DigiD doet het nu niet"


def test_many_starts_do_not_fill_the_cookie(digid_browser: Browser, broker: Broker) -> None:
    know(broker, "fatma")
    for _ in range(8):
        sent_to(digid_browser)
    assert log_in(digid_browser).to == "/verzoek"


@pytest.mark.parametrize(
    ("given_names", "expected"),
    [("", ""), ("Fatma", "F."), ("Anne-Marie", "A."), ("IJsbrand van", "IJ.V."), ("élise  ölga", "É.Ö.")],
)
def test_initials_come_from_the_first_names(given_names: str, expected: str) -> None:
    assert voorletters(given_names) == expected


def test_a_stranger_still_sees_nothing(
    given: Given, digid_browser: Browser, broker: Broker, database: Database
) -> None:
    know(broker, "fatma")
    given.submitted()
    log_in(digid_browser)
    with database.session(Actor.bezoeker()) as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM pauzeverzoek").scalar() == 0
