"""What happened, in the past tense. An act records one event or more; the event is the audit entry and has
consequences.

Fields hold ids, statuses, dates and counts: never personal data, because the audit trail outlives the dossier.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.event import Event as Event  # noqa: PLC0414 - part of this page
from portal.domain.events_dagoverzicht import *  # noqa: F403 - one page to import from, in four files
from portal.domain.events_hulpvrager import *  # noqa: F403
from portal.domain.events_organisatie import *  # noqa: F403

# --- the hulpverlener -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekAssigned(Event):
    behandelaar_id: UUID
    was: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldMatched(Event):
    volgnummer: int
    schuldeisers: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeldingHandled(Event):
    melding_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekApproved(Event):
    start_on: date
    eind_on: date
    ontvangers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekDeclined(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeEnded(Event):
    reden: str
    eind_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeExpired(Event):
    eind_on: date


# --- messages -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BewijsTaken(Event):
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingIssued(Event):
    kennisgeving_id: UUID
    schuldeiser_id: UUID
    soort: str
    kanaal: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingRetried(Event):
    kennisgeving_id: UUID
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingLapsed(Event):
    kennisgeving_id: UUID


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AntwoordHandled(Event):
    kennisgeving_id: UUID
    doorgegeven_aan: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtIssued(Event):
    bericht_id: UUID
    soort: str
    sha256: str
    bevestigt_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtHandedOver(Event):
    bericht_id: UUID
    code: int
    tls: bool
    eml_sha256: str | None = None
    bevestigt_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtRefused(Event):
    bericht_id: UUID
    code: int | None
    pogingen: int
    bevestigt_id: UUID | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class InkomendTied(Event):
    inkomend_id: UUID
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HulpvragerTold(Event):
    berichten: tuple[UUID, ...]


def all_events() -> list[type[Event]]:
    """Every kind of event: of the hulpvrager, of this page, then those that touch no dossier."""
    found = (thing for thing in globals().values() if isinstance(thing, type) and issubclass(thing, Event))
    return sorted((kind for kind in found if kind is not Event), key=lambda kind: kind.__module__ == _OF_NO_DOSSIER)


_OF_NO_DOSSIER = "portal.domain.events_organisatie"
