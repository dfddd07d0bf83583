"""The kinds, grounds and channels of a Kennisgeving, and the facts that may be in one.

`KennisgevingFeiten` is an allow-list: it is built up from single named values, never by deleting from a full record.
Nothing that is not a field here can reach a schuldeiser.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID


class Soort(StrEnum):
    """The kinds of message to a schuldeiser."""

    KENNISGEVING = "kennisgeving"
    VERLENGING = "verlenging"
    CORRECTIE = "correctie"
    BEEINDIGING = "beeindiging"
    HERINNERING = "herinnering"


class Kanaal(StrEnum):
    """How a Kennisgeving leaves the house. By API the recipient fetches it."""

    EMAIL = "email"
    BRIEF = "brief"
    API = "api"


class Levering(StrEnum):
    """How a schuldeiser wants its Kennisgevingen by e-mail: each by itself, once a day together, or fetched."""

    LOS = "los"
    DAGOVERZICHT = "dagoverzicht"
    API = "api"


class Moment(StrEnum):
    """Whether schuldeisers are told before or after the person was admitted to schuldhulp (art. 17 Bgs)."""

    BIJ_AANMELDING = "bij_aanmelding"
    NA_TOELATING = "na_toelating"


class Grondslag(StrEnum):
    """On what ground the pause is asked."""

    CONVENANT = "convenant"
    VERZOEK = "verzoek"


@dataclass(frozen=True, slots=True, kw_only=True)
class Betrokkene:
    """The hulpvrager as a schuldeiser may know him: enough to match, nothing more. No address when it is secret."""

    voorletters: str
    voorvoegsel: str
    achternaam: str
    geboren_on: date
    postcode: str | None
    huisnummer: str | None

    @property
    def naam(self) -> str:
        return " ".join(part for part in (self.voorletters, self.voorvoegsel, self.achternaam) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Afzender:
    """Who speaks: the gemeente, the organisatie that works for it, and whom to call."""

    gemeente: str
    organisatie: str
    contactpersoon: str
    telefoon: str
    email: str
    postadres: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossierverwijzing:
    """One reference of the recipient's own. `namens` is the schuldeiser for whom a gemachtigde collects."""

    referentie: str | None
    namens: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingFeiten:
    """Everything that one message to one recipient says. Dates are Dutch calendar days; `eind_on` is 'tot en met'."""

    bericht_id: UUID
    soort: Soort
    kenmerk: str
    ontvanger: str
    ontvanger_postadres: str | None
    betrokkene: Betrokkene
    verwijzingen: tuple[Dossierverwijzing, ...]
    afzender: Afzender
    moment: Moment
    grondslag: Grondslag
    convenant: str | None
    dated_on: date
    start_on: date
    eind_on: date


def to_json(feiten: KennisgevingFeiten) -> dict[str, Any]:
    """The facts as JSON values, as they are kept beside the frozen text."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(feiten), default=_json_value))
    return plain


def from_json(stored: Mapping[str, Any]) -> KennisgevingFeiten:
    """The facts of a message issued before."""
    betrokkene = {
        **stored["betrokkene"],
        "geboren_on": date.fromisoformat(stored["betrokkene"]["geboren_on"]),
    }
    return KennisgevingFeiten(
        bericht_id=UUID(stored["bericht_id"]),
        soort=Soort(stored["soort"]),
        kenmerk=stored["kenmerk"],
        ontvanger=stored["ontvanger"],
        ontvanger_postadres=stored["ontvanger_postadres"],
        betrokkene=Betrokkene(**betrokkene),
        verwijzingen=tuple(Dossierverwijzing(**verwijzing) for verwijzing in stored["verwijzingen"]),
        afzender=Afzender(**stored["afzender"]),
        moment=Moment(stored["moment"]),
        grondslag=Grondslag(stored["grondslag"]),
        convenant=stored["convenant"],
        **{name: date.fromisoformat(stored[name]) for name in ("dated_on", "start_on", "eind_on")},
    )


def _json_value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")
