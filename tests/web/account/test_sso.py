"""Staff sign in at a real OpenID Connect provider over HTTP, in this process."""

import warnings
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from portal import clock as time
from portal.actions import uitnodigen
from portal.domain.roles import Actor, Role
from portal.models import Medewerker
from portal.queries.organisatie import by_email
from portal.web.account import afmelding
from tests.conftest import Clock
from tests.given import UTRECHT, Given
from tests.web.account.deur import password, staff
from tests.web.beheer.test_uitnodiging import mailed
from tests.web.browser import Browser, Page
from tests.web.conftest import MakeApp, MakeBrowser
from tests.web.hulpverlener.werkplek import Werkplek

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from oidc_provider_mock import run_server_in_thread

# The provider, not the portal, uses what Authlib deprecates.
pytestmark = [
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]

LINDA = {
    "name": "Linda Vos",
    "email": "linda@stadsbank.example",
    "email_verified": True,
    "roles": ["schuldhulp", "iets anders"],
    "gemeenten": [UTRECHT],
}
NO_ACCESS = "U hebt met dit werkaccount geen toegang tot de Pauzeknop."


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def app_with(make_app: MakeApp, provider: str) -> Any:
    """Production wants https of a provider; the one in this process has none."""
    return make_app(
        PORTAL_ENV="development",
        BASE_URL="https://pauzeknop.example",
        STAFF_OIDC_ISSUER=provider,
        STAFF_OIDC_CLIENT_ID="portal",
        STAFF_OIDC_CLIENT_SECRET="a secret of the tests",
        STAFF_OIDC_ROLES="schuldhulp=hulpverlener,leiding=teamleider,leiding=hulpverlener",
    )


@pytest.fixture
def linda(app_with: Any, new_browser: MakeBrowser, given: Given) -> Browser:
    """A browser of somebody with a staff account, not signed in yet."""
    _ = given.organisatie_id
    return new_browser(app_with)


def know(provider: str, sub: str = "linda", **changes: Any) -> None:
    claims = {name: value for name, value in (LINDA | changes).items() if value is not None}
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()


def log_in(browser: Browser, sub: str = "linda", begin: str = "/medewerker/werkaccount") -> Page:
    at = browser.get(begin).headers["Location"]
    back = urlsplit(requests.post(at, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == "https://pauzeknop.example"
    return Page(browser.get(f"{back.path}?{back.query}"))


def account(given: Given, email: str = "linda@stadsbank.example") -> Medewerker:
    with given.session(Actor.systeem()) as session:
        return by_email(session, email)


def later(clock: Clock, seconds: int) -> None:
    clock.set_instant(time.now() + timedelta(seconds=seconds))


def test_somebody_new_gets_an_account_with_the_roles_of_the_claims(linda: Browser, provider: str, given: Given) -> None:
    know(provider)
    door = linda.see("/medewerker/inloggen?verder=/beheer/schuldeisers")
    link = door.links["Inloggen met uw werkaccount"]
    asked = parse_qs(urlsplit(linda.get(link).headers["Location"]).query)
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert log_in(linda, begin=link).to == "/beheer/schuldeisers"
    assert linda.see("/werkvoorraad").h1
    found = account(given)
    assert (found.naam, found.roles, found.organisatie_id) == (
        "Linda Vos", {Role.HULPVERLENER}, given.organisatie_id,
    )  # fmt: skip


def test_what_the_provider_says_now_holds_at_the_next_sign_in(linda: Browser, provider: str, given: Given) -> None:
    know(provider)
    log_in(linda)
    linda.press("/werkvoorraad", "Uitloggen")
    know(provider, name="Linda Bos", roles="leiding")
    assert log_in(linda).to == "/werkvoorraad"
    assert (account(given).naam, account(given).roles) == ("Linda Bos", {Role.HULPVERLENER, Role.TEAMLEIDER})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"roles": ["iets anders"]}, NO_ACCESS),
        ({"roles": None}, NO_ACCESS),
        ({"gemeenten": []}, NO_ACCESS),
        ({"gemeenten": ["GM9999"]}, NO_ACCESS),
        ({"gemeenten": f"{UTRECHT},GM0307"}, NO_ACCESS),
        ({"name": None}, "Uw werkaccount geeft uw naam of e-mailadres niet door."),
        ({"email": "linda"}, "Uw werkaccount geeft uw naam of e-mailadres niet door."),
    ],
)
def test_who_has_no_place_here_is_not_let_in(
    linda: Browser, provider: str, given: Given, change: dict[str, Any], says: str
) -> None:
    _ = given.other_actor
    know(provider, **change)
    page = log_in(linda)
    assert page.status in (400, 403)
    assert says.replace("-", "") in page.main.replace("-", "").replace("\u2011", "")
    linda.see("/werkvoorraad", 302)


