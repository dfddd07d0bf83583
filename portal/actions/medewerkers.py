"""What a beheerder does with the accounts of colleagues, beside the acts that the operator has too."""

from uuid import UUID

from portal.actions.instellingen import expect_beheerder
from portal.actions.organisatie import check_may_manage
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import NotAllowed
from portal.domain.event import LANDELIJK
from portal.domain.roles import OF_AN_ORGANISATIE, Actor, Role
from portal.models import Medewerker


def change_medewerker(
    session: ScopedSession, actor: Actor, medewerker_id: UUID, *, naam: str, roles: frozenset[Role]
) -> None:
    """The name and the roles of a colleague; they hold from his next click on. Raises NotAllowed, NotFound."""
    check_may_manage(expect_beheerder(actor), medewerker_id)
    expect_given(roles)
    with unit_of_work(session, actor) as work:
        medewerker = work.load_for_update(Medewerker, medewerker_id)
        values = {"naam": naam, "rollen": sorted(roles)}
        changed = tuple(name for name, value in values.items() if getattr(medewerker, name) != value)
        if not changed:
            return
        medewerker.naam, medewerker.rollen = naam, sorted(roles)
        work.record(
            events.MedewerkerChanged(
                keten=medewerker.organisatie_id or LANDELIJK,
                medewerker_id=medewerker_id,
                velden=changed,
                rollen=tuple(sorted(roles)),
            )
        )


def expect_given(roles: frozenset[Role]) -> None:
    """Raises NotAllowed for no role, and for one that no organisatie gives."""
    if not roles or not roles <= OF_AN_ORGANISATIE:
        raise NotAllowed("roles that an organisatie does not give")
