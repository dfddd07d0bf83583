"""Facts for the tests of the texts."""

from datetime import date
from typing import Any
from uuid import UUID

from portal.domain.bericht import BerichtFeiten, BerichtSoort
from portal.domain.kennisgeving import (
    Afzender,
    Betrokkene,
    Dossierverwijzing,
    Grondslag,
    KennisgevingFeiten,
    Moment,
    Soort,
)

BETROKKENE = Betrokkene(
    voorletters="F.",
    voorvoegsel="van der",
    achternaam="Meer",
    geboren_on=date(1987, 5, 14),
    postcode="3511 AB",
    huisnummer="12 bis",
)
AFZENDER = Afzender(
    gemeente="Utrecht",
    organisatie="Stadsbank Midden",
    contactpersoon="Anna de Boer",
    telefoon="030 286 52 11",
    email="team@stadsbank.example",
    postadres="Postbus 1\n3500 AA Utrecht",
)


def kennisgeving(**changes: Any) -> KennisgevingFeiten:
    whole: dict[str, Any] = {
        "bericht_id": UUID("9ae2a1bb-02ee-5a2a-bf8a-c79c85342d73"),
        "soort": Soort.KENNISGEVING,
        "kenmerk": "PK-H4X-9TQ-27F",
        "ontvanger": "Energie & Zo BV",
        "ontvanger_postadres": None,
        "betrokkene": BETROKKENE,
        "verwijzingen": (Dossierverwijzing(referentie="KL-123", namens=None),),
        "afzender": AFZENDER,
        "moment": Moment.BIJ_AANMELDING,
        "grondslag": Grondslag.VERZOEK,
        "convenant": None,
        "dated_on": date(2027, 2, 9),
        "start_on": date(2027, 2, 9),
        "eind_on": date(2027, 6, 9),
    }
    return KennisgevingFeiten(**whole | changes)


def bericht(soort: BerichtSoort, **changes: Any) -> BerichtFeiten:
    whole: dict[str, Any] = {
        "soort": soort,
        "kenmerk": "PK-H4X-9TQ-27F",
        "gemeente": "Utrecht",
        "organisatie": "Stadsbank Midden",
        "telefoon": "030 286 52 11",
        "contactpersoon": "Anna de Boer",
        "meelezen": False,
        "url": "https://pauzeknop.example/terug",
        "link_minutes": 30 if soort is BerichtSoort.TOEGANGSLINK else None,
        "eerste_gesprek_voor": date(2027, 3, 9),
        "start_on": date(2027, 2, 9),
        "eind_on": date(2027, 6, 9),
        "schuldeisers": 14,
        "per_post": 1,
        "antwoord_voor": date(2027, 2, 23),
        "naar_gemeente": "Hilversum",
        "naar_telefoon": "035 629 21 11",
        "vraag": "Wat is uw klantnummer?",
        "toelichting": "U hebt al een regeling.",
    }
    return BerichtFeiten(**whole | changes)
