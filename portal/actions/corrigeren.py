"""Mend what was wrong: the case, and what schuldeisers were told. Nobody chooses who: it follows from what each got."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from portal.actions import vervolg
from portal.actions.review import expect_references_to_tell_nothing
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain.errors import DuurOngeldig, NietsVeranderd, NotAllowed
from portal.domain.roles import Actor
from portal.models import Pauzeverzoek, na_besluit
from portal.queries import dossier
from portal.queries import vervolg as plans
from portal.queries.vervolg import Vervolg


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctie:
    """What is true: sections of the answers, and perhaps an earlier last day. On version `versie` of the case and the
    messages `gezien`.
    """

    versie: int
    gezien: str
    secties: Mapping[str, dict[str, Any]]
    tot_en_met: date | None = None


def correct_pauzeverzoek(
    session: ScopedSession, actor: Actor, verzoek_id: UUID, besluit: Correctie
) -> tuple[int, list[str]]:
    """Returns how many got a correctie, and the names of those for whom it did not work out.

    Raises NotAllowed (for lifting a secret address too), NotFound, AlreadyDecided, MoveNotAllowed, DuurOngeldig,
    AdresInReferentie, NietsVeranderd, VoorbeeldVerouderd.
    """
    if not actor.is_reviewer:
        raise NotAllowed("only a hulpverlener or teamleider corrects")
    with unit_of_work(session, actor) as work:
        verzoek = work.load_for_update(Pauzeverzoek, verzoek_id, *dossier.DOSSIER)
        verzoek.expect_version(besluit.versie)
        velden = na_besluit.correct(verzoek, besluit.secties, work.now)
        expect_references_to_tell_nothing(verzoek, [_references(verzoek)])
        done, failed = _tell(work, verzoek, besluit)
        if not (velden or done):
            raise NietsVeranderd(str(verzoek.id))
        work.record(na_besluit.corrected(verzoek, velden, len(done)))
    return len(done), failed


def _references(verzoek: Pauzeverzoek) -> dict[UUID, str | None]:
    return {partij.schuldeiser_id: partij.referentie for schuld in verzoek.schulden for partij in schuld.partijen}


def _tell(work: Work, verzoek: Pauzeverzoek, besluit: Correctie) -> tuple[list[Vervolg], list[str]]:
    """A correctie to who was told otherwise. The last day of the case is that of the longest pause that is left."""
    if not verzoek.is_running:
        return [], []
    _expect_earlier(verzoek, besluit.tot_en_met, dutch_date(work.now))
    stand = vervolg.stand(work, verzoek)
    planned = plans.corrected(stand, besluit.tot_en_met)
    vervolg.expect_seen(planned, besluit.gezien)
    done, failed = vervolg.issue_each(work, verzoek, planned)
    ends = {id: each.gevraagd.eind_on for id, each in stand.per_ontvanger().items() if each.runs(stand.today)}
    ends |= {each.ontvanger.sleutel: each.feiten.eind_on for each in done if each.feiten}
    verzoek.eind_on = max(ends.values(), default=verzoek.eind_on)
    return done, failed


def _expect_earlier(verzoek: Pauzeverzoek, tot_en_met: date | None, today: date) -> None:
    """A later last day is a verlenging, one that has passed is an end."""
    if verzoek.start_on is None or verzoek.eind_on is None:
        raise DuurOngeldig("a pause without days")
    if tot_en_met and not max(today, verzoek.start_on) < tot_en_met <= verzoek.eind_on:
        raise DuurOngeldig(f"corrected to {tot_en_met}")
