"""The answers of a pauzeverzoek: one document, a section per question, as typed by the person and then made whole.

The sections are plain dicts, because a half-filled form must be kept too; the classes read what is needed from them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from string import hexdigits
from typing import Any, TypeAlias

from portal.domain.foto import BRIEF_OP_FOTO
from portal.domain.schuldenaar import Schuldenaar

Sectie: TypeAlias = Mapping[str, Any]
Antwoorden: TypeAlias = Mapping[str, Sectie]

JA, NEE, WEET_NIET = "ja", "nee", "weet_niet"


class Bron(StrEnum):
    """Who filled in name and birth date, when it was not the person alone."""

    DIGID = "digid"
    BALIE = "balie"
    TELEFOON = "telefoon"


AFGENOMEN = frozenset({Bron.BALIE, Bron.TELEFOON})
"""Taken down by a hulpverlener."""

DREIGINGEN = ("ontruiming", "afsluiting", "zorgverzekering")
"""The threats of Wgs art. 4(2): forced eviction; end of gas, electricity, heat or water; end of the zorgverzekering."""

MAX_SCHULDEN = 60
"""Schulden in one pauzeverzoek. Assumption: practice shows at most 40 creditors (NVVK)."""

STAND_SIGNS = 16
"""Hexadecimal signs of a hash: enough to tell the few answers to one question apart."""

MEERDERJARIG = 18
"""Years of age."""


def stand(sectie: Sectie | None) -> str:
    """What an answer is, in a few signs: a page tells with them which answer it was opened on."""
    return sha256(json.dumps(sectie, sort_keys=True).encode()).hexdigest()[:STAND_SIGNS]


def is_stand(sent: str) -> bool:
    """Whether this can come from a page of ours."""
    return len(sent) == STAND_SIGNS and set(sent) <= set(hexdigits)


def is_dreigend(antwoorden: Antwoorden) -> bool:
    """Whether the person answered 'ja' to at least one of the three threats."""
    sectie = antwoorden.get("dreiging", {})
    return any(sectie.get(dreiging) == JA for dreiging in DREIGINGEN)


def is_samen(antwoorden: Antwoorden) -> bool:
    """Whether the person asks this together with a partner."""
    return antwoorden.get("hulp", {}).get("samen") is True


def parse_day(value: object) -> date | None:
    """A day stored as ISO text, or None."""
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def age_on(geboren_on: date, day: date) -> int:
    """Whole years of age on a day. Who is born on 29 February has a birthday on 1 March in other years."""
    return day.year - geboren_on.year - ((day.month, day.day) < (geboren_on.month, geboren_on.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Persoon:
    """Name and birth date."""

    voorletters: str
    voorvoegsel: str
    achternaam: str
    geboren_on: date | None

    @classmethod
    def read(cls, antwoorden: Antwoorden) -> "Persoon":
        naam, geboorte = antwoorden.get("naam", {}), antwoorden.get("geboortedatum", {})
        return cls(
            voorletters=naam.get("voorletters", ""),
            voorvoegsel=naam.get("voorvoegsel", ""),
            achternaam=naam.get("achternaam", ""),
            geboren_on=parse_day(geboorte.get("geboren_on")),
        )

    @property
    def naam(self) -> str:
        return " ".join(part for part in (self.voorletters, self.voorvoegsel, self.achternaam) if part)

    @property
    def initialen(self) -> str:
        """All that a list shows of a name."""
        return "".join(part[0].upper() + "." for part in (self.voorletters, self.achternaam) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adres:
    """Where the person lives. `vast` is False for 'geen vast adres'; `geheim` keeps it out of every Kennisgeving."""

    vast: bool
    postcode: str
    huisnummer: str
    toevoeging: str
    geheim: bool

    @classmethod
    def read(cls, antwoorden: Antwoorden) -> "Adres":
        sectie = antwoorden.get("adres", {})
        return cls(
            vast=sectie.get("soort") == "adres",
            postcode=sectie.get("postcode", ""),
            huisnummer=sectie.get("huisnummer", ""),
            toevoeging=sectie.get("toevoeging", ""),
            geheim=bool(sectie.get("geheim")),
        )

    @property
    def nummer(self) -> str:
        return " ".join(part for part in (self.huisnummer, self.toevoeging) if part)

    def is_betrayed_by(self, text: str) -> bool:
        """Whether a text that goes out holds the postcode of a secret address, however it is spelled."""
        bare = "".join(sign for sign in text.upper() if sign.isalnum())
        return self.geheim and bool(self.postcode) and self.postcode.replace(" ", "") in bare

    @property
    def regel(self) -> str:
        """On one line, for the person and the reviewer."""
        return f"{self.postcode}, {self.nummer}" if self.vast else "Geen vast adres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach the person. `meelezen`: somebody else reads the mail, so it says nothing."""

    telefoon: str
    email: str
    meelezen: bool
    moment: str

    @classmethod
    def read(cls, antwoorden: Antwoorden) -> "Contact":
        sectie = antwoorden.get("contact", {})
        return cls(
            telefoon=sectie.get("telefoon", ""),
            email=sectie.get("email", ""),
            meelezen=bool(sectie.get("meelezen")),
            moment=sectie.get("moment", ""),
        )

    @property
    def link_email(self) -> str:
        """Where a link back may be mailed: nowhere when somebody reads along, because a link opens the whole case."""
        return "" if self.meelezen else self.email


@dataclass(frozen=True, slots=True, kw_only=True)
class Bellen:
    """Who wants to be called, where and when. `voorstellen`: the caller may tell whoever answers who is calling."""

    naam: str
    telefoon: str
    moment: str
    voorstellen: bool

    @classmethod
    def read(cls, sectie: Sectie) -> "Bellen":
        return cls(
            naam=sectie.get("naam", ""),
            telefoon=sectie.get("telefoon", ""),
            moment=sectie.get("moment", ""),
            voorstellen=sectie.get("voorstellen") == JA,
        )

    def kept(self) -> dict[str, str]:
        """As it is stored."""
        voorstellen = JA if self.voorstellen else NEE
        return {"naam": self.naam, "telefoon": self.telefoon, "moment": self.moment, "voorstellen": voorstellen}

    def discreet(self) -> "Bellen":
        """The same call, without telling who is calling."""
        return replace(self, voorstellen=False)

    @property
    def initialen(self) -> str:
        """All that a list shows of a name."""
        return "".join(f"{word[0].upper()}." for word in self.naam.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Schuldgegevens:
    """What the person told of one schuld. The sender of the last letter may collect for somebody else (`namens`).

    `van`: whose it is, asked only of who asks together with a partner; empty for the own. `gehoord`: a hulpverlener
    heard of it and wrote it down.
    """

    afzender: str
    namens: str = ""
    referentie: str = ""
    bedrag_cents: int | None = None
    particulier: bool = False
    van: str = ""
    gehoord: bool = False

    @property
    def schuldenaar(self) -> Schuldenaar | None:
        """Who owes it, when it is not the person alone."""
        return Schuldenaar(self.van) if self.van else None

    @property
    def naam(self) -> str:
        """By what this schuld is shown in a list."""
        return self.afzender or BRIEF_OP_FOTO

    @classmethod
    def read(cls, sectie: Sectie) -> "Schuldgegevens":
        return cls(
            afzender=sectie.get("afzender", ""),
            namens=sectie.get("namens", ""),
            referentie=sectie.get("referentie", ""),
            bedrag_cents=sectie.get("bedrag_cents"),
            particulier=bool(sectie.get("particulier")),
            van=sectie.get("van", ""),
            gehoord=bool(sectie.get("gehoord")),
        )
