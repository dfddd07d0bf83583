"""What happened, in the past tense. An act records one event or more; the event is the audit entry and has
consequences.

Fields hold ids, statuses, dates and counts: never personal data, because the audit trail outlives the dossier.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.event import Event as Event  # noqa: PLC0414 - part of this page
from portal.domain.events_berichten import *  # noqa: F403 - one page to import from, in seven files
from portal.domain.events_bewaking import *  # noqa: F403
from portal.domain.events_dagoverzicht import *  # noqa: F403
from portal.domain.events_hulpvrager import *  # noqa: F403
from portal.domain.events_organisatie import *  # noqa: F403
from portal.domain.events_partner import *  # noqa: F403

# --- the hulpverlener -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekAssigned(Event):
    behandelaar_id: UUID
    was: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekReleased(Event):
    was: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerugbellenMissed(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TerugbellenDone(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class AanmeldingClosed(Event):
    reden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AanmeldingTakenDown(Event):
    bron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekForwarded(Event):
    was: str
    van_organisatie_id: UUID
    gemeente: str
    organisatie_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EersteGesprekRegistered(Event):
    eerste_gesprek_on: date
    beschikking_voor: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BeschikkingRegistered(Event):
    beschikking_on: date
    toegelaten: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotitieWritten(Event):
    notitie_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChecked(Event):
    registercontrole_id: UUID
    register: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldMatched(Event):
    volgnummer: int
    schuldeisers: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested(Event):
    antwoord_voor: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeldingHandled(Event):
    melding_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AkkoordAsked(Event):
    akkoordvraag_id: UUID
    soort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AkkoordGiven(Event):
    akkoordvraag_id: UUID
    soort: str
    alleen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AkkoordRefused(Event):
    akkoordvraag_id: UUID
    soort: str
    alleen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AkkoordExpired(Event):
    akkoordvraag_id: UUID
    soort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GeheimAdresLifted(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekApproved(Event):
    start_on: date
    eind_on: date
    ontvangers: int
    per_post: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OntvangerLeftOut(Event):
    schuldeiser_id: UUID
    belet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekDeclined(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class OntvangersAdded(Event):
    ontvangers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeExtended(Event):
    eind_on: date
    tot_en_met: date
    ontvangers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekCorrected(Event):
    velden: tuple[str, ...]
    eind_on: date | None
    ontvangers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeEnded(Event):
    reden: str
    eind_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeExpired(Event):
    eind_on: date


def all_events() -> list[type[Event]]:
    """Every kind of event, file by file."""
    found = (thing for thing in globals().values() if isinstance(thing, type) and issubclass(thing, Event))
    return sorted((kind for kind in found if kind is not Event), key=lambda kind: _FILES.index(kind.__module__))


_FILES = (
    "portal.domain.events_hulpvrager",
    "portal.domain.events",
    "portal.domain.events_partner",
    "portal.domain.events_berichten",
    "portal.domain.events_dagoverzicht",
    "portal.domain.events_bewaking",
    "portal.domain.events_organisatie",
)
"""In the order of a case: the hulpvrager, the hulpverlener, the partner, messages, digest, watch, what has none."""
