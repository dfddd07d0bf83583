"""What came to a case after the approval is told: a forgotten schuld, another reference."""

from dataclasses import dataclass
from uuid import UUID

from portal.actions import vervolg
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import GeenOntvangers, GeheimAdresNietBevestigd, ParticulierNietBevestigd
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor
from portal.models import Pauzeverzoek, na_besluit
from portal.queries import vervolg as plans
from portal.queries.vervolg import Vervolg


@dataclass(frozen=True, slots=True, kw_only=True)
class Bijkomst:
    """The decision to send what the page showed (`gezien`), on version `versie` of the case. Without
    `particulier_bevestigd` a private person is left out.
    """

    versie: int
    gezien: str
    particulier_bevestigd: bool = False
    geheim_bevestigd: bool = False


def tell_added(session: ScopedSession, actor: Actor, verzoek_id: UUID, besluit: Bijkomst) -> list[str]:
    """Tell who was tied to the case since the approval, with the last day of the pause, and correct a reference.

    Returns the names of those for whom it did not work out; they can be told later. Raises NotAllowed, AlreadyDecided,
    MoveNotAllowed, GeenToestemming, VoorbeeldVerouderd, GeenOntvangers, ParticulierNietBevestigd,
    GeheimAdresNietBevestigd.
    """
    with unit_of_work(session, actor) as work:
        verzoek = vervolg.load_running(work, verzoek_id, besluit.versie)
        planned = plans.to_send(plans.added(vervolg.stand(work, verzoek)))
        vervolg.expect_seen(planned, besluit.gezien)
        planned = _confirmed(verzoek, planned, besluit)
        done, failed = vervolg.issue_each(work, verzoek, planned)
        if not done:
            raise GeenOntvangers(str(verzoek.id))
        work.record(na_besluit.add_recipients(verzoek, work.now, len(done)))
    return failed


def _confirmed(verzoek: Pauzeverzoek, planned: list[Vervolg], besluit: Bijkomst) -> list[Vervolg]:
    """What may go out. Raises GeheimAdresNietBevestigd, and ParticulierNietBevestigd when nobody else is left."""
    if verzoek.has_geheim_adres and not besluit.geheim_bevestigd:
        raise GeheimAdresNietBevestigd(str(verzoek.id))
    private = [each for each in planned if each.ontvanger.is_particulier and _is_first(each)]
    if besluit.particulier_bevestigd or not private:
        return planned
    if len(private) == len(planned):
        raise ParticulierNietBevestigd([each.schuldeiser.naam for each in private])
    return [each for each in planned if each not in private]


def _is_first(planned: Vervolg) -> bool:
    return planned.feiten is not None and planned.feiten.soort is Soort.KENNISGEVING
