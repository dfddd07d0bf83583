"""The words of staff for statuses, kinds and roles. Every mapping is complete, or the import fails."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.akkoord import Akkoordsoort, Akkoordstatus
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking, Geldigheid
from portal.domain.belet import Belet
from portal.domain.bericht import BerichtSoort
from portal.domain.bewaking import Stilte
from portal.domain.kennisgeving import Grondslag, Kanaal, Soort
from portal.domain.melding import Meldingsoort, Postmoment, Postsoort
from portal.domain.roles import Role
from portal.domain.status import Antwoord, Eindreden, Pogingresultaat, Status, Verzendstatus
from portal.domain.webhook import Webhookfout
from portal.models import Beantwoording, Categorie, PartijRol, Schuldeiser
from portal.queries.werkvoorraad import Volgorde
from portal.web.templating import day

STATUS = {
    Status.CONCEPT: ("Concept", "grijs"),
    Status.INGEDIEND: ("Ingediend", "blauw"),
    Status.IN_BEHANDELING: ("In beoordeling", "blauw"),
    Status.AANVULLING_GEVRAAGD: ("Wacht op hulpvrager", "oranje"),
    Status.GOEDGEKEURD: ("Goedgekeurd", "groen"),
    Status.NIET_GOEDGEKEURD: ("Niet goedgekeurd", "grijs"),
    Status.INGETROKKEN: ("Ingetrokken", "grijs"),
    Status.BEEINDIGD: ("Voortijdig beëindigd", "grijs"),
    Status.AFGELOPEN: ("Afgelopen", "grijs"),
}
"""Label and colour of the badge."""

VOLGORDE = {
    Volgorde.TERMIJN: "Dreigend en kortste termijn eerst",
    Volgorde.LANGST: "Langst wachtend eerst",
    Volgorde.NIEUWST: "Nieuwste eerst",
    Volgorde.BELLEN: "Eerst te bellen eerst",
    Volgorde.EINDE: "Eerste einddatum eerst",
    Volgorde.GESLOTEN: "Laatst gesloten eerst",
}

VERZENDING = {
    Verzendstatus.KLAAR: ("Klaar om te versturen", "blauw"),
    Verzendstatus.AANGEBODEN: ("Aangeboden", "blauw"),
    Verzendstatus.NIET_BEZORGD: ("Niet bezorgd", "rood"),
    Verzendstatus.VERVALLEN: ("Vervallen", "grijs"),
}

MELDINGSOORT = {
    Meldingsoort.POST: "post van een schuldeiser",
    Meldingsoort.SCHULD: "een vergeten schuld",
    Meldingsoort.GEGEVENS: "een gegeven dat niet klopt",
}

POSTSOORT = {
    Postsoort.BRIEF: "Brief of e-mail",
    Postsoort.DEURWAARDER: "Deurwaarder",
    Postsoort.RECHTBANK: "Dagvaarding, rechtbank",
    Postsoort.BESLAG: "Beslag",
    Postsoort.TELEFOON: "Telefoontje of bezoek",
}

POSTMOMENT = {
    Postmoment.VOOR: ("Van voor de pauze", "grijs"),
    Postmoment.TIJDENS: ("Tijdens de pauze", "rood"),
    Postmoment.NA: ("Van na de pauze", "grijs"),
    Postmoment.ONBEKEND: ("Datum onbekend", "oranje"),
}

POGING = {
    Pogingresultaat.AANGEBODEN: "Aangeboden: de mailserver nam de e-mail aan",
    Pogingresultaat.TIJDELIJK: "Nog niet gelukt",
    Pogingresultaat.GEWEIGERD: "Niet bezorgd",
}

ANTWOORD = {
    Antwoord.GEEN_REACTIE: "Nog geen antwoord",
    Antwoord.BEVESTIGD: "Bevestigd",
    Antwoord.GEEN_MEDEWERKING: "Werkt niet mee",
    Antwoord.OVERGEDRAGEN: "Overgedragen aan een ander",
    Antwoord.AL_IN_REGELING: "Al in een regeling",
}

STILTE = {
    Stilte.HERINNERD: ("Herinnerd", "blauw"),
    Stilte.BELLEN: ("Bellen", "oranje"),
    Stilte.GEMELD: ("Blijft stil", "grijs"),
}

GEEN_MEDEWERKING = {
    GeenMedewerking.KLANT_ONBEKEND: "klant onbekend",
    GeenMedewerking.RECENTE_FINALE_KWIJTING: "recente finale kwijting",
    GeenMedewerking.RECENTE_POGING_STABILISATIE: "recente poging tot stabilisatie",
    GeenMedewerking.GEEN_SAMENWERKING: "geen samenwerking met deze schuldhulpverlener",
}

ANTWOORDWEG = {
    Antwoordweg.LINK: "via de link",
    Antwoordweg.API: "via de koppeling",
    Antwoordweg.MAIL: "per mail",
    Antwoordweg.HULPVERLENER: "aan een hulpverlener",
}

GELDIGHEID = {
    Geldigheid.GELDIG: "Geldig",
    Geldigheid.VERVANGEN: "Vervangen",
    Geldigheid.INGETROKKEN: "Ingetrokken",
    Geldigheid.AFGELOPEN: "Afgelopen",
}

SOORT = {
    Soort.KENNISGEVING: "Kennisgeving",
    Soort.VERLENGING: "Verlenging",
    Soort.CORRECTIE: "Correctie",
    Soort.BEEINDIGING: "Einde pauze",
    Soort.HERINNERING: "Herinnering",
    Soort.INTREKKING: "Intrekking",
}

KANAAL = {Kanaal.EMAIL: "Per e-mail", Kanaal.BRIEF: "Per post", Kanaal.API: "Via de koppeling"}

GRONDSLAG = {Grondslag.CONVENANT: "Convenant", Grondslag.VERZOEK: "Verzoek"}

BERICHT = {
    BerichtSoort.TOEGANGSLINK: "Link om terug te komen",
    BerichtSoort.ONTVANGEN: "Verzoek ontvangen",
    BerichtSoort.DOORGESTUURD: "Verzoek doorgestuurd",
    BerichtSoort.AANVULLING_GEVRAAGD: "Vraag aan de hulpvrager",
    BerichtSoort.GOEDGEKEURD: "Pauze goedgekeurd",
    BerichtSoort.VERLENGD: "Pauze verlengd",
    BerichtSoort.NIET_GOEDGEKEURD: "Pauze niet goedgekeurd",
    BerichtSoort.INGETROKKEN: "Verzoek ingetrokken",
    BerichtSoort.BEEINDIGD: "Pauze gestopt",
    BerichtSoort.BIJNA_AFGELOPEN: "Pauze stopt binnenkort",
    BerichtSoort.AFGELOPEN: "Pauze voorbij",
    BerichtSoort.ANTWOORD_ONTVANGEN: "Antwoord ontvangen",
}

EINDREDEN = {
    Eindreden.ZELF: "Hulpvrager lost het zelf op",
    Eindreden.NIETVERSCHENEN: "Niet verschenen op afspraken",
    Eindreden.VOLDOET_NIET: "Voldoet niet aan de afspraken",
    Eindreden.NIET_PASSEND: "Hulp past niet bij de situatie",
    Eindreden.VERHUISD: "Verhuisd naar een andere gemeente",
    Eindreden.OVERLEDEN: "Overleden",
    Eindreden.INGETROKKEN: "Hulpvrager trekt het verzoek in",
    Eindreden.AFGEROND: "Traject afgerond",
    Eindreden.OVERIG: "Andere reden",
}

AKKOORDSOORT = {
    Akkoordsoort.GEHEIM_ADRES: "Geheim adres opheffen",
    Akkoordsoort.CONTACTGEGEVENS: "Andere adressen",
    Akkoordsoort.ONGECONTROLEERD_ADRES: "E-mail naar een adres dat niet is gecontroleerd",
    Akkoordsoort.VEEL_BEEINDIGEN: "Veel pauzes tegelijk beëindigen",
    Akkoordsoort.VEEL_OPNIEUW: "Veel berichten opnieuw versturen",
}

AKKOORDSTATUS = {
    Akkoordstatus.OPEN: ("Wacht op akkoord", "oranje"),
    Akkoordstatus.AKKOORD: ("Akkoord", "groen"),
    Akkoordstatus.NIET_AKKOORD: ("Geen akkoord", "grijs"),
    Akkoordstatus.VERVANGEN: ("Vervangen", "grijs"),
    Akkoordstatus.VERLOPEN: ("Verlopen", "grijs"),
}

BELET = {
    Belet.NIET_IN_GEBRUIK: "Deze partij staat niet meer in gebruik.",
    Belet.NIET_BEVESTIGD: "Deze privépersoon mag nog geen bericht krijgen.",
    Belet.GEEN_TOESTEMMING_PARTNER: "Er is geen toestemming van de partner. Over deze schuld gaat geen bericht weg.",
    Belet.TE_KORT: "De laatste dag van de pauze is te dichtbij. Deze schuldeiser krijgt geen bericht.",
    Belet.VOORBIJ: "Bij deze schuldeiser is de pauze al voorbij.",
    Belet.NIET_LANGER: "De pauze loopt al tot deze dag, of tot de laatste dag die hier kan.",
}

PARTIJROL = {
    PartijRol.SCHULDEISER: "Schuldeiser",
    PartijRol.INCASSOBUREAU: "Incassobureau",
    PartijRol.GERECHTSDEURWAARDER: "Gerechtsdeurwaarder",
}

CATEGORIE = {
    Categorie.ZORGVERZEKERAAR: "Zorgverzekeraar",
    Categorie.ENERGIE: "Energie",
    Categorie.WATER: "Water",
    Categorie.VERHUURDER: "Verhuurder",
    Categorie.TELECOM: "Telecom",
    Categorie.OVERHEID: "Overheid",
    Categorie.BANK: "Bank",
    Categorie.KREDIET: "Krediet",
    Categorie.VERZEKERAAR: "Verzekeraar",
    Categorie.WEBWINKEL: "Webwinkel",
    Categorie.ZORGVERLENER: "Zorgverlener",
    Categorie.ONDERWIJS: "Onderwijs",
    Categorie.VERVOER: "Vervoer",
    Categorie.INCASSO: "Incasso",
    Categorie.PARTICULIER: "Privépersoon",
    Categorie.OVERIG: "Overig",
}

ROL = {
    Role.HULPVERLENER: "Hulpverlener",
    Role.TEAMLEIDER: "Teamleider",
    Role.BEHEERDER: "Beheerder",
    Role.LANDELIJK_BEHEERDER: "Landelijk beheerder",
    Role.AUDITOR: "Auditor",
}

INSTELLING = {
    "naam": "de naam",
    "rollen": "de rollen",
    "huisstijl": "de huisstijl",
    "logo": "het logo",
    "telefoon": "het telefoonnummer",
    "email": "het e-mailadres",
    "postadres": "het postadres",
    "briefhoofd": "het briefhoofd",
    "ondertekening": "de ondertekening",
    "teammail": "het adres voor de dagelijkse e-mail",
    "beschikking_weken": "de termijn voor de beschikking",
}
"""A column that a beheerder changed, in the middle of a sentence."""

_WORDS: tuple[tuple[type[StrEnum], Mapping[Any, Any]], ...] = (
    (Status, STATUS), (Volgorde, VOLGORDE), (Verzendstatus, VERZENDING),
    (Pogingresultaat, POGING), (Antwoord, ANTWOORD), (Stilte, STILTE),
    (GeenMedewerking, GEEN_MEDEWERKING), (Antwoordweg, ANTWOORDWEG), (Geldigheid, GELDIGHEID),
    (Meldingsoort, MELDINGSOORT), (Postsoort, POSTSOORT), (Postmoment, POSTMOMENT),
    (Soort, SOORT), (Kanaal, KANAAL), (Grondslag, GRONDSLAG), (BerichtSoort, BERICHT), (Eindreden, EINDREDEN),
    (Akkoordsoort, AKKOORDSOORT), (Akkoordstatus, AKKOORDSTATUS),
    (Belet, BELET), (PartijRol, PARTIJROL), (Categorie, CATEGORIE), (Role, ROL),
)  # fmt: skip
_missing = [f"{kind.__name__}.{member.name}" for kind, words in _WORDS for member in kind if member not in words]
if _missing:
    raise RuntimeError(f"without a word for staff: {', '.join(_missing)}")


def antwoord_in_woorden(antwoord: Antwoord, *, reden: GeenMedewerking | None, tot_en_met: date | None) -> str:
    """'pauze toegepast tot en met 1 juni 2027', 'werkt niet mee, klant onbekend'."""
    if antwoord is Antwoord.BEVESTIGD:
        return f"pauze toegepast tot en met {day(tot_en_met)}"
    words = ANTWOORD[antwoord].lower()
    return f"{words}: {GEEN_MEDEWERKING[reden]}" if reden else words


def said_in_words(given: Beantwoording) -> str:
    """The answer as staff read it: 'Overgedragen aan een ander: Incasso Noord'."""
    words = antwoord_in_woorden(given.antwoord, reden=given.reden, tot_en_met=given.tot_en_met)
    naar = given.naar.naam if given.naar else given.gegeven.naar_naam
    return f"{words[0].upper()}{words[1:]}" + (f": {naar}" if naar else "")


def plural(count: int, one: str, more: str) -> str:
    """'1 schuldeiser', '3 schuldeisers'."""
    return f"{count} {one if count == 1 else more}"


def en(parts: list[str]) -> str:
    """'Ziggo, Eneco en Vitens'."""
    return " en ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


WEBHOOKFOUT = {
    Webhookfout.ADRES: "het adres leidt nergens heen, of naar een besloten netwerk",
    Webhookfout.VERBINDING: "geen verbinding, of geen antwoord",
    Webhookfout.CERTIFICAAT: "het certificaat klopt niet",
    Webhookfout.STATUS: "het systeem van de schuldeiser nam het niet aan",
}
"""Why the call to a webhook did not arrive."""


def adres_staat(schuldeiser: Schuldeiser) -> str:
    """How a party can be reached, in a few words."""
    if schuldeiser.channel is Kanaal.API:
        return "haalt zelf op via de koppeling"
    if schuldeiser.channel is Kanaal.EMAIL:
        return "e-mail gecontroleerd"
    if schuldeiser.kanaal is Kanaal.EMAIL and schuldeiser.email and not schuldeiser.email_verified_on:
        start = "e-mail niet gecontroleerd, dus per post"
    else:
        start = "per post"
    return start if schuldeiser.postadres else f"{start}, maar er is geen postadres"
