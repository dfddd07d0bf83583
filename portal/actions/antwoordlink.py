"""The link with which a schuldeiser answers: confirm that one may see the message, or revoke the link."""

from datetime import date
from uuid import UUID

from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import MoveNotAllowed, NotAllowed, OngeldigeToegang
from portal.domain.kennisgeving import from_json
from portal.domain.roles import Actor
from portal.models import Kennisgeving
from portal.models.sealed import fold


def confirm(
    session: ScopedSession, actor: Actor, kennisgeving_id: UUID, *, referentie: str, geboren_on: date | None
) -> None:
    """Whoever has the link knows the own reference or the birth date too. Raises OngeldigeToegang, NotFound.

    Attempts are limited by the caller before this is tried.
    """
    with unit_of_work(session, actor) as work:
        kennisgeving = work.load_for_update(Kennisgeving, kennisgeving_id)
        middel = _known(kennisgeving, referentie, geboren_on)
        if middel is None or kennisgeving.link_revoked_at is not None:
            raise OngeldigeToegang("antwoordlink")
        work.record(
            events.AntwoordlinkConfirmed(keten=kennisgeving.verzoek_id, kennisgeving_id=kennisgeving.id, middel=middel)
        )


def _known(kennisgeving: Kennisgeving, referentie: str, geboren_on: date | None) -> str | None:
    """What was known. Case, spaces and dashes of a reference do not count."""
    feiten = from_json(kennisgeving.feiten)
    own = {fold(each.referentie) for each in feiten.verwijzingen if each.referentie} - {""}
    if fold(referentie) in own:
        return "referentie"
    born = {each.geboren_on for each in feiten.betrokkenen}
    return "geboortedatum" if geboren_on in born else None


def revoke(session: ScopedSession, actor: Actor, kennisgeving_id: UUID) -> None:
    """A hulpverlener takes the link out of use. Raises NotAllowed, NotFound, MoveNotAllowed."""
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider revokes a link")
    with unit_of_work(session, actor) as work:
        kennisgeving = work.load_for_update(Kennisgeving, kennisgeving_id)
        if kennisgeving.link_revoked_at is not None:
            raise MoveNotAllowed("revoked already")
        work.record(kennisgeving.revoke_link(work.now))
