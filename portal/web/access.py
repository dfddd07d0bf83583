"""Who may open which route. Every view says so; one that does not keeps the application from starting.

`docs/toegang.md` lists all routes with their rule; a test compares the two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from portal.domain.roles import Role
from portal.web import bearer, session

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """The rule of one view: for anybody, for the hulpvrager of a pauzeverzoek, for staff in certain roles, or for the
    machine of a schuldeiser.
    """

    audience: str
    roles: frozenset[Role] = frozenset()

    def __str__(self) -> str:
        return ", ".join(sorted(self.roles)) if self.roles else self.audience


EVERYBODY = Access("iedereen")
HULPVRAGER = Access("hulpvrager")
API_CLIENT = Access("api client")


def public(view: View) -> View:
    """Anybody may open this page."""
    return _mark(view, EVERYBODY)


def hulpvrager(view: View) -> View:
    """Only the person behind a pauzeverzoek, signed in to it in this browser."""
    return _mark(view, HULPVRAGER)


def api_client(view: View) -> View:
    """Only a client of the API, with a token in the request itself: a cookie opens nothing here."""
    return _mark(view, API_CLIENT)


def requires(*roles: Role) -> Callable[[View], View]:
    """Only staff with one of these roles."""
    return lambda view: _mark(view, Access("medewerker", frozenset(roles)))


def _mark(view: View, rule: Access) -> View:
    view.access = rule  # type: ignore[attr-defined]
    return view


def rule_of(app: Flask, endpoint: str) -> Access:
    """The rule of an endpoint. Raises LookupError when its view declares none."""
    rule = getattr(app.view_functions[endpoint], "access", None)
    if not isinstance(rule, Access):
        raise LookupError(f"{endpoint} does not declare who may open it")
    return rule


def init_app(app: Flask) -> None:
    """Check that every route has a rule, and apply the rules before each request."""
    for route in app.url_map.iter_rules():
        rule_of(app, route.endpoint)
    app.before_request(_enforce)


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is EVERYBODY:
        return None
    if rule is HULPVRAGER:
        return None if session.as_hulpvrager() else session.ask_hulpvrager_to_sign_in()
    if rule is API_CLIENT:
        bearer.as_api_client()
        return None
    signed_in = session.as_medewerker()
    if signed_in is None:
        return session.ask_staff_to_sign_in()
    if not signed_in.actor.roles & rule.roles:
        raise Forbidden
    return None
