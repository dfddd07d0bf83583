"""One case in the words of DDAS, the data standard for schuldhulpverlening: the part that the portal knows.

Left out is what nobody here established: amounts, gender, whether a schuld is of a business. A secret address stays
out, and so does the name of a private person. The client is the hulpvrager: what the partner alone owes is not told.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from portal.domain.schuldenaar import Schuldenaar
from portal.models import Organisatie, Pauzeverzoek, Schuld

Deel = dict[str, Any]


def bestand(leveringen: Iterable[Deel], *, vanaf: date, tot_en_met: date, made_at: datetime, leverancier: str) -> Deel:
    """The whole file. `vanaf` and `tot_en_met` are days of the Dutch calendar, both included."""
    return {
        "startdatumLevering": vanaf.isoformat(),
        "einddatumLevering": tot_en_met.isoformat(),
        "aanleverdatumEnTijd": f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        "codeGegevensleverancier": leverancier,
        "leveringen": list(leveringen),
    }


def levering(teller: int, organisatie: Organisatie, trajecten: list[Deel]) -> Deel:
    """What one organisatie delivers; `teller` counts from 1."""
    contact = {"naam": organisatie.naam, "email": organisatie.email, "telefoonnummer": organisatie.telefoon}
    return {
        "teller": teller,
        "aanleverende_organisatie": {"(Statutaire) Naam": organisatie.naam, "contactpersonen": [contact]},
        "schuldhulptrajecten": trajecten,
    }


def traject(verzoek: Pauzeverzoek, uitstroom_on: date | None) -> Deel:
    """One aanmelding. `uitstroom_on` is the day on which help ended; a pause that ran out ends no help."""
    if verzoek.meldingsdatum is None or verzoek.gemeente_code is None:
        raise ValueError("a submitted pauzeverzoek has a meldingsdatum and a gemeente")
    filed = verzoek.meldingsdatum.isoformat()
    whole = {
        "startdatum": filed,
        "gemeentecode": verzoek.gemeente_code,
        "aanmelding": {"startdatum": filed, "crisisinterventie": verzoek.dreigend},
        "client": [_client(verzoek)],
    }
    if schulden := [found for schuld in verzoek.schulden if (found := _schuld(schuld))]:
        whole["schulden"] = schulden
    if uitstroom_on and verzoek.eindreden:
        whole["uitstroom"] = {"datum": uitstroom_on.isoformat(), "reden": str(verzoek.eindreden)}
    return whole


def _client(verzoek: Pauzeverzoek) -> Deel:
    """The person. Of an address only what is the schema's: no street, no town."""
    geboren_on, adres = verzoek.persoon.geboren_on, verzoek.adres
    told = adres.vast and not verzoek.has_geheim_adres
    known = {
        "Burgerservicenummer": verzoek.bsn,
        "Geboortedatum": geboren_on.isoformat() if geboren_on else None,
        "Postcode": adres.postcode.replace(" ", "") if told else None,
        "Huisnummer": adres.huisnummer if told else None,
        "Huisnummertoevoeging": adres.toevoeging if told else None,
    }
    return {name: value for name, value in known.items() if value}


def _schuld(schuld: Schuld) -> Deel | None:
    """A schuld of the client, alone or with the partner, whose schuldeiser the directory knows: of another nobody knows
    the kind.
    """
    party = schuld.schuldeiser
    if party is None or schuld.schuldenaar is Schuldenaar.PARTNER:
        return None
    particulier = party.is_particulier or schuld.verteld.particulier
    if particulier:
        return {"schuldsoort": str(party.schuldsoort), "schuldeiser": {"privepersoon": True}}
    named = {"naam": party.naam, "kvknummer": party.kvk, "privepersoon": False}
    return {
        "schuldsoort": str(party.schuldsoort),
        "schuldeiser": {name: value for name, value in named.items() if value is not None},
    }
