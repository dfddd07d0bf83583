"""One case with all that belongs to it, in a fixed number of statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.types import Text

from portal.db import jobs
from portal.domain.bericht import AAN_SCHULDEISER
from portal.domain.errors import NotFound
from portal.domain.schuldenaar import Schuldenaar
from portal.models import (
    Aanmeldbewijs,
    Aanvulling,
    AuditEntry,
    Bericht,
    BerichtSoort,
    Datalek,
    Doorsturing,
    Kennisgeving,
    Melding,
    Notitie,
    Partner,
    Pauzeverzoek,
    Poging,
    Registercontrole,
    Schuld,
    Schuldpartij,
)

MAX_ROWS = 500
"""Rows of one kind that a case page shows at most."""

DOSSIER: tuple[Any, ...] = (
    joinedload(Pauzeverzoek.gemeente),
    joinedload(Pauzeverzoek.organisatie),
    joinedload(Pauzeverzoek.behandelaar),
    selectinload(Pauzeverzoek.toestemmingen),
    joinedload(Pauzeverzoek.partner).selectinload(Partner.toestemmingen),
    selectinload(Pauzeverzoek.schulden).selectinload(Schuld.partijen).joinedload(Schuldpartij.schuldeiser),
)
"""What must be loaded with a pauzeverzoek to decide on it or to write about it."""


def load(session: Session, verzoek_id: UUID) -> Pauzeverzoek:
    """The case with its gemeente, organisatie, behandelaar, toestemmingen, schulden and matches. Raises NotFound."""
    verzoek = session.scalars(select(Pauzeverzoek).where(Pauzeverzoek.id == verzoek_id).options(*DOSSIER)).first()
    if verzoek is None:
        raise NotFound(f"pauzeverzoek {verzoek_id}")
    return verzoek


def kennisgevingen(session: Session, verzoek_id: UUID) -> Sequence[Kennisgeving]:
    """Its messages to schuldeisers with their recipient, oldest first."""
    return session.scalars(
        select(Kennisgeving)
        .where(Kennisgeving.verzoek_id == verzoek_id)
        .options(joinedload(Kennisgeving.schuldeiser))
        .order_by(Kennisgeving.issued_at, Kennisgeving.soort, Kennisgeving.id)
        .limit(MAX_ROWS)
    ).all()


def kennisgevingen_for_hulpvrager(session: Session, verzoek_id: UUID) -> Sequence[Kennisgeving]:
    """The same, but for those about the partner alone: each of two people sees the own part and what is of both."""
    issued = kennisgevingen(session, verzoek_id)
    return [each for each in issued if each.schuldenaar is not Schuldenaar.PARTNER]


def kennisgeving(session: Session, verzoek_id: UUID, kennisgeving_id: UUID) -> Kennisgeving:
    """One message to a schuldeiser of this case, with its recipient. Raises NotFound."""
    found = session.scalars(
        select(Kennisgeving)
        .where(Kennisgeving.verzoek_id == verzoek_id, Kennisgeving.id == kennisgeving_id)
        .options(joinedload(Kennisgeving.schuldeiser))
    ).first()
    if found is None:
        raise NotFound(f"kennisgeving {kennisgeving_id}")
    return found


def pogingen(session: Session, verzoek_id: UUID) -> Sequence[Poging]:
    """Every attempt to hand over one of its messages to schuldeisers, oldest first."""
    return session.scalars(
        select(Poging)
        .join(Kennisgeving, Poging.kennisgeving_id == Kennisgeving.id)
        .where(Kennisgeving.verzoek_id == verzoek_id)
        .order_by(Poging.at, Poging.id)
        .limit(MAX_ROWS)
    ).all()


def next_attempts(session: Session, kennisgeving_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the worker tries again, for the messages that had a setback and wait for their turn."""
    locks = {f"{jobs.SEND_KENNISGEVING}:{id}": id for id in kennisgeving_ids}
    if not locks:
        return {}
    rows = session.execute(
        text("""
            SELECT lock, scheduled_at FROM procrastinate_jobs
            WHERE status = 'todo' AND scheduled_at IS NOT NULL AND lock = ANY(:locks)
            ORDER BY id
        """).bindparams(bindparam("locks", list(locks), type_=ARRAY(Text)))
    )
    return {locks[row.lock]: row.scheduled_at for row in rows}


