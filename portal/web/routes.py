"""The table of docs/toegang.md: every route with what each visitor meets there, for what is his own and what is not.

The rules are `admitted` and `outcome`: a view says who may open it, and what belongs to somebody else is not there.
"""

from enum import StrEnum

from flask import Flask
from werkzeug.routing import Rule

from portal.domain.roles import Role
from portal.web.access import API_CLIENT, EVERYBODY, HULPVRAGER, Access, rule_of

VISITORS = (str(EVERYBODY), str(HULPVRAGER), *map(str, Role), str(API_CLIENT))
"""Who comes to a door: a stranger, the hulpvrager of one pauzeverzoek, staff in one role, a schuldeiser's machine."""

OWNED = frozenset({
    "afwezigheid_id", "blijft_id", "foto_id", "inkomend_id", "kennisgeving_id", "medewerker_id", "melding_id",
    "passkey_id", "schuld_id", "schuldeiser_id", "sessie_id", "tekstblok_id", "verzoek_id", "vraag_id",
})  # fmt: skip
"""Parts of an address that name what belongs to a case, an organisatie or a person: of another it is not there."""

SHARED = frozenset({"client_id", "filename", "key", "naam", "nummer", "pagina", "sha256", "slug", "token"})
"""Parts that name what has no owner: the landelijk beheerder's, a page, a public picture, or a secret that is the right
itself.
"""

ONLY = {
    "postvak": "development",
    "account.digid": "with DigiD",
    "account.digid_terug": "with DigiD",
    "account.werkaccount": "with staff accounts",
    "account.werkaccount_terug": "with staff accounts",
    "account.werkaccount_afmelden": "with staff accounts",
}
"""Blueprints and endpoints that an application may lack, and where they are."""

HEAD = f"""\
# Who may open which route

Made from the routes themselves by `portal routes` and the rules in `portal/web/routes.py`; a test compares the two, and
`tests/house/test_doors.py` knocks at every door as everybody, with every method, and finds what is written here. A view
without a rule keeps the portal from starting (`portal/web/access.py`).

`hulpvrager` is the person behind one pauzeverzoek, in the own browser; `api client` is the machine of one schuldeiser,
with a token; `iedereen` is somebody unknown; the other columns are roles of staff. In the cells:

- **open**: the page or the act; what it then shows or does is limited again by row-level security in the database;
- **own**: the same for what is one's own, and 404 for what is another's: of another organisatie (staff; a case of a
  colleague opens like an own one, because colleagues stand in for each other), of another person (`passkeys`,
  `sessies`), of another pauzeverzoek (hulpvrager) or of another schuldeiser (api client). So is a part that does not
  belong to the case in the same address;
- sign in: the way to the page where this kind of visitor signs in; 401: the same for a machine; 403: signed in as
  somebody who may not.

A landelijke entry of the directory (`schuldeisers`) is everybody's own; what an organisatie put there is its own, and
the landelijk beheerder's too, unless it is a private person.

| Route | Methods | {" | ".join(name.replace("_", " ") for name in VISITORS)} | Endpoint | Only |
|---|---|{"---|" * len(VISITORS)}---|---|
"""


class Outcome(StrEnum):
    """What a visitor meets."""

    OPEN = "open"
    SIGN_IN = "sign in"
    NO_TOKEN = "401"  # noqa: S105 - a status
    FORBIDDEN = "403"
    NOT_THERE = "404"


def admitted(rule: Access, visitor: str) -> bool:
    """Whether the rule of a view lets this visitor in."""
    return rule is EVERYBODY or visitor == rule.audience or visitor in rule.roles


def outcome(rule: Access, visitor: str, *, own: bool) -> Outcome:
    """What a visitor meets at a view: for what is his own or nobody's, and for what is another's."""
    if admitted(rule, visitor):
        return Outcome.OPEN if own else Outcome.NOT_THERE
    if rule is API_CLIENT:
        return Outcome.NO_TOKEN
    return Outcome.FORBIDDEN if rule.roles and visitor in set(Role) else Outcome.SIGN_IN


def is_owned(route: Rule) -> bool:
    """Whether an address of this route is about something of somebody. Raises LookupError for a part without a rule."""
    if unknown := route.arguments - OWNED - SHARED:
        raise LookupError(f"{route.rule}: whose is {sorted(unknown)}? See OWNED and SHARED")
    return bool(route.arguments & OWNED)


def methods_of(route: Rule) -> list[str]:
    """The methods that its view answers itself."""
    return sorted((route.methods or set()) - {"HEAD", "OPTIONS"})


def markdown_table(app: Flask) -> str:
    """The document, for an application in development with DigiD and staff accounts: that one has every route."""
    routes = sorted(app.url_map.iter_rules(), key=lambda route: (route.rule, route.endpoint))
    return HEAD + "".join(_line(app, route) for route in routes)


def _line(app: Flask, route: Rule) -> str:
    rule = rule_of(app, route.endpoint)
    cells = " | ".join(_cell(outcome(rule, visitor, own=True), route) for visitor in VISITORS)
    only = ONLY.get(route.endpoint) or ONLY.get(route.endpoint.partition(".")[0], "")
    return f"| `{route.rule}` | {', '.join(methods_of(route))} | {cells} | `{route.endpoint}` | {only} |\n"


def _cell(met: Outcome, route: Rule) -> str:
    if met is not Outcome.OPEN:
        return str(met)
    return "**own**" if is_owned(route) else "**open**"
