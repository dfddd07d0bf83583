"""What every template can use: words, dates and amounts in the language of the page, and who is signed in."""

from datetime import date, datetime
from typing import Any

from flask import Flask, g, request, url_for

from portal.domain.roles import READERS, REVIEWERS, Role
from portal.texts import talen
from portal.web import session


def init_app(app: Flask) -> None:
    """Filters and the context of the layouts."""
    app.jinja_env.filters.update(day=day, weekday=weekday, moment=moment, euro=euro)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    talen.speak_in(app.jinja_env)
    app.context_processor(_context)


def day(value: date | None) -> str:
    """9 februari 2027."""
    return talen.day(value) if value else ""


def weekday(value: date | None) -> str:
    """dinsdag 9 februari 2027."""
    return talen.weekday(value) if value else ""


def moment(value: datetime | None) -> str:
    """9 februari 2027 om 14:05, Dutch time."""
    return talen.moment(value) if value else ""


def euro(cents: int | None) -> str:
    """€ 1.234,50."""
    return talen.euro(cents) if cents is not None else ""


def _context() -> dict[str, Any]:
    medewerker = g.get("medewerker")
    return {
        "medewerker": medewerker and _Shown(medewerker),
        "navigatie": _navigation() if medewerker else [],
        "huisstijl": medewerker.organisatie.huisstijl if medewerker and medewerker.organisatie else None,
        "is_development": session.settings().is_development,
    }


class _Shown:
    """What the header shows of the member of staff."""

    def __init__(self, medewerker: Any) -> None:
        organisatie = medewerker.organisatie
        self.naam, self.email = medewerker.naam, medewerker.email
        self.met_werkaccount = medewerker.sso_subject is not None
        self.organisatie_naam = organisatie.naam if organisatie else "Landelijk beheer"


AKKOORD = "beheer.akkoorden"

NAVIGATION: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("hulpverlener.werkvoorraad", "Werkvoorraad", READERS),
    ("beheer.schuldeisers", "Schuldeisers", READERS | {Role.LANDELIJK_BEHEERDER, Role.BEHEERDER}),
    (AKKOORD, "Akkoord", REVIEWERS | {Role.LANDELIJK_BEHEERDER}),
    ("beheer.cijfers", "Cijfers", frozenset({Role.TEAMLEIDER})),
    ("beheer.koppelingen", "Koppelingen", frozenset({Role.LANDELIJK_BEHEERDER})),
    ("beheer.mails", "Ontvangen e-mail", frozenset({Role.LANDELIJK_BEHEERDER})),
    ("beheer.log", "Logboek", frozenset({Role.AUDITOR})),
    ("beheer.organisatie", "Organisatie", frozenset({Role.BEHEERDER, Role.TEAMLEIDER})),
)
"""Endpoint, label, and who sees it."""


def _navigation() -> list[tuple[str, str, bool]]:
    roles = session.actor().roles
    return [
        (url_for(endpoint), _label(endpoint, label), request.endpoint == endpoint)
        for endpoint, label, allowed in NAVIGATION
        if roles & allowed
    ]


def _label(endpoint: str, label: str) -> str:
    """'Akkoord (2)': the number of questions that wait for this member of staff."""
    waiting = g.get("akkoorden", 0) if endpoint == AKKOORD else 0
    return f"{label} ({waiting})" if waiting else label
