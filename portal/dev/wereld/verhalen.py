"""What happens to each person of the demonstration world, from data/verzoeken.json.

A verhaal says what the person answers and which acts follow, each a number of working days ago. Days in answers can be
relative too: "+9" is nine days from now.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from portal.domain.stappen import STAPPEN
from portal.domain.status import Eindreden
from portal.domain.taal import Taal
from portal.domain.termijn import is_werkdag

VERZOEKEN = Path(__file__).resolve().parents[1] / "data" / "verzoeken.json"

_RELATIVE = re.compile(r"[+-]\d+")

GEWOON: Mapping[str, Mapping[str, Any]] = {
    "dreiging": {
        "ontruiming": "nee",
        "afsluiting": "nee",
        "zorgverzekering": "nee",
        "ontruiming_on": None,
        "afsluiting_on": None,
        "zorgverzekering_on": None,
    },
    "hulp": {"soort": "niemand"},
    "bedrijf": {"eigen_bedrijf": "nee"},
    "schulden": {"klaar": True},
    "toestemming": {"keuze": "ja"},
}
"""The answers of somebody who submits and of whom the file says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerteldeSchuld:
    """One line of the person's list, and the directory names (with their own reference) that a reviewer ties to it.

    `foto`: the person photographed the letter too.
    """

    gegevens: dict[str, Any]
    foto: bool
    partijen: dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verhaal:
    """One person. `begonnen` and the values of `verloop` (act → when, in order) are working days ago.

    `taal` is the language that was chosen; `later` are schulden that staff adds after the decision; `naar_gemeente`
    is where the case is sent on. `beantwoord` says what each schuldeiser answers, `mails` what comes in by mail,
    `meldingen` what the person reports after filing, `foto_bij` which of it comes with a photo of the letter,
    `bellen` whom to call who asked for it, `partner` who asks with this person, and whose the schulden are.
    """

    antwoorden: dict[str, dict[str, Any]]
    taal: Taal | None
    begonnen: int
    verloop: dict[str, int]
    schulden: list[VerteldeSchuld]
    voorstellen: list[dict[str, str]]
    maanden: dict[str, int]
    behandelaar: int
    vraag: str
    reactie: str
    toelichting: str
    notitie: str
    naar_gemeente: str
    later: list[VerteldeSchuld]
    reden: Eindreden | None
    beantwoord: dict[str, dict[str, Any]]
    mails: list[dict[str, str]]
    meldingen: dict[str, dict[str, Any]]
    foto_bij: list[str]
    bellen: dict[str, str]
    partner: dict[str, Any]

    @property
    def achternaam(self) -> str:
        """Tells the people of this world apart."""
        naam: str = self.antwoorden["naam"]["achternaam"]
        return naam


def read_verhalen(today: date) -> list[Verhaal]:
    """Every verhaal of the file, with its days counted from today."""
    return [_verhaal(told, today) for told in json.loads(VERZOEKEN.read_text(encoding="utf-8"))]


def werkdagen_ago(today: date, count: int) -> date:
    """The `count`-th working day before a day; the day itself for 0."""
    day = today
    for _ in range(count):
        day -= timedelta(days=1)
        while not is_werkdag(day):
            day -= timedelta(days=1)
    return day


def _verhaal(told: dict[str, Any], today: date) -> Verhaal:
    usual = GEWOON if "submit" in told["verloop"] else {}
    answered = {**usual, **told["antwoorden"]}
    return Verhaal(
        antwoorden={
            stap.slug: {name: _day(name, value, today) for name, value in answered[stap.slug].items()}
            for stap in STAPPEN
            if stap.slug in answered
        },
        taal=Taal(told["taal"]) if "taal" in told else None,
        begonnen=told["begonnen"],
        verloop=told["verloop"],
        schulden=[_schuld(line) for line in told.get("schulden", [])],
        voorstellen=told.get("voorstellen", []),
        maanden=told.get("maanden", {}),
        behandelaar=told.get("behandelaar", 0),
        vraag=told.get("vraag", ""),
        reactie=told.get("reactie", ""),
        toelichting=told.get("toelichting", ""),
        notitie=told.get("notitie", ""),
        naar_gemeente=told.get("naar_gemeente", ""),
        later=[_schuld(line) for line in told.get("later", [])],
        reden=Eindreden(told["reden"]) if "reden" in told else None,
        beantwoord=told.get("beantwoord", {}),
        mails=told.get("mails", []),
        meldingen={
            soort: {name: _day(name, value, today) for name, value in gemeld.items()}
            for soort, gemeld in told.get("meldingen", {}).items()
        },
        foto_bij=told.get("foto_bij", []),
        bellen=told.get("bellen", {}),
        partner=told.get("partner", {}),
    )


def _schuld(line: dict[str, Any]) -> VerteldeSchuld:
    gegevens = {"namens": "", "referentie": "", "bedrag_cents": None, "particulier": False, "van": ""} | line
    partijen, foto = gegevens.pop("partijen", {}), gegevens.pop("foto", False)
    return VerteldeSchuld(partijen=partijen, foto=foto, gegevens=gegevens)


def _day(name: str, value: Any, today: date) -> Any:
    if name.endswith("_on") and value and _RELATIVE.fullmatch(value):
        return (today + timedelta(days=int(value))).isoformat()
    return value
