"""What holds for every route, also for one that is added tomorrow."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.domain.roles import Actor
from portal.models import AuditEntry
from tests.given import Given
from tests.web.browser import Browser
from tests.web.conftest import MakeApp
from tests.web.hulpvrager.reis import sign_in

JOURNEY = "/verzoek/"
NAMED = {"pagina": "1", "nummer": "1"}
"""Parts of an address that are a number."""

HOSTILE_HEADERS = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "javascript"}


def routes(app: Flask, method: str, word: str = "x") -> list[str]:
    """An address for every route with this method, with this where it takes a word."""
    adapter = app.url_map.bind("pauzeknop.example")
    made = []
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or set()):
            names = {name: uuid4() if name.endswith("_id") else NAMED.get(name, word) for name in rule.arguments}
            made.append(adapter.build(rule.endpoint, names, method=method))
    return made


def test_no_post_is_taken_without_the_token_of_a_page(app: Flask, browser: Browser) -> None:
    posts = [url for url in routes(app, "POST") if not url.startswith(("/api/", JOURNEY))]
    assert len(posts) > 20
    assert {url: browser.post(url).status_code for url in posts} == dict.fromkeys(posts, 400)


@pytest.mark.parametrize("word", ["\0", "é" * 2_000, "'\"--"])
def test_no_word_in_an_address_breaks_a_page(app: Flask, browser: Browser, word: str) -> None:
    odd = set(routes(app, "GET", word)) - set(routes(app, "GET"))
    assert len(odd) > 5
    answers = {url: browser.get(url).status_code for url in odd}
    assert {url: status for url, status in answers.items() if status >= 500} == {}


def test_no_post_of_the_journey_does_anything_without_the_token_of_a_page(
    app: Flask, browser: Browser, given: Given
) -> None:
    """There such a page comes back as it was filled in: nothing happens, so nothing is added to the trail."""
    posts = [url for url in routes(app, "POST") if url.startswith(JOURNEY)]
    assert len(posts) > 15
    for id in (given.concept(), given.waiting()):
        sign_in(browser, given.database, id)
        before = entries(given)
        for url in posts:
            assert browser.post(url).status_code in {200, 302, 400, 404}, url
        assert entries(given) == before


def entries(given: Given) -> int:
    with given.session(Actor.systeem()) as session:
        return session.scalars(select(func.count()).select_from(AuditEntry)).one()


def test_no_post_to_the_api_is_taken_without_a_token_or_secret_of_its_own(app: Flask, browser: Browser) -> None:
    posts = [url for url in routes(app, "POST") if url.startswith("/api/")]
    doors = {url: browser.post(url, data={"grant_type": "client_credentials"}).status_code for url in posts}
    assert doors == dict.fromkeys(posts, 401)
    assert len(doors) > 2


def test_the_token_of_one_visitor_is_worthless_to_another(app: Flask, browser: Browser) -> None:
    other = app.test_client()
    stolen = browser.see("/").form().values["csrf_token"]
    other.get("/", base_url=browser.origin)
    answer = other.post("/verzoek/begin", data={"csrf_token": stolen}, base_url=browser.origin)  # type: ignore[call-arg]
    assert answer.status_code == 400


def test_a_form_on_a_page_of_somebody_else_neither_fills_anything_in_nor_ends_the_session(browser: Browser) -> None:
    before = browser.see("/").form().values["csrf_token"]
    for url in ("/verzoek/bel-mij", "/medewerker/inloggen", "/verzoek/naam"):
        answer = browser.post(url, data={"wie": "Vreemd Elders"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 400, url
        assert "Set-Cookie" not in answer.headers
        assert "Vreemd Elders" not in answer.text
    assert browser.post("/verzoek/begin", data={"csrf_token": before}).status_code == 302


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_a_forged_host_leads_nobody_away(make_app: MakeApp, proxies: str) -> None:
    app = make_app(TRUSTED_PROXIES=proxies)
    client = app.test_client()
    for url in routes(app, "GET"):
        answer = client.get(url, headers=HOSTILE_HEADERS)
        assert "evil.example" not in answer.headers.get("Location", ""), url
        assert "evil.example" not in answer.get_data(as_text=True), url


def test_cookies_are_for_this_host_only_and_out_of_reach_of_scripts(browser: Browser) -> None:
    cookie = browser.get("/").headers["Set-Cookie"]
    name, _, attributes = cookie.partition("=")
    assert name == "__Host-pauzeknop"
    parts = {part.strip() for part in attributes.split(";")[1:]}
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert not any(part.startswith("Domain") for part in parts)


def test_production_knows_nothing_of_the_demonstration_world(app: Flask) -> None:
    assert not [rule.rule for rule in app.url_map.iter_rules() if "postvak" in rule.rule or "dev" in rule.rule]
