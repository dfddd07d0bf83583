"""One entry of the directory: who collects for whom, how much it is used, what came back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.orm import Session

from portal.db.engine import ScopedSession
from portal.domain.errors import NotFound
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat
from portal.models import AuditEntry, Gemachtigde, Kennisgeving, PartijRol, Poging, Schuldeiser, Schuldpartij

MAX_HISTORY = 50
"""Entries of the trail that the page shows, newest first."""

MAX_BOUNCES = 20
"""Messages that came back, newest first."""

ENHANCED = r"[245]\.[0-9]{1,3}\.[0-9]{1,3}"
"""The code in an answer of a mail server that says most. Source: RFC 3463."""

MAX_COLLECTORS = 400
"""Parties to choose from as gemachtigde. Assumption: the Netherlands have fewer bureaus that matter."""


@dataclass(frozen=True, slots=True)
class Gebruik:
    """How much an entry is used: schulden that are tied to it, messages, organisaties that sent one."""

    schulden: int
    berichten: int
    organisaties: int


@dataclass(frozen=True, slots=True)
class Terugkomst:
    """A message that did not arrive: when that was told, and the code of the mail server. Nothing of its case."""

    at: datetime
    code: str


def load(session: Session, schuldeiser_id: UUID) -> Schuldeiser:
    """An entry that is a company. Raises NotFound: a private person stands in the own cases, and nowhere else."""
    entry = session.get(Schuldeiser, schuldeiser_id)
    if entry is None or entry.is_particulier:
        raise NotFound(f"schuldeiser {schuldeiser_id}")
    return entry


def has_namesake(session: Session, entry: Schuldeiser) -> bool:
    """Whether another landelijke entry bears this name; capitals do not count, nor does one that was merged."""
    same = func.lower(Schuldeiser.naam) == entry.naam.lower()
    landelijk = (Schuldeiser.organisatie_id.is_(None), Schuldeiser.samengevoegd_met_id.is_(None))
    found = select(Schuldeiser.id).where(*landelijk, same, Schuldeiser.id != entry.id)
    return session.scalars(found.limit(1)).first() is not None


def collectors(session: Session, ids: Iterable[UUID] | None = None) -> Sequence[Schuldeiser]:
    """Who collects for others: these, or everybody who is active, by name."""
    collects = select(Schuldeiser).where(Schuldeiser.rol != PartijRol.SCHULDEISER)
    chosen = Schuldeiser.actief if ids is None else Schuldeiser.id.in_(set(ids))
    return session.scalars(
        collects.where(chosen).order_by(Schuldeiser.naam, Schuldeiser.id).limit(MAX_COLLECTORS)
    ).all()


def gemachtigden(session: Session, schuldeiser_id: UUID) -> Sequence[Schuldeiser]:
    """Who usually collects for this one, by name."""
    return session.scalars(
        select(Schuldeiser)
        .join(Gemachtigde, Gemachtigde.gemachtigde_id == Schuldeiser.id)
        .where(Gemachtigde.schuldeiser_id == schuldeiser_id)
        .order_by(Schuldeiser.naam, Schuldeiser.id)
        .limit(MAX_COLLECTORS)
    ).all()


def opdrachtgevers(session: Session, schuldeiser_id: UUID) -> Sequence[Schuldeiser]:
    """For whom this one usually collects, by name."""
    return session.scalars(
        select(Schuldeiser)
        .join(Gemachtigde, Gemachtigde.schuldeiser_id == Schuldeiser.id)
        .where(Gemachtigde.gemachtigde_id == schuldeiser_id)
        .order_by(Schuldeiser.naam, Schuldeiser.id)
        .limit(MAX_COLLECTORS)
    ).all()


def usage(session: ScopedSession, schuldeiser_id: UUID) -> Gebruik:
    """Over all organisaties: numbers only, so the portal itself counts."""
    told = select(func.count(), func.count(Kennisgeving.organisatie_id.distinct()))
    tied = select(func.count()).select_from(Schuldpartij).where(Schuldpartij.schuldeiser_id == schuldeiser_id)
    with session.acting_as(Actor.systeem()):
        berichten, organisaties = session.execute(told.where(Kennisgeving.schuldeiser_id == schuldeiser_id)).one()
        return Gebruik(session.scalar(tied) or 0, berichten, organisaties)


def bounces(session: ScopedSession, schuldeiser_id: UUID) -> list[Terugkomst]:
    """What came back or was refused, over all organisaties, newest first."""
    code = func.coalesce(func.substring(Poging.antwoord, ENHANCED), cast(Poging.code, Text), "")
    refused = (
        select(Poging.at, code.label("code"))
        .join(Kennisgeving, Kennisgeving.id == Poging.kennisgeving_id)
        .where(Kennisgeving.schuldeiser_id == schuldeiser_id, Poging.resultaat == Pogingresultaat.GEWEIGERD)
        .order_by(Poging.at.desc(), Poging.id)
        .limit(MAX_BOUNCES)
    )
    with session.acting_as(Actor.systeem()):
        return [Terugkomst(row.at, row.code) for row in session.execute(refused)]


def history(session: Session, keten: UUID, schuldeiser_id: UUID) -> Sequence[AuditEntry]:
    """What happened to this entry, newest first, as far as the chain of who looks tells of it."""
    id = str(schuldeiser_id)
    about = or_(AuditEntry.feiten["schuldeiser_id"].astext == id, AuditEntry.feiten["weg_id"].astext == id)
    return session.scalars(
        select(AuditEntry)
        .where(AuditEntry.keten == keten, about)
        .order_by(AuditEntry.volgnummer.desc())
        .limit(MAX_HISTORY)
    ).all()
