"""Every answer in words, for the check page. Pure."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from portal.domain.antwoorden import (
    JA,
    Adres,
    Antwoorden,
    Bellen,
    Contact,
    Persoon,
    Schuldgegevens,
    is_samen,
    parse_day,
)
from portal.web.hulpvrager.forms.vragen import HULP, MOMENTEN
from portal.web.templating import day, euro

Lines: TypeAlias = "list[str]"
Row: TypeAlias = "tuple[str, str, Lines]"
"""The question's slug, its label, and the answer line by line."""

_ANSWERS = {"ja": "ja", "nee": "nee", "weet_niet": "weet ik niet"}
_WHOSE = {"partner": "Van uw partner", "beiden": "Van u en uw partner samen"}
_THREATS = {
    "ontruiming": "Uw huis uit",
    "afsluiting": "Afsluiten van energie of water",
    "zorgverzekering": "Zorgverzekering stopt",
}


def _dreiging(antwoorden: Antwoorden) -> Lines:
    sectie = antwoorden["dreiging"]
    lines = []
    for dreiging, label in _THREATS.items():
        on: date | None = parse_day(sectie.get(f"{dreiging}_on"))
        answer = _ANSWERS.get(sectie.get(dreiging, ""), "")
        lines.append(f"{label}: {answer}" + (f", op {day(on)}" if on else ""))
    return lines


def _naam(antwoorden: Antwoorden) -> Lines:
    return [Persoon.read(antwoorden).naam]


def _geboortedatum(antwoorden: Antwoorden) -> Lines:
    return [day(Persoon.read(antwoorden).geboren_on)]


def _adres(antwoorden: Antwoorden) -> Lines:
    adres = Adres.read(antwoorden)
    return [adres.regel, *(["Uw adres is geheim"] if adres.geheim else [])]


def _contact(antwoorden: Antwoorden) -> Lines:
    contact = Contact.read(antwoorden)
    reach = [text for text in (contact.telefoon, contact.email) if text]
    read_along = ["Iemand anders leest uw e-mail"] if contact.meelezen else []
    moment = MOMENTEN.get(contact.moment)
    return [*reach, *read_along, *([f"Bellen: {moment[0].lower()}{moment[1:]}"] if moment else [])]


def _hulp(antwoorden: Antwoorden) -> Lines:
    sectie = antwoorden["hulp"]
    told = [sectie.get(name, "") for name in ("naam", "telefoon", "email")]
    samen = ["U vraagt dit samen met uw partner"] if is_samen(antwoorden) else []
    return [HULP.get(sectie.get("soort", ""), ""), *(text for text in told if text), *samen]


def _bedrijf(antwoorden: Antwoorden) -> Lines:
    return ["Ja" if antwoorden["bedrijf"].get("eigen_bedrijf") == JA else "Nee"]


def _toestemming(antwoorden: Antwoorden) -> Lines:
    given = antwoorden["toestemming"].get("keuze") == JA
    return ["Ja, wij mogen het vertellen aan uw schuldeisers" if given else "Nee, wij vertellen niets"]


_ROWS: tuple[tuple[str, str, Callable[[Antwoorden], Lines]], ...] = (
    ("dreiging", "Haast", _dreiging),
    ("naam", "Naam", _naam),
    ("geboortedatum", "Geboortedatum", _geboortedatum),
    ("adres", "Adres", _adres),
    ("contact", "Bereikbaar", _contact),
    ("hulp", "Hulp van iemand", _hulp),
    ("bedrijf", "Eigen bedrijf", _bedrijf),
    ("toestemming", "Toestemming", _toestemming),
)


def rows(antwoorden: Antwoorden, gemeente: str) -> list[Row]:
    """The answers in the order of the questions, but the list of schulden."""
    told = [(slug, label, words(antwoorden)) for slug, label, words in _ROWS if slug in antwoorden]
    told.insert(1, ("gemeente", "Gemeente", [gemeente]))
    return told


def call_rows(asked: Bellen) -> list[tuple[str, Lines]]:
    """What was said about a call, for who asked for one."""
    if not asked.telefoon:
        return []
    tell = "Wij mogen zeggen wie wij zijn" if asked.voorstellen else "Wij zeggen niet wie wij zijn"
    return [("Uw vraag om een telefoontje", [asked.naam, asked.telefoon, tell])]


def schuld_row(schuld: Schuldgegevens) -> tuple[str, Lines]:
    """One schuld: who sent the last letter, and what else was told."""
    details = [
        f"Voor: {schuld.namens}" if schuld.namens else "",
        f"Nummer: {schuld.referentie}" if schuld.referentie else "",
        euro(schuld.bedrag_cents),
        "Dit is een persoon" if schuld.particulier else "",
        _WHOSE.get(schuld.van, ""),
    ]
    return schuld.afzender, [line for line in details if line]
