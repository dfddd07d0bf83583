"""What happened to messages: to schuldeisers, to the hulpvrager, and what came back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BewijsTaken(Event):
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingIssued(Event):
    kennisgeving_id: UUID
    schuldeiser_id: UUID
    soort: str
    kanaal: str
    gebundeld: bool
    moment: str
    grondslag: str
    eind_on: date
    sjabloon: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingTypeset(Event):
    kennisgeving_id: UUID
    pdf_sha256: str
    gegevens_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingHandedOver(Event):
    kennisgeving_id: UUID
    poging_id: UUID
    code: int
    tls: bool
    eml_sha256: str | None = None
    dagoverzicht_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingAcknowledged(Event):
    kennisgeving_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingPosted(Event):
    kennisgeving_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingRefused(Event):
    kennisgeving_id: UUID
    code: int | None
    pogingen: int
    poging_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingRetried(Event):
    kennisgeving_id: UUID
    kanaal: str
    gebundeld: bool
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingLapsed(Event):
    kennisgeving_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingRecalled(Event):
    kennisgeving_id: UUID
    schuldeiser_id: UUID
    datalek_id: UUID
    bereikt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AntwoordlinkConfirmed(Event):
    kennisgeving_id: UUID
    middel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AntwoordlinkRevoked(Event):
    kennisgeving_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingAnswered(Event):
    kennisgeving_id: UUID
    volgnummer: int
    antwoord: str
    reden: str | None
    tot_en_met: date | None
    naar_id: UUID | None
    via: str
    beantwoording_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AntwoordHandled(Event):
    kennisgeving_id: UUID
    doorgegeven_aan: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtIssued(Event):
    bericht_id: UUID
    soort: str
    kanaal: str
    sha256: str
    bevestigt_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtHandedOver(Event):
    bericht_id: UUID
    poging_id: UUID
    code: int
    tls: bool
    eml_sha256: str | None = None
    bevestigt_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtRefused(Event):
    bericht_id: UUID
    code: int | None
    pogingen: int
    poging_id: UUID
    bevestigt_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PogingKept(Event):
    kennisgeving_id: UUID | None
    bericht_id: UUID | None
    dagoverzicht_id: UUID | None
    poging_id: UUID
    resultaat: str
    code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InkomendReceived(Event):
    inkomend_id: UUID
    kennisgeving_id: UUID | None
    bericht_id: UUID | None
    dagoverzicht_id: UUID | None
    soort: str
    code: str
    band: str
    gevolg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InkomendHandled(Event):
    inkomend_id: UUID
    kennisgeving_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InkomendTied(Event):
    inkomend_id: UUID
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HulpvragerTold(Event):
    berichten: tuple[UUID, ...]
