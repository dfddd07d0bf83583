"""The summary of a bewijsdossier, for who reads on paper: who, what, the course of each message, and the hashes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from portal.models import AuditEntry, Dagkop, Kennisgeving, Pauzeverzoek
from portal.web.hulpverlener import geschiedenis
from portal.web.hulpverlener.namen import Namen
from portal.web.hulpverlener.woorden import ANTWOORD, KANAAL, SOORT, STATUS, VERZENDING
from portal.web.templating import day, moment

SJABLOON = "bewijsdossier/v1"

CODES = {"sha256": "Tekst", "pdf_sha256": "Brief (pdf)", "gegevens_sha256": "Gegevens (json)", "eml_sha256": "E-mail"}
"""The facts with a hash, and of what it is."""

INLEIDING = (
    "Dit is een samenvatting voor mensen. Het bewijs zelf staat in bewijs.json, met de berichten ernaast. "
    "Er staan persoonsgegevens in: geef dit alleen aan wie het nodig heeft."
)
CONTROLE = (
    "Een code is een vingerafdruk: verandert er één teken, dan klopt de code niet meer. In LEESMIJ.txt staat hoe u dit "
    "dossier controleert."
)
MET_KOPPEN = "De codes hieronder moeten ook op de website van de Pauzeknop staan, op de pagina /ketens."
ZONDER_KOPPEN = "Er is over deze zaak nog geen dag afgesloten. Haal het dossier morgen opnieuw op."

Rij = dict[str, str]


def words(
    verzoek: Pauzeverzoek,
    messages: Sequence[Kennisgeving],
    entries: Sequence[AuditEntry],
    koppen: Sequence[Dagkop],
    namen: Namen,
    now: datetime,
) -> dict[str, Any]:
    """Everything that the sheet shows."""
    told = {str(message.id) for message in messages}
    rest = [entry for entry in entries if entry.feiten.get("kennisgeving_id") not in told]
    return {
        "kenmerk": verzoek.kenmerk,
        "afzender": verzoek.organisatie.naam if verzoek.organisatie else "Pauzeknop",
        "inleiding": INLEIDING,
        "zaak": list(_zaak(verzoek, now)),
        "berichten": [_bericht(message, entries, namen) for message in messages],
        "verloop": _verloop(rest, namen),
        "controle": [CONTROLE, MET_KOPPEN if koppen else ZONDER_KOPPEN],
        "koppen": [_rij(day(kop.dag), kop.kop) for kop in koppen],
    }


def _zaak(verzoek: Pauzeverzoek, now: datetime) -> Iterator[Rij]:
    yield _rij("Hulpvrager", verzoek.persoon.naam)
    if verzoek.persoon.geboren_on:
        yield _rij("Geboren op", day(verzoek.persoon.geboren_on))
    if verzoek.gemeente and verzoek.organisatie:
        yield _rij("Gemeente", verzoek.gemeente.naam)
        yield _rij("Organisatie", verzoek.organisatie.naam)
    if verzoek.meldingsdatum:
        yield _rij("Ingediend op", day(verzoek.meldingsdatum))
    yield _rij("Stand", STATUS[verzoek.status][0])
    if verzoek.start_on and verzoek.eind_on:
        yield _rij("Pauze", f"{day(verzoek.start_on)} tot en met {day(verzoek.eind_on)}")
    yield _rij("Gemaakt op", moment(now))


def _bericht(message: Kennisgeving, entries: Iterable[AuditEntry], namen: Namen) -> dict[str, Any]:
    own = [entry for entry in entries if entry.feiten.get("kennisgeving_id") == str(message.id)]
    return {
        "kop": f"{SOORT[message.soort]} aan {message.schuldeiser.naam}",
        "rijen": [
            _rij("Gevraagd", f"{day(message.start_on)} tot en met {day(message.eind_on)}"),
            _rij("Verzending", f"{VERZENDING[message.status][0]}, {KANAAL[message.kanaal].lower()}"),
            _rij("Antwoord", ANTWOORD[message.antwoord]),
        ],
        "verloop": _verloop(own, namen),
        "codes": [_rij(CODES[name], value) for name, value in _codes(own).items()],
    }


def _verloop(entries: Sequence[AuditEntry], namen: Namen) -> list[Rij]:
    return [_rij(moment(regel.at), regel.zin) for regel in geschiedenis.regels(entries, namen)]


def _codes(own: Iterable[AuditEntry]) -> Mapping[str, str]:
    """The last hash of each kind."""
    found = {name: entry.feiten[name] for entry in own for name in CODES if entry.feiten.get(name)}
    return {name: found[name] for name in CODES if name in found}


def _rij(naam: str, waarde: str) -> Rij:
    return {"naam": naam, "waarde": waarde}
