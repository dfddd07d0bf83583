"""A message went to the wrong party: it is asked to delete it, and the case keeps what leaked."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from portal.actions import berichten, vervolg
from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import MoveNotAllowed, NotAllowed, NotFound
from portal.domain.roles import Actor
from portal.models import Datalek, Kennisgeving, Pauzeverzoek
from portal.models.briefwisseling import Briefwisseling
from portal.queries import dossier
from portal.queries import vervolg as plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Terugroeping:
    """The decision on version `versie` of the case and the message `gezien`. `wat`: what went wrong, for the case."""

    versie: int
    gezien: str
    wat: str


def recall(session: ScopedSession, actor: Actor, kennisgeving_id: UUID, besluit: Terugroeping) -> bool:
    """Call back everything that this recipient was sent about the case; whatever the status of the case.

    Returns whether it may have arrived. The recipient belongs to no schuld of the case any more. Raises NotAllowed,
    NotFound, AlreadyDecided, VoorbeeldVerouderd, MoveNotAllowed when it was called back already.
    """
    if not actor.is_reviewer or actor.id is None:
        raise NotAllowed("only a hulpverlener or teamleider calls a message back")
    with unit_of_work(session, actor) as work:
        verzoek = _case_of(work, kennisgeving_id)
        verzoek.expect_version(besluit.versie)
        stand = vervolg.stand(work, verzoek)
        wisseling = plans.exchange_of(stand, kennisgeving_id)
        if wisseling.is_recalled:
            raise MoveNotAllowed("called back already")
        planned = plans.recalled(stand, wisseling)
        vervolg.expect_seen([planned] if planned else [], besluit.gezien)
        berichten.lapse_unsent(work, wisseling.berichten)
        if planned and planned.feiten:
            berichten.issue_kennisgeving(work, verzoek, planned.ontvanger, planned.feiten, nummer=planned.nummer)
        lek = Datalek(
            id=uuid4(),
            verzoek_id=verzoek.id,
            kennisgeving_id=wisseling.gevraagd.id,
            found_at=work.now,
            found_by=actor.id,
            bereikt=planned is not None,
            wat=besluit.wat,
        )
        work.add(lek)
        _untie(work, verzoek, wisseling)
        work.record(_happened(lek, wisseling))
    return lek.bereikt


def _case_of(work: Work, kennisgeving_id: UUID) -> Pauzeverzoek:
    named = work.session.get(Kennisgeving, kennisgeving_id)
    if named is None:
        raise NotFound(f"kennisgeving {kennisgeving_id}")
    return work.load_for_update(Pauzeverzoek, named.verzoek_id, *dossier.DOSSIER)


def _untie(work: Work, verzoek: Pauzeverzoek, wisseling: Briefwisseling) -> None:
    """The schulden stay, and wait for the party that was meant."""
    party = wisseling.schuldeiser.id
    owed = (schuld for schuld in verzoek.schulden if schuld.schuldenaar is wisseling.schuldenaar)
    for schuld in owed:
        if any(partij.schuldeiser_id == party for partij in schuld.partijen):
            work.record(schuld.remove_party(party))
    verzoek.touch(work.now)


def _happened(lek: Datalek, wisseling: Briefwisseling) -> events.KennisgevingRecalled:
    return events.KennisgevingRecalled(
        keten=lek.verzoek_id,
        kennisgeving_id=lek.kennisgeving_id,
        schuldeiser_id=wisseling.schuldeiser.id,
        datalek_id=lek.id,
        bereikt=lek.bereikt,
    )
