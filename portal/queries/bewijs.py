"""What goes into the bewijsdossier of a case: the whole chain, every message, and the koppen that cover them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Aanmeldbewijs, AuditEntry, Bericht, BerichtSoort, Brief, Kennisgeving
from portal.queries import dossier
from portal.queries.dagkoppen import standen

__all__ = ["attached", "chain", "messages", "standen"]

MAX_ENTRIES = 20_000
"""Entries of one chain: far more than a dossier ever has."""


def chain(session: Session, keten: UUID) -> Sequence[AuditEntry]:
    """Every entry of a chain, in order."""
    return session.scalars(
        select(AuditEntry).where(AuditEntry.keten == keten).order_by(AuditEntry.volgnummer).limit(MAX_ENTRIES)
    ).all()


def messages(session: Session, verzoek_id: UUID) -> list[Kennisgeving | Bericht]:
    """Its messages, to schuldeisers and to the hulpvrager, oldest first; access links are never among them."""
    to_person = session.scalars(
        select(Bericht)
        .where(Bericht.verzoek_id == verzoek_id, Bericht.soort != BerichtSoort.TOEGANGSLINK)
        .order_by(Bericht.issued_at, Bericht.id)
        .limit(MAX_ENTRIES)
    ).all()
    every: list[Kennisgeving | Bericht] = [*dossier.kennisgevingen(session, verzoek_id), *to_person]
    return sorted(every, key=lambda row: (row.issued_at, str(row.id)))


def letters(session: Session, verzoek_id: UUID) -> dict[UUID, Brief]:
    """The letters of its Kennisgevingen, by the id of the message."""
    found = session.scalars(
        select(Brief)
        .join(Kennisgeving, Kennisgeving.id == Brief.id)
        .where(Kennisgeving.verzoek_id == verzoek_id)
        .order_by(Brief.id)
        .limit(dossier.MAX_ROWS)
    ).all()
    return {letter.id: letter for letter in found}


def attached(session: Session, verzoek_id: UUID) -> dict[UUID, Brief | Aanmeldbewijs]:
    """What goes along with its messages, by the id of the message: letters, and the Bewijs van aanmelding."""
    made = dossier.aanmeldbewijs(session, verzoek_id)
    carriers = session.scalars(select(Bericht.id).where(Bericht.verzoek_id == verzoek_id, Bericht.met_bewijs)).all()
    return {**letters(session, verzoek_id), **(dict.fromkeys(carriers, made) if made else {})}
