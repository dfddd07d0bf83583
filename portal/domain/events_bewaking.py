"""What the watch did."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TermijnWarned(Event):
    klok: str
    nummer: int
    voor: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EindeAnnounced(Event):
    nummer: int
    eind_on: date
    due_on: date
    ontvangers: int
    ingehaald: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EindeSeen(Event):
    signalen: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StilteNoticed(Event):
    kennisgeving_id: UUID
    stand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StilteBroken(Event):
    kennisgeving_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TeammailIssued(Event):
    teammail_id: UUID
    dag: date
    zaken: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeammailHandedOver(Event):
    teammail_id: UUID
    code: int | None
    tls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeammailRefused(Event):
    teammail_id: UUID
    code: int | None