def test_an_account_with_the_same_confirmed_address_is_taken_over(
    linda: Browser, provider: str, given: Given, new_browser: MakeBrowser
) -> None:
    before = staff(given, Role.HULPVERLENER, email="linda@stadsbank.example")
    know(provider, email="Linda@Stadsbank.example")
    assert log_in(linda).to == "/werkvoorraad"
    assert account(given).id == before.id
    assert password(new_browser(), "linda@stadsbank.example").errors, "the password works no longer"


def test_a_link_that_still_waits_opens_no_account_of_the_provider(
    linda: Browser, provider: str, given: Given, new_browser: MakeBrowser
) -> None:
    before = staff(given, Role.HULPVERLENER, email="linda@stadsbank.example")
    bea = given.medewerker(given.organisatie_id, Role.BEHEERDER)
    with given.session(bea) as session:
        uitnodigen.restore_by_mail(session, bea, before.id, 3600)
    link = mailed(given)
    know(provider)
    log_in(linda)
    late = new_browser()
    assert late.fill(link, {"nieuw": "een lang wachtwoord voor later"}).status == 410
    assert password(new_browser(), "linda@stadsbank.example", "een lang wachtwoord voor later").errors


@pytest.mark.parametrize("other", ["not confirmed", "of another organisatie"])
def test_an_address_alone_takes_nothing_over(linda: Browser, provider: str, given: Given, other: str) -> None:
    elsewhere = given.other_actor.organisatie_id if other == "of another organisatie" else None
    staff(given, Role.HULPVERLENER, email="linda@stadsbank.example", organisatie_id=elsewhere)
    know(provider, email_verified=other != "not confirmed")
    assert log_in(linda).status == 403
    assert account(given).sso_subject is None


def test_who_was_put_out_here_stays_out(linda: Browser, provider: str, given: Given, new_browser: MakeBrowser) -> None:
    know(provider)
    log_in(linda)
    bea = Werkplek(linda.application, given, lambda: new_browser(linda.application)).of(
        given.medewerker(given.organisatie_id, Role.BEHEERDER)
    )
    home = bea.see("/beheer/organisatie")
    assert "Toegang herstellen: Linda Vos" not in home.links
    bea.press(home.links["Uitzetten: Linda Vos"], "Uitzetten")
    linda.see("/werkvoorraad", 302)
    assert NO_ACCESS in log_in(linda).main
    herstel = bea.see(f"/beheer/organisatie/{account(given).id}/herstel")
    assert bea.press(herstel, "Link mailen").status == 403, "no password beside the werkaccount"


# --- still in? ------------------------------------------------------------------------------------


def test_who_is_out_at_the_provider_is_out_here_within_minutes(linda: Browser, provider: str, clock: Clock) -> None:
    know(provider)
    log_in(linda)
    requests.post(f"{provider}/users/linda/revoke-tokens", timeout=5).raise_for_status()
    later(clock, 290)
    assert linda.see("/werkvoorraad").h1
    later(clock, 20)
    assert (linda.see("/werkvoorraad", 302).to or "").startswith("/medewerker/inloggen")


