"""What a hulpvrager reports after filing, for a hulpverlener to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.antwoorden import parse_day


class Meldingsoort(StrEnum):
    """What is reported."""

    POST = "post"
    SCHULD = "schuld"
    GEGEVENS = "gegevens"


class Postsoort(StrEnum):
    """What came from a schuldeiser although a pause was asked."""

    BRIEF = "brief"
    DEURWAARDER = "deurwaarder"
    RECHTBANK = "rechtbank"
    BESLAG = "beslag"
    TELEFOON = "telefoon"


class Postmoment(StrEnum):
    """When the post was written, as far as the pause is concerned."""

    VOOR = "voor"
    TIJDENS = "tijdens"
    NA = "na"
    ONBEKEND = "onbekend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Post that came all the same. `gedateerd_on` is the day on the letter, or of the visit or call."""

    afzender: str
    wat: Postsoort
    gedateerd_on: date | None
    tekst: str

    @classmethod
    def read(cls, gegevens: Mapping[str, Any]) -> "Post":
        return cls(
            afzender=gegevens["afzender"],
            wat=Postsoort(gegevens["wat"]),
            gedateerd_on=parse_day(gegevens["gedateerd_on"]),
            tekst=gegevens["tekst"],
        )

    def moment(self, start_on: date, eind_on: date) -> Postmoment:
        """Where it falls against the pause of these days, the first and the last included."""
        if self.gedateerd_on is None:
            return Postmoment.ONBEKEND
        if self.gedateerd_on < start_on:
            return Postmoment.VOOR
        return Postmoment.TIJDENS if self.gedateerd_on <= eind_on else Postmoment.NA
