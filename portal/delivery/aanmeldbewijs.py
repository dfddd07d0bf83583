"""The Bewijs van aanmelding on paper: the same sheet as the letter of a Kennisgeving, without attached facts."""

from dataclasses import asdict
from typing import Any

from portal.delivery.drukkerij import drukkerij, qr
from portal.domain.aanmeldbewijs import AanmeldbewijsFeiten
from portal.domain.kennisgeving import Wegwijzers
from portal.texts import aanmeldbewijs
from portal.texts.kennisgeving import SJABLOON as PAPIER
from portal.texts.sjablonen import dag, spreker


def typeset(feiten: AanmeldbewijsFeiten, wegwijzers: Wegwijzers) -> bytes:
    """The document of one pauzeverzoek: the same bytes for the same facts."""
    return drukkerij(PAPIER).print(_letter(feiten, wegwijzers), feiten.meldingsdatum)


def _letter(feiten: AanmeldbewijsFeiten, wegwijzers: Wegwijzers) -> dict[str, Any]:
    facts = aanmeldbewijs.safe(feiten)
    afzender = facts.afzender
    check = wegwijzers.scan_url(facts.kenmerk)
    return {
        **asdict(aanmeldbewijs.inhoud(feiten, wegwijzers)),
        "kenmerk": facts.kenmerk,
        "datum": dag(facts.meldingsdatum),
        "geadresseerde": [facts.naam],
        "afzender": {
            "naam": spreker(afzender.organisatie, afzender.gemeente),
            "regels": [*afzender.postadres.splitlines(), afzender.telefoon, afzender.email],
        },
        "qr": [qr(check, "Controleren", "QR-code om te controleren of dit bewijs echt is")],
    }
