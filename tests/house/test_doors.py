"""Everybody at every door, with every method: each cell of docs/toegang.md is what happens.

The world is built once for this page: pages change nothing, nor does what is refused; acts come last.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from psycopg import sql
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.db.engine import Database
from portal.web.access import rule_of
from portal.web.routes import VISITORS, Outcome, admitted, methods_of, outcome
from tests.conftest import FIRST_DAY, Clock, empty
from tests.given import Given
from tests.house.deuren import Owner, Visitor, World
from tests.web.conftest import MakeApp, make_app  # noqa: F401 - fixture

LEAD_TO_SIGN_IN = frozenset({
    "account.tweede_factor", "account.aanmelden", "account.herstelcode",  # of who is not half-way in
    "account.alle_sessies",  # afterwards
})  # fmt: skip
"""Views that themselves lead to a sign-in page."""

NOTHING_HERE = {"public.klaar": 503, "public.cijfers_csv": 404, "public.logo": 404}
"""No worker runs beside these tests, no quarter was published, and nobody chose a logo."""

LAST = (
    "hulpverlener.brief_verstuurd", "hulpvrager.begin", "hulpvrager.intrekken", "hulpvrager.verwijderen",
    "account.alle_sessies", "account.uitloggen", "account.weg",
)  # fmt: skip
"""What takes away what other acts are about, and what begins or ends a visit."""

TAKE_AWAY = {"hulpvrager.foto_verwijderen", "hulpvrager.schuld_verwijderen"}
"""What is not there is as good as taken away: the button was pressed twice. Of somebody else nothing leaves."""

HULPVRAGERS = ("concept", "submitted", "waiting", "approved", "withdrawn")
NAMES = [
    name for kind in VISITORS for name in ([f"hulpvrager {s}" for s in HULPVRAGERS] if kind == "hulpvrager" else [kind])
]


@pytest.fixture(scope="module")
def doors(make_app: MakeApp) -> Flask:  # noqa: F811
    return make_app()


@pytest.fixture(scope="module")
def visitors(doors: Flask, _engine: Database, _owner: Owner) -> Iterator[dict[str, Visitor]]:
    clock = Clock()
    clock.set(FIRST_DAY)
    yield dict(zip(NAMES, World(doors, Given(_engine), _owner).visitors(), strict=True))
    clock.release()
    empty(_owner)


@pytest.fixture(scope="module")
def visited(_owner: Owner) -> Owner:
    """The superuser's view, for as long as the world stands."""
    return _owner


@pytest.mark.parametrize("name", NAMES)
def test_pages_and_refusals_are_as_written_and_change_nothing(
    doors: Flask, visitors: dict[str, Visitor], visited: Owner, name: str
) -> None:
    visitor = visitors[name]
    before = content(visited)
    wrong = [line for route in routes(doors) for line in faults(doors, visitor, route, acts=False)]
    assert not wrong, "\n".join(wrong)
    assert content(visited) == before, "a page or a refusal wrote"


@pytest.mark.parametrize("name", NAMES)
def test_acts_are_open_to_whom_the_table_names(doors: Flask, visitors: dict[str, Visitor], name: str) -> None:
    wrong = [line for route in routes(doors) for line in faults(doors, visitors[name], route, acts=True)]
    assert not wrong, "\n".join(wrong)


def routes(app: Flask) -> list[Rule]:
    """Every route, and those that end the visit last."""
    return sorted(
        app.url_map.iter_rules(), key=lambda route: LAST.index(route.endpoint) if route.endpoint in LAST else -1
    )


def faults(app: Flask, visitor: Visitor, route: Rule, *, acts: bool) -> Iterator[str]:
    """What is not as written, one line a cell. An act is what may change something: another method, or leaving."""
    rule = rule_of(app, route.endpoint)
    for own in (True, False):
        expected = outcome(rule, visitor.kind, own=own)
        for method in methods_of(route):
            is_act = expected is Outcome.OPEN and (method != "GET" or route.endpoint in LAST)
            if is_act == acts:
                urls = list(visitor.addresses(app, route, own=own))[: None if admitted(rule, visitor.kind) else 1]
                met = [Met.of(visitor.knock(method, url)) for url in urls]
                is_gone = expected is Outcome.NOT_THERE and method == "POST" and route.endpoint in TAKE_AWAY
                if is_gone and all(each.status == 302 and not each.asked_in for each in met):
                    continue
                if urls and not fits(met, expected, route.endpoint):
                    yield f"{route.endpoint} {method} {urls}: {met}, not {expected}"


@dataclass(frozen=True)
class Met:
    """What a visitor met at one address."""

    status: int
    asked_in: bool

    @classmethod
    def of(cls, answer: TestResponse) -> "Met":
        to = answer.headers.get("Location", "")
        return cls(answer.status_code, answer.status_code == 302 and to.startswith(("/terug", "/medewerker/inloggen")))


def fits(met: list[Met], expected: Outcome, endpoint: str) -> bool:
    """Whether this is what was expected, at all addresses of one kind. Open is any answer of the view itself, and of
    the own things one is there: not every case has a letter.
    """
    if expected is Outcome.SIGN_IN:
        return all(each.asked_in for each in met)
    if expected is not Outcome.OPEN:
        return all(str(each.status) == expected for each in met)
    if endpoint in NOTHING_HERE:
        return all(each.status == NOTHING_HERE[endpoint] for each in met)
    if any(each.status in (401, 403) or each.status >= 500 for each in met):
        return False
    asked_in = any(each.asked_in for each in met) and endpoint not in LEAD_TO_SIGN_IN
    return not asked_in and any(each.status != 404 for each in met)


def content(owner: Owner) -> dict[str, object]:
    """A digest of every table but the counters of limits: those count what is refused too."""
    names = owner.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND relname <> 'teller'"
    ).fetchall()
    digest = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
    return {str(name): owner.execute(sql.SQL(digest).format(sql.Identifier(str(name)))).fetchone() for (name,) in names}
