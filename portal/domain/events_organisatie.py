"""What happened in an organisatie and in the directory: events that touch no dossier."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldeiserProposed(Event):
    schuldeiser_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldeiserAddressVerified(Event):
    schuldeiser_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldeiserPostadresChanged(Event):
    schuldeiser_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldeiserAdded(Event):
    schuldeiser_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldeiserChanged(Event):
    schuldeiser_id: UUID
    velden: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldeisersMerged(Event):
    schuldeiser_id: UUID
    weg_id: UUID
    medewerker_id: UUID
    schulden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LijstvoorstelDecided(Event):
    schuldeiser_id: UUID
    overgenomen: bool
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryImported(Event):
    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CijfersPublished(Event):
    kwartaal: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DdasExported(Event):
    vanaf: date
    tot_en_met: date
    aanmeldingen: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisatieAdded(Event):
    naam: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisatieChanged(Event):
    velden: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BewaartermijnenChanged(Event):
    ingetrokken_days: int | None
    niet_goedgekeurd_days: int | None
    goedgekeurd_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeelnameStarted(Event):
    gemeente: str
    vanaf: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerAdded(Event):
    medewerker_id: UUID
    rollen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerChanged(Event):
    medewerker_id: UUID
    velden: tuple[str, ...]
    rollen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerInvited(Event):
    medewerker_id: UUID
    uitnodiging_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class UitnodigingHandedOver(Event):
    uitnodiging_id: UUID
    code: int | None
    tls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UitnodigingRefused(Event):
    uitnodiging_id: UUID
    code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UitnodigingUsed(Event):
    medewerker_id: UUID
    uitnodiging_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerSignedIn(Event):
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MedewerkerEnrolled(Event):
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WachtwoordChanged(Event):
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HerstelcodesMade(Event):
    medewerker_id: UUID
    aantal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HerstelcodeUsed(Event):
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AppTakenOff(Event):
    medewerker_id: UUID
    sessies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyAdded(Event):
    medewerker_id: UUID
    passkey_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRemoved(Event):
    medewerker_id: UUID
    passkey_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WerkaccountTied(Event):
    medewerker_id: UUID
    sessies: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AfwezigheidRegistered(Event):
    afwezigheid_id: UUID
    medewerker_id: UUID
    vervanger_id: UUID
    start_on: date
    eind_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AfwezigheidEnded(Event):
    afwezigheid_id: UUID
    medewerker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiClientAdded(Event):
    client_id: UUID
    schuldeiser_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiClientRevoked(Event):
    client_id: UUID
    schuldeiser_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class InkomendExpired(Event):
    aantal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TweeSleutelsSwitched(Event):
    aan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRegistered(Event):
    client_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRemoved(Event):
    client_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookGivenUp(Event):
    client_id: UUID
    aantal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TekstblokWritten(Event):
    tekstblok_id: UUID
    soort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TekstblokRemoved(Event):
    tekstblok_id: UUID
    soort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZandbakgevalMade(Event):
    soort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverzichtslinkIssued(Event):
    overzichtslink_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OverzichtslinkRevoked(Event):
    overzichtslink_id: UUID
