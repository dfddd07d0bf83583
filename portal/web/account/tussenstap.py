"""Between the password and the second factor: who is half-way in, in the signed cookie, for five minutes at most.

It ends when the password or the app of the account does: who knew the old ones is not half-way in to the new.
"""

from dataclasses import dataclass
from uuid import UUID

from flask import session

from portal import clock
from portal.queries.toegang import sign_in_mark
from portal.web.session import db

_KEY = "tussenstap"

STEP_SECONDS = 300
"""Time to find the phone. Assumption."""

KEPT = 4
"""Values of a step; a cookie from before an update may hold fewer."""


@dataclass(frozen=True, slots=True)
class Tussenstap:
    """A right password was given; `verder` is the page that was asked for."""

    medewerker_id: UUID
    verder: str | None


def remember(stap: Tussenstap) -> None:
    """Keep it in the cookie."""
    mark = sign_in_mark(db(), stap.medewerker_id)
    session[_KEY] = [stap.medewerker_id.hex, stap.verder, int(clock.now().timestamp()), mark]


def current() -> Tussenstap | None:
    """The step of this browser; None when there is none, it took too long, or what it rests on was replaced."""
    kept = session.get(_KEY)
    if kept is None or len(kept) != KEPT:
        return None
    id, verder, at, mark = kept
    stap = Tussenstap(UUID(id), verder)
    if int(clock.now().timestamp()) - at > STEP_SECONDS or mark != sign_in_mark(db(), stap.medewerker_id):
        session.pop(_KEY)
        return None
    return stap
