"""Every route has a rule, and docs/toegang.md has every route. `test_doors.py` knocks at them."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from portal.db.engine import Database
from portal.domain.roles import Actor, Role
from portal.web import access
from portal.web.access import rule_of
from portal.web.routes import markdown_table
from tests.given import UTRECHT, Given
from tests.web.conftest import MakeApp, make_app  # noqa: F401 - fixture

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


def test_the_database_itself_refuses_to_write_for_a_page(given: Given, database: Database) -> None:
    with (
        database.session(Actor.systeem()) as session,
        pytest.raises(InternalError, match="read-only transaction"),
    ):
        session.execute(text("UPDATE gemeente SET naam = naam WHERE code = :code"), {"code": UTRECHT})
