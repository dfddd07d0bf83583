"""Who may open what: every route against its rule, as everybody, and no GET that changes anything."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.exc import InternalError
from werkzeug.routing import Rule

from portal.db.engine import Database
from portal.domain.roles import Actor, Role
from portal.domain.stappen import STAPPEN
from portal.models import Kennisgeving
from portal.web import access
from portal.web.access import HULPVRAGER, Access, rule_of
from portal.web.routes import markdown_table
from tests.given import UTRECHT, Given
from tests.web.account.deur import enrol, staff
from tests.web.account.test_terug import code_of, kenmerk_of, with_code
from tests.web.browser import Browser
from tests.web.conftest import MakeApp, MakeBrowser, app, browser, make_app, new_browser  # noqa: F401 - fixtures

Owner = psycopg.Connection[tuple[object, ...]]
Visit = Callable[[Given, Browser], None]

DOCUMENT = Path(__file__).parents[2] / "docs" / "toegang.md"
EVERYTHING = {
    "PORTAL_ENV": "development",
    "DIGID_ISSUER": "https://broker.example",
    "DIGID_CLIENT_ID": "portal",
    "DIGID_CLIENT_SECRET": "a secret of the tests",
    "STAFF_OIDC_ISSUER": "https://accounts.example",
    "STAFF_OIDC_CLIENT_ID": "portal",
    "STAFF_OIDC_CLIENT_SECRET": "a secret of the tests",
    "STAFF_OIDC_ROLES": "schuldhulp=hulpverlener",
}


# --- the list -------------------------------------------------------------------------------------


def test_the_document_lists_every_route_and_its_rule(make_app: MakeApp) -> None:  # noqa: F811
    assert DOCUMENT.read_text(encoding="utf-8") == markdown_table(make_app(**EVERYTHING)), "run `portal routes`"


def test_a_view_without_a_rule_keeps_the_application_from_starting() -> None:
    unfinished = Flask(__name__, static_folder=None)
    unfinished.add_url_rule("/open", "open", access.public(lambda: ""))
    access.init_app(unfinished)
    unfinished.add_url_rule("/vergeten", "vergeten", lambda: "")
    with pytest.raises(LookupError, match="vergeten"):
        access.init_app(unfinished)


def test_a_rule_names_known_roles_and_at_least_one(make_app: MakeApp) -> None:  # noqa: F811
    everything = make_app(**EVERYTHING)
    for rule in everything.url_map.iter_rules():
        found = rule_of(everything, rule.endpoint)
        assert found.roles <= frozenset(Role)
        assert (found.audience == "medewerker") == bool(found.roles)


# --- everybody at every door ----------------------------------------------------------------------


def stranger(given: Given, browser: Browser) -> None:  # noqa: F811
    return


def hulpvrager_of(make: str) -> Visit:
    def visit(given: Given, browser: Browser) -> None:  # noqa: F811
        id: UUID = getattr(given, make)()
        assert with_code(browser, kenmerk_of(given, id), code_of(given, id)).to == "/verzoek"

    return visit


def medewerker(role: Role) -> Visit:
    def visit(given: Given, browser: Browser) -> None:  # noqa: F811
        landelijk = role is Role.LANDELIJK_BEHEERDER
        if landelijk:
            given.medewerker(None, role, email="landelijk@portal.example")
        else:
            staff(given, role)
        enrol(browser, "landelijk@portal.example" if landelijk else "anna@stadsbank.example")

    return visit


VISITORS: dict[str, tuple[Visit, Access | Role | None]] = {
    "stranger": (stranger, None),
    "hulpvrager with a concept": (hulpvrager_of("concept"), HULPVRAGER),
    "hulpvrager who submitted": (hulpvrager_of("submitted"), HULPVRAGER),
    "hulpvrager who is asked something": (hulpvrager_of("waiting"), HULPVRAGER),
    "hulpvrager with a pause": (hulpvrager_of("approved"), HULPVRAGER),
    "hulpvrager who stopped": (hulpvrager_of("withdrawn"), HULPVRAGER),
    **{str(role): (medewerker(role), role) for role in Role},
}


@pytest.fixture(params=VISITORS)
def visitor(request: pytest.FixtureRequest, given: Given, browser: Browser) -> Access | Role | None:  # noqa: F811
    visit, who = VISITORS[request.param]
    visit(given, browser)
    return who


def may(who: Access | Role | None, rule: Access) -> bool:
    if rule.audience == "iedereen":
        return True
    return who in rule.roles if rule.roles else who is rule


def test_every_page_opens_for_whom_the_rule_names_and_no_get_changes_anything(
    app: Flask,  # noqa: F811
    given: Given,
    browser: Browser,  # noqa: F811
    owner: Owner,
    visitor: Access | Role | None,
) -> None:
    urls = list(pages(app, given))
    before = content(owner)
    wrong = [problem for url, rule in urls if (problem := outcome(browser, url, may(visitor, rule_of(app, rule))))]
    assert not wrong, "\n".join(wrong)
    assert content(owner) == before, "a GET wrote"


def outcome(browser: Browser, url: str, allowed: bool) -> str | None:  # noqa: F811
    """What is wrong with the answer, or None. 404 and 409 are answers of a view that was opened."""
    response = browser.get(url)
    status, to = response.status_code, response.headers.get("Location", "")
    turned_away = status in (401, 403) or (status == 302 and to.startswith(("/terug", "/medewerker/inloggen")))
    if url == "/gezondheid/klaar":  # no worker runs beside this test
        return None if status == 503 else f"{url}: {status}"
    second_step = url in (
        "/medewerker/code",
        "/medewerker/aanmelden",
        "/medewerker/herstelcode",
    )  # leads who is not half-way in to the first
    if status >= 500 or (turned_away == allowed and not second_step):
        return f"{url}: {status} {to}"
    return None


def pages(app: Flask, given: Given) -> Iterator[tuple[str, str]]:  # noqa: F811
    """The address of every page with GET, about cases in several statuses, and its endpoint."""
    build = app.url_map.bind("pauzeknop.example", url_scheme="https").build
    cases = [given.submitted([given.regel("Energie Noord")]), given.matched(), given.approved(), given.declined()]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint == "account.weg"):  # it ends the visit
        if "GET" in (rule.methods or set()):
            for values in fillings(rule, given, cases):
                yield build(rule.endpoint, values), rule.endpoint


def fillings(rule: Rule, given: Given, cases: list[UUID]) -> Iterator[dict[str, Any]]:
    """Values for the variable parts of a route: of things that exist, and of one that does not."""
    if "verzoek_id" in rule.arguments:
        for id in cases:
            yield {name: _part(name, given, id) for name in rule.arguments}
    if "slug" in rule.arguments:
        yield from ({"slug": stap.slug} for stap in STAPPEN)
    yield {name: _part(name, given, None) for name in rule.arguments}


def _part(name: str, given: Given, verzoek_id: UUID | None) -> object:
    plain = {"filename": "portal.css", "token": "onzin", "slug": "onzin", "key": "onzin"}
    if name in plain:
        return plain[name]
    if verzoek_id is None:
        return uuid4()
    if name == "schuld_id":
        return next((schuld.id for schuld in given.case(verzoek_id).schulden), uuid4())
    if name == "kennisgeving_id":
        with given.session(Actor.systeem()) as session:
            return session.query(Kennisgeving.id).filter_by(verzoek_id=verzoek_id).limit(1).scalar() or uuid4()
    return verzoek_id


def content(owner: Owner) -> dict[str, object]:
    """A digest of every table."""
    names = owner.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    ).fetchall()
    digest = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
    return {str(name): owner.execute(sql.SQL(digest).format(sql.Identifier(str(name)))).fetchone() for (name,) in names}


def test_the_database_itself_refuses_to_write_for_a_page(given: Given, database: Database) -> None:
    with (
        database.session(Actor.systeem()) as session,
        pytest.raises(InternalError, match="read-only transaction"),
    ):
        session.execute(text("UPDATE gemeente SET naam = naam WHERE code = :code"), {"code": UTRECHT})
