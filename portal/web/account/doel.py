"""Where somebody goes after signing in."""

from urllib.parse import urlsplit

from flask import url_for

from portal.domain.roles import READERS, Role

MAX_TARGET = 500
"""Characters of a path that is kept through the sign-in."""


def local_path(target: str | None) -> str | None:
    """The path, when it leads to a page of this portal; None for anything a browser could read as another site."""
    if not target or len(target) > MAX_TARGET or not target.isascii() or not target.isprintable():
        return None
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    parts = urlsplit(target)
    return target if not (parts.scheme or parts.netloc) else None


def home(roles: frozenset[Role]) -> str:
    """The first page of a member of staff."""
    if roles & READERS:
        return url_for("hulpverlener.werkvoorraad")
    if Role.LANDELIJK_BEHEERDER in roles:
        return url_for("beheer.schuldeisers")
    return url_for("beheer.organisatie")
