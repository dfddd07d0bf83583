"""What a hulpvrager did, or the end of what was kept of one: the first part of `portal.domain.events`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekStarted(Event):
    kenmerk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaalChosen(Event):
    """Which language stays with the request: the trail outlives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AntwoordSaved(Event):
    stap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentiteitConfirmed(Event):
    bron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldAdded(Event):
    volgnummer: int
    schuld_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldChanged(Event):
    volgnummer: int
    schuld_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SchuldRemoved(Event):
    volgnummer: int
    schuld_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FotoAdded(Event):
    foto_id: UUID
    schuld_id: UUID | None
    aanvulling_id: UUID | None
    melding_id: UUID | None
    paginas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FotoMoved(Event):
    foto_id: UUID
    schuld_id: UUID
    volgnummer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FotoRemoved(Event):
    foto_id: UUID
    schuld_id: UUID
    volgnummer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FotoRead(Event):
    foto_id: UUID
    velden: tuple[str, ...]


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
    organisatie_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AanmeldingRegistered(Event):
    gemeente: str
    organisatie_id: UUID
    meldingsdatum: date
    eerste_gesprek_voor: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TerugbellenRequested(Event):
    bellen_voor: date
    onvolledig: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AanmeldbewijsTypeset(Event):
    aanmeldbewijs_id: UUID
    pdf_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekSupplemented(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PauzeverzoekWithdrawn(Event):
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeldingMade(Event):
    melding_id: UUID
    soort: str
    kennisgeving_id: UUID | None


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
class ConceptDeleted(Event):
    begonnen_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptExpired(Event):
    begonnen_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExpired(Event):
    status: str
    gesloten_on: date
