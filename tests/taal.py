"""A hulpvrager who chose a language."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from portal.actions import hulpvrager
from portal.actions.taal import choose_taal
from portal.domain.roles import Actor
from portal.domain.taal import Taal
from tests.given import Given, Schuldregel


def choose(given: Given, id: UUID, taal: Taal) -> None:
    """The button of a language, by who is signed in."""
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        choose_taal(session, person, taal)


def submitted(given: Given, taal: Taal, regels: Iterable[Schuldregel] = (), **changes: dict[str, Any] | None) -> UUID:
    """Chosen half way, and then filed."""
    _ = given.organisatie_id
    id = given.concept(**changes)
    choose(given, id, taal)
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        for regel in regels:
            hulpvrager.add_schuld(session, person, id, {"afzender": regel.afzender})
        hulpvrager.submit(session, person)
    return id
