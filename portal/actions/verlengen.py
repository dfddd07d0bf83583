"""Ask for a longer pause: of one schuldeiser or of all, each within its own maximum."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.actions import vervolg
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import DuurOngeldig, GeenOntvangers
from portal.domain.roles import Actor
from portal.models import na_besluit
from portal.queries import vervolg as plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Verlenging:
    """The decision to ask these parties for longer, taken on version `versie` of the case and on the messages `gezien`.

    `tot_en_met` is the last day; a pair with a lower maximum gets the last day that it allows.
    """

    versie: int
    gezien: str
    tot_en_met: date
    schuldeisers: frozenset[UUID]


def extend_pauze(session: ScopedSession, actor: Actor, verzoek_id: UUID, besluit: Verlenging) -> list[str]:
    """Ask for longer; returns the names of those for whom it did not work out.

    Raises NotAllowed, NotFound, AlreadyDecided, MoveNotAllowed, GeenToestemming, DuurOngeldig past eight months from
    the start, GeenOntvangers, VoorbeeldVerouderd.
    """
    with unit_of_work(session, actor) as work:
        verzoek = vervolg.load_running(work, verzoek_id, besluit.versie)
        stand = vervolg.stand(work, verzoek)
        if not stand.today < besluit.tot_en_met <= stand.last_day:
            raise DuurOngeldig(f"until {besluit.tot_en_met}, at most {stand.last_day}")
        planned = plans.to_send(plans.extended(stand, besluit.tot_en_met, besluit.schuldeisers))
        vervolg.expect_seen(planned, besluit.gezien)
        done, failed = vervolg.issue_each(work, verzoek, planned)
        if not done:
            raise GeenOntvangers(str(verzoek.id))
        last = max(each.feiten.eind_on for each in done if each.feiten)
        work.record(na_besluit.extend(verzoek, work.now, last, len(done)))
    return failed
