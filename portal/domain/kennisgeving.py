"""The kinds, grounds and channels of a Kennisgeving, and the facts that may be in one.

`KennisgevingFeiten` is an allow-list: it is built up from single named values, never by deleting from a full record.
Nothing that is not a field here can reach a schuldeiser.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID


class Soort(StrEnum):
    """The kinds of message to a schuldeiser."""

    KENNISGEVING = "kennisgeving"
    VERLENGING = "verlenging"
    CORRECTIE = "correctie"
    BEEINDIGING = "beeindiging"
    HERINNERING = "herinnering"
    INTREKKING = "intrekking"


ASKING = frozenset({Soort.KENNISGEVING, Soort.VERLENGING, Soort.CORRECTIE})
"""Messages that ask for a pause."""

CLOSING = frozenset({Soort.BEEINDIGING, Soort.INTREKKING})
"""Messages after which nothing is asked any more."""


class Wijziging(StrEnum):
    """What a correctie corrects. Kinds, not values: the old value may be the very thing that should not be repeated."""

    NAAM = "naam"
    GEBOORTEDATUM = "geboortedatum"
    ADRES = "adres"
    REFERENTIE = "referentie"
    PERIODE = "periode"
    AFZENDER = "afzender"
    PERSONEN = "personen"


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

    def without_address(self) -> "Betrokkene":
        return replace(self, postcode=None, huisnummer=None)


ONGENOEMD = Betrokkene(
    voorletters="", voorvoegsel="", achternaam="", geboren_on=date.min, postcode=None, huisnummer=None
)
"""Nobody: what an intrekking says of the person to who should never have known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Afzender:
    """Who speaks: the gemeente, the organisatie that works for it, and whom to call.

    `briefhoofd` are lines under its name on paper, `ondertekening` the last lines of the message; both may be empty.
    """

    gemeente: str
    organisatie: str
    contactpersoon: str
    telefoon: str
    email: str
    postadres: str
    briefhoofd: str = ""
    ondertekening: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossierverwijzing:
    """One reference of the recipient's own. `namens` is the schuldeiser for whom a gemachtigde collects."""

    referentie: str | None
    namens: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eerder:
    """The message to the same recipient that this one follows: its id, its date, and the last day that it gave."""

    bericht_id: UUID
    dated_on: date
    eind_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Wegwijzers:
    """What leads from a message back to the portal. `controle_url` asks for the kenmerk and the `controlecode`; an end
    needs no answer, so it has no `antwoord_url`.
    """

    informatie_url: str
    antwoord_url: str | None
    controle_url: str
    controlecode: str

    def scan_url(self, kenmerk: str) -> str:
        """The check with both already filled in, for a QR code."""
        return f"{self.controle_url}?{urlencode({'kenmerk': kenmerk, 'code': self.controlecode})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KennisgevingFeiten:
    """Everything that one message to one recipient says. Dates are Dutch calendar days; `eind_on` is 'tot en met'.

    `eerder` is None in a first message, `gewijzigd` is filled in a correctie only. `mede` is the second person of a
    message about two.
    """

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
    eerder: Eerder | None = None
    gewijzigd: tuple[Wijziging, ...] = ()
    mede: Betrokkene | None = None

    @property
    def betrokkenen(self) -> tuple[Betrokkene, ...]:
        """Everybody whom the message names: an intrekking names nobody."""
        named = () if self.betrokkene == ONGENOEMD else (self.betrokkene,)
        return (*named, *((self.mede,) if self.mede else ()))

    @property
    def namen(self) -> str:
        """Whom it is about, in a sentence."""
        return " en ".join(each.naam for each in self.betrokkenen)

    def without_address(self) -> "KennisgevingFeiten":
        """The same of whom the address became secret since: the gemeente is where to write."""
        mede = self.mede.without_address() if self.mede else None
        return replace(self, betrokkene=self.betrokkene.without_address(), mede=mede)


def follow_up(
    first: KennisgevingFeiten, soort: Soort, bericht_id: UUID, dated_on: date, **changes: Any
) -> KennisgevingFeiten:
    """The facts of a later message to the same recipient: those of the earlier one, but for the `changes`."""
    eerder = Eerder(bericht_id=first.bericht_id, dated_on=first.dated_on, eind_on=first.eind_on)
    return replace(first, soort=soort, bericht_id=bericht_id, dated_on=dated_on, eerder=eerder, **changes)


def to_json(feiten: KennisgevingFeiten) -> dict[str, Any]:
    """The facts as JSON values, as they are kept beside the frozen text."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(feiten), default=_json_value))
    return plain


def from_json(stored: Mapping[str, Any]) -> KennisgevingFeiten:
    """The facts of a message issued before."""
    mede = stored.get("mede")  # nor do messages of before there were requests of two people
    eerder = stored.get("eerder")  # messages of before there were others than the first do not have it
    return KennisgevingFeiten(
        bericht_id=UUID(stored["bericht_id"]),
        soort=Soort(stored["soort"]),
        kenmerk=stored["kenmerk"],
        ontvanger=stored["ontvanger"],
        ontvanger_postadres=stored["ontvanger_postadres"],
        betrokkene=_read_betrokkene(stored["betrokkene"]),
        verwijzingen=tuple(Dossierverwijzing(**verwijzing) for verwijzing in stored["verwijzingen"]),
        afzender=Afzender(**stored["afzender"]),
        moment=Moment(stored["moment"]),
        grondslag=Grondslag(stored["grondslag"]),
        convenant=stored["convenant"],
        **{name: date.fromisoformat(stored[name]) for name in ("dated_on", "start_on", "eind_on")},
        eerder=_read_eerder(eerder) if eerder else None,
        gewijzigd=tuple(Wijziging(each) for each in stored.get("gewijzigd", ())),
        mede=_read_betrokkene(mede) if mede else None,
    )


def _read_betrokkene(stored: Mapping[str, Any]) -> Betrokkene:
    return Betrokkene(**{**stored, "geboren_on": date.fromisoformat(stored["geboren_on"])})


def _read_eerder(stored: Mapping[str, str]) -> Eerder:
    return Eerder(
        bericht_id=UUID(stored["bericht_id"]),
        dated_on=date.fromisoformat(stored["dated_on"]),
        eind_on=date.fromisoformat(stored["eind_on"]),
    )


def _json_value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")
