"""The words of the figures: what each table is about, and what its groups are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.cijfers import OVERIG, Rij
from portal.domain.stappen import STAPPEN


@dataclass(frozen=True, slots=True)
class Uitleg:
    """A table in words. `groepen`: key → what is shown; a key without one (a name) is shown itself."""

    titel: str
    zin: str
    eerste: str
    groepen: Mapping[str, str]
    overig: str = "Al het andere samen"


KOLOMMEN = {
    "aantal": "Aantal",
    "pauze": "Pauze toegepast",
    "weigert": "Werkt niet mee",
    "anders": "Ander antwoord",
    "stil": "Geen antwoord",
}

UITLEG: Mapping[str, Uitleg] = {
    "gesprek": Uitleg(
        "Van verzoek tot eerste gesprek",
        "De wet geeft vier weken, of drie werkdagen als er haast bij is.",
        "Eerste gesprek",
        {
            "3_dagen": "Op tijd, binnen 3 dagen",
            "7_dagen": "Op tijd, binnen een week",
            "14_dagen": "Op tijd, binnen twee weken",
            "later": "Op tijd, later",
            "te_laat": "Te laat",
            "gestopt": "Op tijd gestopt, zonder gesprek",
            "open": "Nog niet, er is nog tijd",
            "open_te_laat": "Nog niet, en de termijn is voorbij",
        },
    ),
    "beschikking": Uitleg(
        "Van eerste gesprek tot beschikking",
        "Na het eerste gesprek heeft de gemeente hoogstens acht weken. Soms kiest zij zelf een kortere termijn.",
        "Beschikking",
        {
            "op_tijd": "Op tijd",
            "te_laat": "Te laat",
            "gestopt": "Op tijd gestopt, zonder beschikking",
            "open": "Nog niet, er is nog tijd",
            "open_te_laat": "Nog niet, en de termijn is voorbij",
        },
    ),
    "afloop": Uitleg(
        "Wat er met de verzoeken gebeurde",
        "Alle verzoeken die in dit kwartaal zijn ingediend.",
        "Stand",
        {
            "ingelicht": "Goedgekeurd, schuldeisers ingelicht",
            "zonder_schuldeisers": "Goedgekeurd, zonder schuldeisers",
            "niet_goedgekeurd": "Niet goedgekeurd",
            "ingetrokken": "Ingetrokken voor het besluit",
            "open": "Nog geen besluit",
        },
    ),
    "kennisgeving": Uitleg(
        "Van verzoek tot Kennisgeving",
        "De eerste Kennisgeving van elk goedgekeurd verzoek.",
        "Eerste Kennisgeving",
        {
            "7_dagen": "Binnen een week",
            "14_dagen": "Binnen twee weken",
            "28_dagen": "Binnen vier weken",
            "later": "Later",
        },
    ),
    "einde": Uitleg(
        "Hoe de pauzes verliepen",
        "Alle verzoeken waarvoor schuldeisers zijn ingelicht.",
        "Pauze",
        {
            "loopt": "Loopt nog",
            "afgelopen": "Helemaal afgelopen",
            "beeindigd": "Eerder gestopt door de gemeente",
            "ingetrokken": "Gestopt door de hulpvrager",
        },
    ),
    "antwoorden": Uitleg(
        "Wat schuldeisers antwoordden",
        "Alle Kennisgevingen van dit kwartaal aan bedrijven. Geen antwoord is geen weigering.",
        "Schuldeiser",
        {},
        "Alle andere schuldeisers samen",
    ),
    "inbreuken": Uitleg(
        "Toch post tijdens de pauze",
        "Zo vaak meldden hulpvragers post of bezoek van een schuldeiser die om een pauze was gevraagd.",
        "Schuldeiser",
        {},
        "Alle andere schuldeisers samen",
    ),
    "stappen": Uitleg(
        "Hoe ver mensen kwamen met invullen",
        "Iedereen die in dit kwartaal aan een verzoek begon: de laatste vraag die is beantwoord.",
        "Laatste vraag",
        {"niets": "Geen enkele vraag", **{stap.slug: stap.titel for stap in STAPPEN}, "verstuurd": "Verzoek verstuurd"},
    ),
}


def groep(naam: str, rij: Rij) -> str:
    """What a group is called; more than two that go together are named by the first and the last."""
    uitleg = UITLEG[naam]
    if rij.named == (OVERIG,):
        return uitleg.overig
    labels = [uitleg.groepen.get(sleutel, sleutel) for sleutel in rij.sleutels]
    return " + ".join(labels) if len(labels) <= 2 else f"Van ‘{labels[0]}’ tot en met ‘{labels[-1]}’"