def berichten(session: Session, verzoek_id: UUID) -> Sequence[Bericht]:
    """Its messages to the hulpvrager, newest first, but no access links."""
    others = (BerichtSoort.TOEGANGSLINK, *AAN_SCHULDEISER)
    return session.scalars(
        select(Bericht)
        .where(Bericht.verzoek_id == verzoek_id, Bericht.soort.not_in(others))
        .order_by(Bericht.issued_at.desc(), Bericht.id)
        .limit(MAX_ROWS)
    ).all()


def ontvangstbewijzen(session: Session, kennisgeving_id: UUID) -> Sequence[Bericht]:
    """The receipts of the answers to one Kennisgeving, newest first."""
    return session.scalars(
        select(Bericht)
        .where(Bericht.bevestigt_id == kennisgeving_id)
        .order_by(Bericht.issued_at.desc(), Bericht.id)
        .limit(MAX_ROWS)
    ).all()


def untold(session: Session, verzoek_id: UUID) -> Sequence[Bericht]:
    """Its messages to the hulpvrager that did not arrive and that nobody told yet, access links too, oldest first."""
    return session.scalars(
        select(Bericht)
        .where(Bericht.verzoek_id == verzoek_id, Bericht.is_untold)
        .order_by(Bericht.issued_at, Bericht.id)
        .limit(MAX_ROWS)
    ).all()


def meldingen(session: Session, verzoek_id: UUID) -> Sequence[Melding]:
    """What the hulpvrager reported after filing, with the message it is about, newest first."""
    return session.scalars(
        select(Melding)
        .where(Melding.verzoek_id == verzoek_id)
        .options(joinedload(Melding.kennisgeving))
        .order_by(Melding.made_at.desc(), Melding.id)
        .limit(MAX_ROWS)
    ).all()


def aanvullingen(session: Session, verzoek_id: UUID) -> Sequence[Aanvulling]:
    """The questions of the hulpverlener, oldest first."""
    return session.scalars(
        select(Aanvulling)
        .where(Aanvulling.verzoek_id == verzoek_id)
        .order_by(Aanvulling.asked_at, Aanvulling.id)
        .limit(MAX_ROWS)
    ).all()


def datalekken(session: Session, verzoek_id: UUID) -> Sequence[Datalek]:
    """What went to the wrong party, with that party, newest first."""
    return session.scalars(
        select(Datalek)
        .where(Datalek.verzoek_id == verzoek_id)
        .options(joinedload(Datalek.kennisgeving).joinedload(Kennisgeving.schuldeiser))
        .order_by(Datalek.found_at.desc(), Datalek.id)
        .limit(MAX_ROWS)
    ).all()


def doorsturingen(session: Session, verzoek_id: UUID) -> Sequence[Doorsturing]:
    """How it went from gemeente to gemeente, oldest first: all of it for who has the case, the own part for who had
    it.
    """
    return session.scalars(
        select(Doorsturing)
        .where(Doorsturing.verzoek_id == verzoek_id)
        .options(joinedload(Doorsturing.van), joinedload(Doorsturing.naar))
        .order_by(Doorsturing.forwarded_at, Doorsturing.id)
        .limit(MAX_ROWS)
    ).all()


def notities(session: Session, verzoek_id: UUID) -> Sequence[Notitie]:
    """The notes of colleagues, newest first."""
    return session.scalars(
        select(Notitie)
        .where(Notitie.verzoek_id == verzoek_id)
        .order_by(Notitie.written_at.desc(), Notitie.id)
        .limit(MAX_ROWS)
    ).all()


def registercontroles(session: Session, verzoek_id: UUID) -> Sequence[Registercontrole]:
    """Every time that somebody looked in a register, oldest first."""
    return session.scalars(
        select(Registercontrole)
        .where(Registercontrole.verzoek_id == verzoek_id)
        .order_by(Registercontrole.checked_at, Registercontrole.id)
        .limit(MAX_ROWS)
    ).all()


def history(session: Session, keten: UUID) -> Sequence[AuditEntry]:
    """The audit entries of a dossier, newest first."""
    return session.scalars(
        select(AuditEntry).where(AuditEntry.keten == keten).order_by(AuditEntry.volgnummer.desc()).limit(MAX_ROWS)
    ).all()


def aanmeldbewijs(session: Session, verzoek_id: UUID) -> Aanmeldbewijs | None:
    """Its Bewijs van aanmelding, once the worker made it."""
    return session.scalars(select(Aanmeldbewijs).where(Aanmeldbewijs.verzoek_id == verzoek_id)).first()
