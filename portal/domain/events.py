"""What happened, in the past tense. An act records one event or more; the event is the audit entry and has
consequences.

Fields hold ids, statuses, dates and counts: never personal data, because the audit trail outlives the dossier.
"""

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from portal.domain.feit import Fact, as_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event in the chain `keten`: the id of a pauzeverzoek, or of an organisatie for what touches no dossier."""

    keten: UUID

    @property
    def name(self) -> str:
        return type(self).__name__

    def facts(self) -> dict[str, Fact]:
        """The fields but the chain itself, as JSON values."""
        return {f.name: as_fact(getattr(self, f.name)) for f in fields(self) if f.name != "keten"}


# --- the hulpvrager -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekStarted(Event):
    kenmerk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AntwoordSaved(Event):
    stap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentiteitConfirmed(Event):
    bron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldAdded(Event):
    volgnummer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldChanged(Event):
    volgnummer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldRemoved(Event):
    volgnummer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToestemmingGiven(Event):
    versie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToestemmingRevoked(Event):
    versie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekSubmitted(Event):
    gemeente: str
    meldingsdatum: date
    dreigend: bool
    eerste_gesprek_voor: date
    schulden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekSupplemented(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekWithdrawn(Event):
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToegangscodeMade(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ToegangslinkRequested(Event):
    toegangslink_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ToegangOpened(Event):
    middel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptExpired(Event):
    begonnen_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExpired(Event):
    status: str
    gesloten_on: date


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
class KennisgevingHandedOver(Event):
    kennisgeving_id: UUID
    code: int
    tls: bool


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


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingLapsed(Event):
    kennisgeving_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtIssued(Event):
    bericht_id: UUID
    soort: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtHandedOver(Event):
    bericht_id: UUID
    code: int
    tls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtRefused(Event):
    bericht_id: UUID
    code: int | None
    pogingen: int


# --- organisatie and directory --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldeiserProposed(Event):
    schuldeiser_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldeiserAddressVerified(Event):
    schuldeiser_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryImported(Event):
    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisatieAdded(Event):
    naam: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeelnameStarted(Event):
    gemeente: str
    vanaf: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerAdded(Event):
    medewerker_id: UUID
    rollen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerSignedIn(Event):
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerEnrolled(Event):
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerRestored(Event):
    medewerker_id: UUID
    was_actief: bool
    sessies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerDeactivated(Event):
    medewerker_id: UUID
    sessies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessiesRevoked(Event):
    medewerker_id: UUID
    aantal: int


def all_events() -> list[type[Event]]:
    """Every kind of event, in the order of this page."""
    found = (thing for thing in globals().values() if isinstance(thing, type) and issubclass(thing, Event))
    return [kind for kind in found if kind is not Event]
