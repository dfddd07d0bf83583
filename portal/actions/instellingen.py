"""What a beheerder sets for the own organisatie: how it is reached, what stands on its letters, how its pages look, how
long it keeps a case, when its beschikking must be there.
"""

from dataclasses import astuple, dataclass
from uuid import UUID

from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import NotAllowed
from portal.domain.huisstijl import Huisstijl
from portal.domain.logo import Logo
from portal.domain.roles import Actor, Role
from portal.models import Organisatie


@dataclass(frozen=True, slots=True, kw_only=True)
class EigenTermijnen:
    """Days that the organisatie keeps a closed request; None = as long as the settings say."""

    ingetrokken_days: int | None
    niet_goedgekeurd_days: int | None
    goedgekeurd_days: int | None


def change_contact(session: ScopedSession, actor: Actor, *, telefoon: str, email: str, postadres: str) -> None:
    """How hulpvragers and schuldeisers reach the organisatie, from the next message on. Raises NotAllowed."""
    _change(session, actor, telefoon=telefoon, email=email, postadres=postadres)


def change_briefpapier(
    session: ScopedSession, actor: Actor, *, briefhoofd: str | None, ondertekening: str | None
) -> None:
    """The lines on its letters, from the next Kennisgeving on. What was issued stays. Raises NotAllowed."""
    _change(session, actor, briefhoofd=briefhoofd, ondertekening=ondertekening)


def change_huisstijl(
    session: ScopedSession, actor: Actor, huisstijl: Huisstijl, *, logo: Logo | None = None, logo_weg: bool = False
) -> None:
    """The colours of its pages and a new logo above them, at once. Without a new one the logo stays, unless `logo_weg`.

    Raises NotAllowed.
    """
    looks: dict[str, Huisstijl | Logo | None] = {"huisstijl": huisstijl}
    if logo or logo_weg:
        looks["logo"] = logo
    _change(session, actor, **looks)


def change_teammail(session: ScopedSession, actor: Actor, *, teammail: str | None) -> None:
    """Which mailbox gets the daily mail about the work; None for no mail. Raises NotAllowed."""
    _change(session, actor, teammail=teammail)


def change_beschikkingstermijn(session: ScopedSession, actor: Actor, *, weken: int | None) -> None:
    """Weeks from the first conversation to the beschikking, for conversations noted from then on; None = as many as the
    settings say. Raises NotAllowed.
    """
    _change(session, actor, beschikking_weken=weken)


def change_bewaartermijnen(session: ScopedSession, actor: Actor, termijnen: EigenTermijnen) -> None:
    """How long closed requests are kept, for those that are there already too. Raises NotAllowed."""
    with unit_of_work(session, expect_beheerder(actor)) as work:
        own = _own(work, actor)
        before = own.bewaar_ingetrokken_days, own.bewaar_niet_goedgekeurd_days, own.bewaar_goedgekeurd_days
        if before == astuple(termijnen):
            return
        own.bewaar_ingetrokken_days = termijnen.ingetrokken_days
        own.bewaar_niet_goedgekeurd_days = termijnen.niet_goedgekeurd_days
        own.bewaar_goedgekeurd_days = termijnen.goedgekeurd_days
        work.record(
            events.BewaartermijnenChanged(
                keten=own.id,
                ingetrokken_days=termijnen.ingetrokken_days,
                niet_goedgekeurd_days=termijnen.niet_goedgekeurd_days,
                goedgekeurd_days=termijnen.goedgekeurd_days,
            )
        )


def expect_beheerder(actor: Actor) -> Actor:
    """The same actor. Raises NotAllowed for whoever is no beheerder of an organisatie."""
    if Role.BEHEERDER not in actor.roles or actor.organisatie_id is None:
        raise NotAllowed("only a beheerder sets this")
    return actor


def _change(session: ScopedSession, actor: Actor, **values: str | int | Logo | None) -> None:
    with unit_of_work(session, expect_beheerder(actor)) as work:
        own = _own(work, actor)
        changed = tuple(name for name, value in values.items() if getattr(own, name) != value)
        if not changed:
            return
        for name in changed:
            setattr(own, name, values[name])
        work.record(events.OrganisatieChanged(keten=own.id, velden=changed))


def _own(work: Work, actor: Actor) -> Organisatie:
    return work.load_for_update(Organisatie, actor.organisatie_id or UUID(int=0))
