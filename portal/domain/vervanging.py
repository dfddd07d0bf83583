"""Whose work falls to whom while somebody is away."""

from collections.abc import Mapping
from uuid import UUID


def replaced_by(present: UUID, absent: Mapping[UUID, UUID]) -> frozenset[UUID]:
    """Whose work falls to `present` today. `absent`: who is away → who replaces him.

    Who is away himself passes on what he has to his own vervanger. In a ring of people who are all away nobody has it.
    """
    return frozenset(away for away in absent if _end_of_chain(away, absent) == present)


def _end_of_chain(away: UUID, absent: Mapping[UUID, UUID]) -> UUID | None:
    seen = {away}
    at = absent[away]
    while at in absent:
        if at in seen:
            return None
        seen.add(at)
        at = absent[at]
    return at
