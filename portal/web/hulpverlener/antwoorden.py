"""The answers of a hulpvrager as the reviewer reads them: rows of a label and a value."""

from datetime import date
from typing import TypeAlias

from portal.domain.antwoorden import DREIGINGEN, JA, Antwoorden, Bron, age_on, is_samen, parse_day
from portal.models import Pauzeverzoek
from portal.web.hulpverlener.woorden_zaak import BRON
from portal.web.hulpvrager.forms.vragen import MOMENTEN
from portal.web.templating import day

Rij: TypeAlias = tuple[str, str | list[str]]

DREIGING = {
    "ontruiming": "Uit huis gezet worden",
    "afsluiting": "Afsluiten van gas, stroom, warmte of water",
    "zorgverzekering": "Einde van de zorgverzekering",
}
"""The threats of Wgs art. 4(2), in the words of staff."""

JA_NEE = {"ja": "Ja", "nee": "Nee", "weet_niet": "Weet ik niet"}
HULP = {"niemand": "Niemand", "helper": "Helper", "bewindvoerder": "Bewindvoerder"}


def persoon(verzoek: Pauzeverzoek, today: date) -> list[Rij]:
    """Who it is, where the person lives and how to reach him."""
    wie, contact = verzoek.persoon, verzoek.contact
    moment = dict(MOMENTEN).get(contact.moment, contact.moment)
    return [
        ("Naam", verzoek.naam),
        ("Geboren", f"{day(wie.geboren_on)} ({age_on(wie.geboren_on, today)} jaar)" if wie.geboren_on else ""),
        ("Gemeente", verzoek.gemeente.naam if verzoek.gemeente else ""),
        ("Adres", _adres(verzoek)),
        ("Telefoon", verzoek.telefoon),
        ("E-mail", contact.email),
        ("Beste moment om te bellen", moment),
        ("Bevestigd met", _bevestigd(verzoek.bron)),
        ("BSN", masked(verzoek.bsn) if verzoek.bsn else "Niet bekend"),
    ]


def _bevestigd(bron: str | None) -> str:
    if bron is None:
        return "Niet bevestigd, zelf ingevuld"
    if bron == Bron.DIGID:
        return BRON[Bron.DIGID]
    return f"Niet bevestigd, {BRON[Bron(bron)].lower()} ingevuld door een medewerker"


def _adres(verzoek: Pauzeverzoek) -> str:
    if "adres" not in verzoek.antwoorden:
        return ""
    return f"{verzoek.adres.regel}{' (geheim)' if verzoek.adres.geheim else ''}"


def situatie(verzoek: Pauzeverzoek) -> list[Rij]:
    """The threats, who helps, and whether there is a business."""
    antwoorden: Antwoorden = verzoek.antwoorden
    threats = [(DREIGING[name], threat(antwoorden, name)) for name in DREIGINGEN]
    bedrijf = antwoorden.get("bedrijf", {}).get("eigen_bedrijf", "")
    rows: list[Rij] = [("Hulp van", helper(antwoorden)), ("Eigen bedrijf", JA_NEE.get(bedrijf, ""))]
    return [*threats, *rows, *([("Samen met een partner", "Ja")] if is_samen(antwoorden) else [])]


def threat(antwoorden: Antwoorden, name: str) -> str:
    """'Ja, op 9 februari 2027'."""
    sectie = antwoorden.get("dreiging", {})
    on = parse_day(sectie.get(f"{name}_on"))
    said = JA_NEE.get(sectie.get(name, ""), "")
    return f"{said}, op {day(on)}" if on and said else said


def threats(antwoorden: Antwoorden) -> list[str]:
    """Every threat that was answered with yes, with its date when it is known."""
    sectie = antwoorden.get("dreiging", {})
    found = [(DREIGING[name], parse_day(sectie.get(f"{name}_on"))) for name in DREIGINGEN if sectie.get(name) == JA]
    return [f"{what}: {day(on)}" if on else f"{what}: datum niet bekend" for what, on in found]


def helper(antwoorden: Antwoorden) -> list[str]:
    """Who helps, and how to reach him."""
    sectie = antwoorden.get("hulp", {})
    soort = HULP.get(sectie.get("soort", ""), "")
    lines = [soort, *(sectie.get(name, "") for name in ("naam", "telefoon", "email"))]
    return [line for line in lines if line]


def masked(bsn: str) -> str:
    """The last three digits: enough to compare with what somebody says on the telephone."""
    return f"••••••{bsn[-3:]}"
