"""Between the password and the second factor: who is half-way in, in the signed cookie, for five minutes at most."""

from dataclasses import dataclass
from uuid import UUID

from flask import session

from portal import clock

_KEY = "tussenstap"

STEP_SECONDS = 300
"""Time to find the phone. Assumption."""


@dataclass(frozen=True, slots=True)
class Tussenstap:
    """A right password was given; `verder` is the page that was asked for."""

    medewerker_id: UUID
    verder: str | None


def remember(stap: Tussenstap) -> None:
    """Keep it in the cookie."""
    session[_KEY] = [stap.medewerker_id.hex, stap.verder, int(clock.now().timestamp())]


def current() -> Tussenstap | None:
    """The step of this browser; None when there is none, or it took too long."""
    kept = session.get(_KEY)
    if kept is None:
        return None
    id, verder, at = kept
    if int(clock.now().timestamp()) - at > STEP_SECONDS:
        session.pop(_KEY)
        return None
    return Tussenstap(UUID(id), verder)
