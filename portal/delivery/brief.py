"""The letter of a Kennisgeving, with the machine-readable facts attached."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from portal.delivery.drukkerij import drukkerij, qr
from portal.domain.kennisgeving import KennisgevingFeiten, Wegwijzers
from portal.texts import gegevens, kennisgeving
from portal.texts.sjablonen import dag, spreker

_AT_THE_TOP = frozenset({"Aan", "Datum", "Afzender", "E-mail", "Post"})
"""Rows that a letter shows above its text."""


@dataclass(frozen=True, slots=True)
class Stukken:
    """The letter, and the facts that are attached to it."""

    pdf: bytes
    gegevens: bytes


def typeset(sjabloon: str, feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> Stukken:
    """The letter of one message, by its version of the templates."""
    attached = gegevens.as_bytes(feiten, wegwijzers)
    pdf = drukkerij(sjabloon).print(_letter(feiten, wegwijzers), feiten.dated_on, attached)
    return Stukken(pdf, attached)


def _letter(feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> dict[str, Any]:
    """What the template shows."""
    facts = kennisgeving.safe(feiten)
    afzender = facts.afzender
    postadres = facts.ontvanger_postadres or ""
    words = kennisgeving.inhoud(feiten, wegwijzers)
    return {
        **asdict(replace(words, contact=tuple(rij for rij in words.contact if rij.naam not in _AT_THE_TOP))),
        "kenmerk": facts.kenmerk,
        "datum": dag(facts.dated_on),
        "geadresseerde": kennisgeving.address_lines(facts.ontvanger, postadres),
        "afzender": {
            "naam": spreker(afzender.organisatie, afzender.gemeente),
            "briefhoofd": afzender.briefhoofd.splitlines(),
            "regels": [*afzender.postadres.splitlines(), afzender.telefoon, afzender.email],
        },
        "qr": list(_codes(facts.kenmerk, wegwijzers)),
    }


def _codes(kenmerk: str, wegwijzers: Wegwijzers) -> Iterator[dict[str, str]]:
    check = wegwijzers.scan_url(kenmerk)
    yield qr(check, "Controleren", "QR-code om te controleren of dit bericht echt is")
    if wegwijzers.antwoord_url:
        yield qr(wegwijzers.antwoord_url, "Antwoorden", "QR-code om te antwoorden")
