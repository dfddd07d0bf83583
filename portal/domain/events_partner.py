"""What happened to the second person of a request."""

from dataclasses import dataclass
from uuid import UUID

from portal.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerAdded(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerChanged(Event):
    velden: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRemoved(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnertoestemmingGiven(Event):
    versie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnertoestemmingRevoked(Event):
    versie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldenaarNoted(Event):
    volgnummer: int
    schuld_id: UUID
    schuldenaar: str | None
