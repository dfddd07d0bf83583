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
from portal.domain.foto import BRIEF_OP_FOTO
from portal.texts.talen import gettext, lazy
from portal.web.hulpvrager.forms.vragen import HULP, MOMENTEN
from portal.web.templating import day, euro

Lines: TypeAlias = "list[str]"
Row: TypeAlias = "tuple[str, str, Lines]"
"""The question's slug, its label, and the answer line by line."""

_ANSWERS = {"ja": lazy("ja"), "nee": lazy("nee"), "weet_niet": lazy("weet ik niet")}
_WHOSE = {"partner": lazy("Van uw partner"), "beiden": lazy("Van u en uw partner samen")}
_THREATS = {
    "ontruiming": lazy("Uw huis uit"),
    "afsluiting": lazy("Afsluiten van energie of water"),
    "zorgverzekering": lazy("Zorgverzekering stopt"),
}


def _dreiging(antwoorden: Antwoorden) -> Lines:
    sectie = antwoorden["dreiging"]
    lines = []
    for dreiging, label in _THREATS.items():
        on: date | None = parse_day(sectie.get(f"{dreiging}_on"))
        answer = _ANSWERS.get(sectie.get(dreiging, ""), "")
        on_day = gettext(", op %(dag)s", dag=day(on)) if on else ""
        lines.append(f"{label}: {answer}{on_day}")
    return lines


def _naam(antwoorden: Antwoorden) -> Lines:
    return [Persoon.read(antwoorden).naam]


def _geboortedatum(antwoorden: Antwoorden) -> Lines:
    return [day(Persoon.read(antwoorden).geboren_on)]


def _adres(antwoorden: Antwoorden) -> Lines:
    adres = Adres.read(antwoorden)
    where = adres.regel if adres.vast else gettext("Geen vast adres")
    return [where, *([gettext("Uw adres is geheim")] if adres.geheim else [])]


def _contact(antwoorden: Antwoorden) -> Lines:
    contact = Contact.read(antwoorden)
    reach = [text for text in (contact.telefoon, contact.email) if text]
    read_along = [gettext("Iemand anders leest uw e-mail")] if contact.meelezen else []
    moment = MOMENTEN.get(contact.moment)
    return [
        *reach,
        *read_along,
        *([gettext("Bellen: %(moment)s", moment=f"{moment[:1].lower()}{moment[1:]}")] if moment else []),
    ]


def _hulp(antwoorden: Antwoorden) -> Lines:
    sectie = antwoorden["hulp"]
    told = [sectie.get(name, "") for name in ("naam", "telefoon", "email")]
    samen = [gettext("U vraagt dit samen met uw partner")] if is_samen(antwoorden) else []
    return [HULP.get(sectie.get("soort", ""), ""), *(text for text in told if text), *samen]


def _bedrijf(antwoorden: Antwoorden) -> Lines:
    return [gettext("Ja") if antwoorden["bedrijf"].get("eigen_bedrijf") == JA else gettext("Nee")]


def _toestemming(antwoorden: Antwoorden) -> Lines:
    given = antwoorden["toestemming"].get("keuze") == JA
    return [
        gettext("Ja, wij mogen het vertellen aan uw schuldeisers") if given else gettext("Nee, wij vertellen niets")
    ]


_ROWS: tuple[tuple[str, str, Callable[[Antwoorden], Lines]], ...] = (
    ("dreiging", lazy("Haast"), _dreiging),
    ("naam", lazy("Naam"), _naam),
    ("geboortedatum", lazy("Geboortedatum"), _geboortedatum),
    ("adres", lazy("Adres"), _adres),
    ("contact", lazy("Bereikbaar"), _contact),
    ("hulp", lazy("Hulp van iemand"), _hulp),
    ("bedrijf", lazy("Eigen bedrijf"), _bedrijf),
    ("toestemming", lazy("Toestemming"), _toestemming),
)


def rows(antwoorden: Antwoorden, gemeente: str) -> list[Row]:
    """The answers in the order of the questions, but the list of schulden."""
    told = [(slug, label, words(antwoorden)) for slug, label, words in _ROWS if slug in antwoorden]
    told.insert(1, ("gemeente", gettext("Gemeente"), [gemeente]))
    return told


def call_rows(asked: Bellen) -> list[tuple[str, Lines]]:
    """What was said about a call, for who asked for one."""
    if not asked.telefoon:
        return []
    tell = gettext("Wij mogen zeggen wie wij zijn") if asked.voorstellen else gettext("Wij zeggen niet wie wij zijn")
    return [(gettext("Uw vraag om een telefoontje"), [asked.naam, asked.telefoon, tell])]


def schuld_row(schuld: Schuldgegevens) -> tuple[str, Lines]:
    """One schuld: who sent the last letter, and what else was told."""
    details = [
        gettext("Voor: %(namens)s", namens=schuld.namens) if schuld.namens else "",
        gettext("Nummer: %(referentie)s", referentie=schuld.referentie) if schuld.referentie else "",
        euro(schuld.bedrag_cents),
        gettext("Dit is een persoon") if schuld.particulier else "",
        _WHOSE.get(schuld.van, ""),
    ]
    return schuld.afzender or gettext(BRIEF_OP_FOTO), [line for line in details if line]
