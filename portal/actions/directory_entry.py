"""One entry of the directory: add a landelijke one, change what it says. Addresses are kept elsewhere, by two keys."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from portal.actions.contact import may_decide
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import AlreadyDecided, BestaatAl, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor, Role
from portal.models import Gemachtigde, Schuldeiser
from portal.models.schuldeiser import KEPT_BY_HAND
from portal.queries import directory_entry

MAX_GEMACHTIGDEN = 20
"""Parties that collect for one schuldeiser. Assumption."""


def add_entry(session: ScopedSession, actor: Actor, values: Mapping[str, Any], gemachtigden: Iterable[UUID]) -> UUID:
    """A new landelijke entry, without an address for mail. Raises NotAllowed, BestaatAl."""
    if Role.LANDELIJK_BEHEERDER not in actor.roles:
        raise NotAllowed("only the landelijk beheerder adds a landelijke entry")
    with unit_of_work(session, actor) as work:
        entry = Schuldeiser(organisatie_id=None)
        _say(entry, values)
        _expect_new_name(work, entry)
        work.add(entry)
        _set_gemachtigden(work, entry, gemachtigden)
        work.record(events.SchuldeiserAdded(keten=LANDELIJK, schuldeiser_id=entry.id))
        return entry.id


def change_entry(
    session: ScopedSession,
    actor: Actor,
    schuldeiser_id: UUID,
    *,
    stand: str,
    values: Mapping[str, Any],
    gemachtigden: Iterable[UUID],
) -> None:
    """Change what an entry says. `stand` is that of the entry as it was read. Changing nothing records nothing.

    Raises NotFound, NotAllowed, BestaatAl, MoveNotAllowed, AlreadyDecided when somebody changed it meanwhile.
    """
    with unit_of_work(session, actor) as work:
        entry = work.load_for_update(Schuldeiser, schuldeiser_id)
        if not may_decide(actor, entry):
            raise NotAllowed("change this entry")
        if entry.samengevoegd_met_id:
            raise MoveNotAllowed("change an entry that was merged")
        if entry.stand != stand:
            raise AlreadyDecided(f"schuldeiser {schuldeiser_id}")
        changed = _say(entry, values)
        if "naam" in changed:
            _expect_new_name(work, entry)
        if _set_gemachtigden(work, entry, gemachtigden):
            changed.append("gemachtigden")
        if changed:
            keten = actor.organisatie_id or LANDELIJK
            work.record(events.SchuldeiserChanged(keten=keten, schuldeiser_id=entry.id, velden=tuple(changed)))


def _say(entry: Schuldeiser, values: Mapping[str, Any]) -> list[str]:
    """Take the values over; returns what became different."""
    changed = [name for name in KEPT_BY_HAND if name in values and getattr(entry, name) != values[name]]
    for name in changed:
        setattr(entry, name, values[name])
    return changed


def _expect_new_name(work: Work, entry: Schuldeiser) -> None:
    """A landelijke name stands for one entry: the file of the directory finds entries by it."""
    if entry.organisatie_id is not None:
        return
    with work.session.no_autoflush:
        if directory_entry.has_namesake(work.session, entry):
            raise BestaatAl("schuldeiser")


def _set_gemachtigden(work: Work, entry: Schuldeiser, wanted: Iterable[UUID]) -> bool:
    """Who usually collects for it. Raises NotFound for who does not collect, or is not seen."""
    asked = set(wanted)
    work.session.flush()
    known = directory_entry.collectors(work.session, asked)
    if len(known) < len(asked) or entry.id in asked or len(asked) > MAX_GEMACHTIGDEN:
        raise NotFound("gemachtigde")
    own = Gemachtigde.schuldeiser_id == entry.id
    present = set(work.session.scalars(select(Gemachtigde.gemachtigde_id).where(own)))
    work.session.execute(delete(Gemachtigde).where(own, Gemachtigde.gemachtigde_id.in_(present - asked)))
    for id in sorted(asked - present):
        work.add(Gemachtigde(schuldeiser_id=entry.id, gemachtigde_id=id))
    return present != asked
