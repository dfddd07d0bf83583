"""Landelijke entries of the directory from a file: what it would do, told change by change, and the act itself."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from portal import clock
from portal.actions.akkoord import ask_within
from portal.actions.akkoord_soorten import change_email
from portal.actions.directory_file import Regel
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.akkoord import Akkoordsoort
from portal.domain.errors import AlreadyDecided, Fout, NotAllowed, OngeldigBestand
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, ActorKind, Role
from portal.models import Schuldeiser
from portal.queries import akkoord

IMPORT = "import"
"""Who vouches for an address that came verified from a file."""

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('directory import', 0))")


class Gevolg(StrEnum):
    """What a line did to the directory."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """A line with what it does: the attributes that it changes, as they will be and as they were.

    `asks` is another address for mail, of which a second person decides; `waits` says that such a question is open, so
    that none is asked.
    """

    regel: Regel
    gevolg: Gevolg
    changes: Mapping[str, Any]
    was: Mapping[str, Any]
    asks: str | None = None
    waits: bool = False


def preview(session: ScopedSession, actor: Actor, regels: Sequence[Regel]) -> list[Uitkomst]:
    """What `import_directory` would do now. Raises OngeldigBestand, NotAllowed."""
    with session.acting_as(actor):
        return [outcome for outcome, _ in _compare(session, actor, regels)]


def import_directory(
    session: ScopedSession,
    actor: Actor,
    regels: Sequence[Regel],
    *,
    gezien: str | None = None,
    reden: str = "",
    lives: timedelta = timedelta(),
) -> list[Uitkomst]:
    """Add or change landelijke entries by name, all of them or none; what the file does not name stays as it is.

    A member of staff changes no address for mail this way and vouches for none: for each address the import asks a
    second person, with its `reden`, for as long as the question `lives`. The operator needs neither.
    `gezien` is the `digest` of the preview that was read: another outcome raises AlreadyDecided. Raises NotAllowed,
    and OngeldigBestand when the directory itself has a name twice.
    """
    with unit_of_work(session, actor) as work:
        session.execute(_ONE_AT_A_TIME)
        compared = _compare(session, actor, regels)
        outcomes = [outcome for outcome, _ in compared]
        if gezien not in (None, digest(outcomes)):
            raise AlreadyDecided("the directory changed after the preview")
        for outcome, entry in compared:
            _carry_out(work, outcome, entry)
            if entry is not None and outcome.asks is not None:
                ask_within(work, change_email(entry.id, outcome.asks), reden, lives)
        work.record(events.DirectoryImported(keten=LANDELIJK, **counts(outcomes)))
        return outcomes


def _carry_out(work: Work, outcome: Uitkomst, entry: Schuldeiser | None) -> None:
    today = dutch_date(work.now)
    if entry is None:
        work.add(outcome.regel.new_entry(by=IMPORT, on=today))
        return
    for name, value in outcome.changes.items():
        setattr(entry, name, value)
    if outcome.regel.verified and outcome.changes.keys() & {"email", "email_verified_by"}:
        entry.email_verified_on = today


def digest(outcomes: Iterable[Uitkomst]) -> str:
    """The hash of all that a file does: who confirms it shows what he read."""
    told = [
        (each.regel.number, each.regel.naam, each.gevolg, _said(each.was), _said(each.changes), each.asks, each.waits)
        for each in outcomes
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _said(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def counts(outcomes: Iterable[Uitkomst]) -> dict[str, int]:
    """How many lines did what, by the name of what they did."""
    done = [outcome.gevolg for outcome in outcomes]
    return {str(gevolg): done.count(gevolg) for gevolg in Gevolg}


def _compare(
    session: ScopedSession, actor: Actor, regels: Sequence[Regel]
) -> list[tuple[Uitkomst, Schuldeiser | None]]:
    by_hand = actor.kind is ActorKind.MEDEWERKER
    if by_hand and Role.LANDELIJK_BEHEERDER not in actor.roles:
        raise NotAllowed("read in the directory")
    known, gone = _known(session)
    merged = [regel for regel in regels if regel.naam.casefold() in gone]
    if merged:
        raise OngeldigBestand([Fout(r.number, "naam", f"{r.naam} was merged with another entry") for r in merged])
    doubled = [regel for regel in regels if len(known.get(regel.naam.casefold(), ())) > 1]
    if doubled:
        raise OngeldigBestand([Fout(r.number, "naam", f"{r.naam} is in the directory more than once") for r in doubled])
    found = [(regel, next(iter(known.get(regel.naam.casefold(), ())), None)) for regel in regels]
    if not by_hand:
        return [_compared(regel, entry, _address(regel, entry)) for regel, entry in found]
    waiting = set(session.scalars(akkoord.waiting_about(Akkoordsoort.CONTACTGEGEVENS, clock.now())))
    return [_asking(regel, entry, waiting) for regel, entry in found]


def _known(session: ScopedSession) -> tuple[dict[str, list[Schuldeiser]], set[str]]:
    """The landelijke entries by name, and the names of those that were merged with another."""
    landelijk = select(Schuldeiser).where(Schuldeiser.organisatie_id.is_(None)).order_by(Schuldeiser.id)
    if "work" in session.info:
        landelijk = landelijk.with_for_update()
    known, gone = dict[str, list[Schuldeiser]](), set[str]()
    for entry in session.scalars(landelijk):
        if entry.samengevoegd_met_id:
            gone.add(entry.naam.casefold())
        else:
            known.setdefault(entry.naam.casefold(), []).append(entry)
    return known, gone - known.keys()


def _asking(regel: Regel, entry: Schuldeiser | None, waiting: set[UUID]) -> tuple[Uitkomst, Schuldeiser | None]:
    """What a member of staff does by a file: nothing to an address, but ask about it."""
    outcome, entry = _compared(replace(regel, verified=False), entry, {})
    if entry is None or regel.email in (None, entry.email):
        return outcome, entry
    waits = entry.id in waiting
    return replace(outcome, asks=None if waits else regel.email, waits=waits), entry


def _compared(
    regel: Regel, entry: Schuldeiser | None, address: Mapping[str, Any]
) -> tuple[Uitkomst, Schuldeiser | None]:
    if entry is None:
        return Uitkomst(regel, Gevolg.ADDED, regel.values, {}), None
    wanted = {"naam": regel.naam, **regel.values, **address}
    changes = {name: value for name, value in wanted.items() if getattr(entry, name) != value}
    was = {name: getattr(entry, name) for name in changes}
    return Uitkomst(regel, Gevolg.CHANGED if changes else Gevolg.UNCHANGED, changes, was), entry


def _address(regel: Regel, entry: Schuldeiser | None) -> dict[str, Any]:
    """No address in the file leaves the one that is there, and a person's word for the same address stays his."""
    if entry is None:
        return {}
    same = regel.email == entry.email
    if regel.email is None or (same and entry.email_verified_by not in (None, IMPORT)):
        return {}
    if regel.verified:
        return {"email": regel.email, "email_verified_by": IMPORT}
    return {"email": regel.email, "email_verified_by": None, "email_verified_on": None}
