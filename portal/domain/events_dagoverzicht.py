"""What happened to a daily digest: events in the chain of its schuldeiser."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DagoverzichtIssued(Event):
    dagoverzicht_id: UUID
    dag: date
    kennisgevingen: tuple[UUID, ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DagoverzichtHandedOver(Event):
    dagoverzicht_id: UUID
    poging_id: UUID
    code: int
    tls: bool
    eml_sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DagoverzichtRefused(Event):
    dagoverzicht_id: UUID
    code: int | None
    pogingen: int
    poging_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DagoverzichtLapsed(Event):
    dagoverzicht_id: UUID
