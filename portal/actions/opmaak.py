"""The letter of a frozen Kennisgeving and the Bewijs van aanmelding: what is to be typeset, and what was made of it.

Typesetting itself happens between these acts, never inside one of their transactions. It is done once, before the first
hand-over; a process that dies between the two leaves nothing, and the next one makes the same bytes.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_, select

from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.aanmeldbewijs import AanmeldbewijsFeiten
from portal.domain.controle import DocumentSoort
from portal.domain.kennisgeving import Kanaal, KennisgevingFeiten, Wegwijzers, from_json
from portal.domain.roles import Actor
from portal.domain.status import Status, Verzendstatus
from portal.models import Aanmeldbewijs, Bericht, Brief, Kennisgeving, Pauzeverzoek
from portal.models.aanmeldbewijs import aanmeldbewijs_feiten
from portal.models.links import bewijswijzers, wegwijzers
from portal.queries import dossier


@dataclass(frozen=True, slots=True)
class Kopij:
    """What the letter is made of: frozen facts, the ways back, and the version of its template."""

    feiten: KennisgevingFeiten
    wegwijzers: Wegwijzers
    sjabloon: str


def to_typeset(session: ScopedSession, kennisgeving_id: UUID) -> Kopij | None:
    """The facts of a message that waits and has no letter yet; None when there is nothing to make (any more).

    One that is fetched may be acknowledged before its letter is made: the schuldeiser can still ask for that.
    """
    found = session.scalars(
        select(Kennisgeving).where(
            Kennisgeving.id == kennisgeving_id,
            or_(
                Kennisgeving.status == Verzendstatus.KLAAR,
                and_(Kennisgeving.kanaal == Kanaal.API, Kennisgeving.status != Verzendstatus.VERVALLEN),
            ),
            ~select(Brief.id).where(Brief.id == Kennisgeving.id).exists(),
        )
    ).first()
    if found is None:
        return None
    feiten = from_json(found.feiten)
    return Kopij(feiten, wegwijzers(session.adressen.base_url, feiten), found.sjabloon)


def record_typeset(session: ScopedSession, kennisgeving_id: UUID, pdf: bytes, gegevens: bytes) -> None:
    """Keep the letter and its hashes. What is kept already stays. Raises NotFound."""
    with unit_of_work(session, Actor.systeem()) as work:
        kennisgeving = work.load_for_update(Kennisgeving, kennisgeving_id)
        if session.get(Brief, kennisgeving_id) is None:
            brief = Brief.keep(kennisgeving_id, pdf, gegevens, work.now)
            work.add(brief)
            if kennisgeving.kanaal is Kanaal.API:  # what waited for its turn can be fetched from now on
                kennisgeving.attempt_started_at = kennisgeving.attempt_started_at or work.now
            work.record(brief.typeset(kennisgeving))


def bewijs_to_typeset(session: ScopedSession, verzoek_id: UUID) -> tuple[AanmeldbewijsFeiten, Wegwijzers] | None:
    """What the Bewijs van aanmelding of a case is made of; None when it is there, or the case is not (any more)."""
    made = select(Aanmeldbewijs.id).where(Aanmeldbewijs.verzoek_id == Pauzeverzoek.id).exists()
    found = session.scalars(
        select(Pauzeverzoek)
        .where(Pauzeverzoek.id == verzoek_id, Pauzeverzoek.status != Status.CONCEPT, ~Pauzeverzoek.onvolledig, ~made)
        .options(*dossier.DOSSIER)
    ).first()
    if found is None:
        return None
    wijzers = bewijswijzers(session.adressen.base_url, verzoek_id, DocumentSoort.BEWIJS_VAN_AANMELDING)
    return aanmeldbewijs_feiten(found), wijzers


def record_bewijs(session: ScopedSession, verzoek_id: UUID, pdf: bytes) -> None:
    """Keep the document and its hash. What is kept already stays. Raises NotFound."""
    with unit_of_work(session, Actor.systeem()) as work:
        work.load_for_update(Pauzeverzoek, verzoek_id)
        if dossier.aanmeldbewijs(session, verzoek_id) is None:
            made = Aanmeldbewijs.keep(verzoek_id, pdf, work.now)
            work.add(made)
            work.record(made.typeset())


def attached_to(session: ScopedSession, bericht_id: UUID) -> UUID | None:
    """The case whose Bewijs van aanmelding goes along with this message, if one does."""
    return session.scalars(select(Bericht.verzoek_id).where(Bericht.id == bericht_id, Bericht.met_bewijs)).first()