def test_who_is_still_in_works_on_with_the_roles_of_now(
    linda: Browser, provider: str, given: Given, clock: Clock
) -> None:
    know(provider)
    log_in(linda)
    linda.see("/beheer/organisatie", 403)
    know(provider, roles=["leiding"])
    for _ in range(2):
        later(clock, 310)
        assert linda.see("/werkvoorraad").h1
    assert linda.see("/beheer/organisatie").h1
    know(provider, roles=[])
    later(clock, 310)
    linda.see("/werkvoorraad", 302)


def test_the_request_that_asks_the_provider_acts_with_the_roles_of_now_already(
    linda: Browser, provider: str, clock: Clock
) -> None:
    know(provider, roles=["leiding"])
    log_in(linda)
    assert linda.see("/beheer/organisatie").h1
    know(provider)
    later(clock, 310)
    linda.see("/beheer/organisatie", 403)


class _Killed(BaseException):
    """The process ends in the middle of a request."""


def _killed(*_: object, **__: object) -> None:
    raise _Killed


def test_a_check_that_is_cut_off_is_done_again(
    linda: Browser, provider: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(provider)
    log_in(linda)
    later(clock, 310)
    with monkeypatch.context() as end:
        end.setattr(requests.Session, "request", _killed)
        with pytest.raises(_Killed):
            linda.get("/werkvoorraad")
    requests.post(f"{provider}/users/linda/revoke-tokens", timeout=5).raise_for_status()
    later(clock, 40)
    linda.see("/werkvoorraad", 302)


def test_a_provider_that_does_not_answer_lets_nobody_in_and_loses_nothing(
    linda: Browser, provider: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(provider)
    log_in(linda)
    later(clock, 310)
    with monkeypatch.context() as down:
        down.setattr(requests.Session, "request", _no_answer)
        assert linda.see("/werkvoorraad", 503).h1
        assert linda.see("/werkvoorraad", 503).h1
    assert linda.see("/werkvoorraad").h1


def _no_answer(*_: object, **__: object) -> None:
    raise requests.ConnectionError


# --- the provider ends a session ------------------------------------------------------------------


KEY = RSAKey.generate_key(2048, {"kid": "test"}, private=True)


def logout_token(provider: str, **changes: Any) -> str:
    claims = {
        "iss": provider,
        "aud": "portal",
        "iat": int(time.now().timestamp()),
        "sub": "linda",
        "events": {afmelding.EVENT: {}},
    }
    whole = {name: value for name, value in (claims | changes).items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": "test"}, whole, KEY)


def test_a_logout_at_the_provider_ends_every_session_here(
    linda: Browser, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provider of the tests signs no logout tokens, so the portal is told of a key of ours once Linda is in."""
    know(provider)
    log_in(linda)
    client = linda.application.extensions["werkaccount"]
    monkeypatch.setattr(client, "fetch_jwk_set", lambda: {"keys": [KEY.as_dict(private=False)]})
    address = "/medewerker/werkaccount/afmelden"
    wrong = [
        "", "a.b.c",
        logout_token(provider, iss="https://elders.example"), logout_token(provider, aud="iemand anders"),
        logout_token(provider, events=None), logout_token(provider, nonce="x"),
        logout_token(provider, sub=None), logout_token(provider, iat=int(time.now().timestamp()) - 3600),
    ]  # fmt: skip
    assert [linda.post(address, data={"logout_token": token}).status_code for token in wrong] == [400] * len(wrong)
    assert linda.post(address, data={"logout_token": logout_token(provider, sub="bas")}).status_code == 200
    assert linda.post(address, data={"logout_token": logout_token(provider, sid="nooit", sub=None)}).status_code == 200
    assert linda.see("/werkvoorraad").h1
    assert linda.post(address, data={"logout_token": logout_token(provider)}).status_code == 200
    linda.see("/werkvoorraad", 302)


def test_without_the_setting_there_is_no_such_door(browser: Browser) -> None:
    assert "Inloggen met uw werkaccount" not in browser.see("/medewerker/inloggen").links
    assert browser.get("/medewerker/werkaccount").status_code == 404
