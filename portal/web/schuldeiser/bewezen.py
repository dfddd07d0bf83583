"""What this browser has proven about messages to schuldeisers, and the list it works through.

In the signed cookie, each for a short while.
"""

from datetime import datetime
from uuid import UUID

from flask import session

from portal import clock

_KEY = "bevestigd"
_LIST = "overzicht"

LASTS_SECONDS = 3600
"""Time to answer, with a telephone call in between. Assumption."""

MESSAGES_AT_MOST = 10
"""Messages kept in one cookie: it must stay small. The oldest goes first."""


def remember(kennisgeving_id: UUID) -> None:
    """The own reference or the birth date of this message was known."""
    kept = [*_live(), [kennisgeving_id.hex, _now()]]
    session[_KEY] = kept[-MESSAGES_AT_MOST:]


def is_proven(kennisgeving_id: UUID) -> bool:
    """Whether this browser confirmed this message a short while ago."""
    return any(id == kennisgeving_id.hex for id, _ in _live())


def open_list(token: str, until: datetime) -> None:
    """The pages of one message lead back to this list from now on."""
    session[_LIST] = [token, int(until.timestamp())]


def list_open() -> str | None:
    """The token of the list, as long as it works."""
    token, until = session.get(_LIST, (None, 0))
    return token if _now() < until else None


def close_list() -> None:
    session.pop(_LIST, None)


def _live() -> list[list[str | int]]:
    kept: list[list[str | int]] = session.get(_KEY, [])
    return [[id, at] for id, at in kept if _now() - int(at) <= LASTS_SECONDS]


def _now() -> int:
    return int(clock.now().timestamp())
