"""The same facts for a machine: the JSON of a Kennisgeving, published as /schemas/kennisgeving/v1.json and v2.json.

Field names are Dutch and fixed: `docs/kennisgeving-json.md` maps them to the Schuldenknooppunt's. What has no value is
null, never absent, so every message of a version has the same shape. A message about two people is version 2, which has
one field more; every other is version 1.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from portal.domain.kennisgeving import (
    ONGENOEMD,
    Afzender,
    Betrokkene,
    Dossierverwijzing,
    Eerder,
    Grondslag,
    KennisgevingFeiten,
    Moment,
    Soort,
    Wegwijzers,
    Wijziging,
)
from portal.texts.kennisgeving import safe

SCHEMA = "/schemas/kennisgeving/v1.json"

SCHEMA_TWEE = "/schemas/kennisgeving/v2.json"
"""Of a message about two people."""


def as_bytes(feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> bytes:
    """The file: UTF-8, two spaces, the same bytes each time."""
    return json.dumps(document(feiten, wegwijzers), ensure_ascii=False, indent=2).encode() + b"\n"


def document(feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> dict[str, Any]:
    """The facts as the schema names them."""
    facts = safe(feiten)
    two = {"mede_klant": _klant(facts.mede) if facts.mede else None} if is_about_two(facts) else {}
    return {
        "versie": 2 if two else 1,
        "bericht_id": str(facts.bericht_id),
        "soort": str(facts.soort),
        "kenmerk": facts.kenmerk,
        "datum": facts.dated_on.isoformat(),
        "pauze": {"eerste_dag": facts.start_on.isoformat(), "laatste_dag": facts.eind_on.isoformat()},
        "klant": None if facts.betrokkene == ONGENOEMD else _klant(facts.betrokkene),
        **two,
        "verwijzingen": [{"uw_kenmerk": each.referentie, "namens": each.namens} for each in facts.verwijzingen],
        "ontvanger": {"naam": facts.ontvanger, "postadres": facts.ontvanger_postadres},
        "afzender": _afzender(facts.afzender),
        "moment": str(facts.moment),
        "grondslag": str(facts.grondslag),
        "convenant": facts.convenant,
        "eerder": _eerder(facts.eerder) if facts.eerder else None,
        "gewijzigd": [str(each) for each in facts.gewijzigd],
        "antwoord_url": wegwijzers.antwoord_url,
        "controle_url": wegwijzers.controle_url,
        "controlecode": wegwijzers.controlecode,
        "informatie_url": wegwijzers.informatie_url,
    }


def is_about_two(feiten: KennisgevingFeiten) -> bool:
    """Whether version 1 has no words for it: it names two people, or corrects how many it names."""
    return feiten.mede is not None or Wijziging.PERSONEN in feiten.gewijzigd


def read(document: Mapping[str, Any]) -> tuple[KennisgevingFeiten, Wegwijzers]:
    """The way back: the facts of a document that fits the schema."""
    klant, mede, afzender, eerder = (
        document["klant"],
        document.get("mede_klant"),
        document["afzender"],
        document["eerder"],
    )
    feiten = KennisgevingFeiten(
        bericht_id=UUID(document["bericht_id"]),
        soort=Soort(document["soort"]),
        kenmerk=document["kenmerk"],
        ontvanger=document["ontvanger"]["naam"],
        ontvanger_postadres=document["ontvanger"]["postadres"],
        betrokkene=_read_klant(klant) if klant else ONGENOEMD,
        verwijzingen=tuple(
            Dossierverwijzing(referentie=each["uw_kenmerk"], namens=each["namens"]) for each in document["verwijzingen"]
        ),
        afzender=Afzender(**afzender),
        moment=Moment(document["moment"]),
        grondslag=Grondslag(document["grondslag"]),
        convenant=document["convenant"],
        dated_on=date.fromisoformat(document["datum"]),
        start_on=date.fromisoformat(document["pauze"]["eerste_dag"]),
        eind_on=date.fromisoformat(document["pauze"]["laatste_dag"]),
        eerder=_read_eerder(eerder) if eerder else None,
        gewijzigd=tuple(Wijziging(each) for each in document["gewijzigd"]),
        mede=_read_klant(mede) if mede else None,
    )
    ways = ("informatie_url", "antwoord_url", "controle_url", "controlecode")
    return feiten, Wegwijzers(**{name: document[name] for name in ways})


def _klant(betrokkene: Betrokkene) -> dict[str, Any]:
    return {
        "voorletters": betrokkene.voorletters,
        "voorvoegsel": betrokkene.voorvoegsel,
        "achternaam": betrokkene.achternaam,
        "geboortedatum": betrokkene.geboren_on.isoformat(),
        "postcode": betrokkene.postcode,
        "huisnummer": betrokkene.huisnummer,
    }


def _read_klant(klant: Mapping[str, Any]) -> Betrokkene:
    return Betrokkene(
        voorletters=klant["voorletters"],
        voorvoegsel=klant["voorvoegsel"],
        achternaam=klant["achternaam"],
        geboren_on=date.fromisoformat(klant["geboortedatum"]),
        postcode=klant["postcode"],
        huisnummer=klant["huisnummer"],
    )


def _afzender(afzender: Afzender) -> dict[str, str]:
    return {
        "gemeente": afzender.gemeente,
        "organisatie": afzender.organisatie,
        "contactpersoon": afzender.contactpersoon,
        "telefoon": afzender.telefoon,
        "email": afzender.email,
        "postadres": afzender.postadres,
    }


def _eerder(eerder: Eerder) -> dict[str, str]:
    return {
        "bericht_id": str(eerder.bericht_id),
        "datum": eerder.dated_on.isoformat(),
        "laatste_dag": eerder.eind_on.isoformat(),
    }


def _read_eerder(eerder: Mapping[str, str]) -> Eerder:
    return Eerder(
        bericht_id=UUID(eerder["bericht_id"]),
        dated_on=date.fromisoformat(eerder["datum"]),
        eind_on=date.fromisoformat(eerder["laatste_dag"]),
    )
