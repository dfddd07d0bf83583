"""The history of a case in sentences: one for every kind of event, or the import fails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from portal.domain import events
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking
from portal.domain.bericht import BerichtSoort
from portal.domain.inkomend import Mailsoort
from portal.domain.kennisgeving import Kanaal, Soort
from portal.domain.roles import ActorKind
from portal.domain.stappen import find
from portal.domain.status import Antwoord, Eindreden
from portal.models import AuditEntry
from portal.web.hulpverlener.mailwoorden import MAILSOORT
from portal.web.hulpverlener.namen import Feiten, Namen
from portal.web.hulpverlener.woorden import (
    ANTWOORDWEG,
    BERICHT,
    EINDREDEN,
    KANAAL,
    SOORT,
    antwoord_in_woorden,
    en,
    plural,
)
from portal.web.templating import day


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of the history."""

    at: datetime
    zin: str


Zin: TypeAlias = Callable[[str, Feiten, Namen], str]

HULPVRAGER = "De hulpvrager"

_MIDDEL = {
    "begin": "de knop op de startpagina",
    "link": "een link",
    "toegangscode": "kenmerk en code",
    "digid": "DigiD",
    "referentie": "het eigen kenmerk",
    "geboortedatum": "de geboortedatum",
}
"""What somebody got in with, or was confirmed by."""


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


def _middel(name: str) -> str:
    return _MIDDEL.get(name, name)


def _question(wie: str, f: Feiten, _: Namen) -> str:
    stap = find(f["stap"])
    return f"{wie} beantwoordde de vraag ‘{stap.titel if stap else f['stap']}’"


def _submitted(wie: str, f: Feiten, _: Namen) -> str:
    haast = " Er is een dreigende situatie." if f["dreigend"] else ""
    schulden = plural(f["schulden"], "schuld", "schulden")
    voor = _day(f["eerste_gesprek_voor"])
    return f"{wie} diende het verzoek in, met {schulden}. Eerste gesprek: uiterlijk {voor}.{haast}"


def _supplemented(wie: str, f: Feiten, _: Namen) -> str:
    if wie != HULPVRAGER:  # heard on the telephone
        return f"{wie} noteerde het antwoord van de hulpvrager"
    return f"{wie} beantwoordde de vraag van de hulpverlener"


def _assigned(wie: str, f: Feiten, namen: Namen) -> str:
    was = f" van {namen.medewerker(f['was'])}" if f["was"] and f["was"] != f["behandelaar_id"] else ""
    return f"{wie} nam de zaak over{was}" if was else f"{wie} nam de zaak in behandeling"


def _matched(wie: str, f: Feiten, namen: Namen) -> str:
    parties = en([namen.schuldeiser(id) for id in f["schuldeisers"]])
    return f"{wie} koppelde schuld {f['volgnummer']} aan {parties}"


def _approved(wie: str, f: Feiten, _: Namen) -> str:
    told = plural(f["ontvangers"], "ontvanger", "ontvangers")
    return f"{wie} keurde de pauze goed: van {_day(f['start_on'])} tot en met {_day(f['eind_on'])}, met {told}"


def _issued(_: str, f: Feiten, namen: Namen) -> str:
    kanaal = KANAAL[Kanaal(f["kanaal"])].lower()
    return f"{SOORT[Soort(f['soort'])]} aan {namen.ontvanger(f)} vastgesteld, {kanaal}, tot en met {_day(f['eind_on'])}"


def _refused(_: str, f: Feiten, namen: Namen) -> str:
    if not f["pogingen"]:
        return f"{namen.ontvanger(f)} haalde het bericht niet op via de koppeling"
    pogingen = plural(f["pogingen"], "poging", "pogingen")
    return f"De e-mail aan {namen.ontvanger(f)} is niet bezorgd{_code(f)}, na {pogingen}"


def _answered(wie: str, f: Feiten, namen: Namen) -> str:
    said = antwoord_in_woorden(
        Antwoord(f["antwoord"]),
        reden=GeenMedewerking(f["reden"]) if f["reden"] else None,
        tot_en_met=date.fromisoformat(f["tot_en_met"]) if f["tot_en_met"] else None,
    )
    naar = f" ({namen.schuldeiser(f['naar_id'])})" if f["naar_id"] else ""
    weer = "antwoordde opnieuw" if f["volgnummer"] > 1 else "antwoordde"
    via = Antwoordweg(f["via"])
    genoteerd = f". {wie} noteerde dat" if via in {Antwoordweg.MAIL, Antwoordweg.HULPVERLENER} else ""
    return f"{namen.ontvanger(f)} {weer} {ANTWOORDWEG[via]}: {said}{naar}{genoteerd}"


def _received(_: str, f: Feiten, namen: Namen) -> str:
    about = f" over het bericht aan {namen.ontvanger(f)}" if f["kennisgeving_id"] else ""
    about = about or (" over een bericht aan de hulpvrager" if f["bericht_id"] else "")
    return f"E-mail ontvangen{about}: {MAILSOORT[Mailsoort(f['soort'])][0].lower()}"


def _code(f: Feiten) -> str:
    return f" (antwoordcode {f['code']})" if f["code"] else ""


def _bericht(f: Feiten) -> str:
    return BERICHT[BerichtSoort(f["soort"])].lower()


ZINNEN: dict[type[events.Event], Zin] = {
    events.PauzeverzoekStarted: lambda wie, f, n: f"{wie} begon aan het verzoek",
    events.AntwoordSaved: _question,
    events.IdentiteitConfirmed: lambda wie, f, n: f"{wie} bevestigde naam en geboortedatum met {_middel(f['bron'])}",
    events.SchuldAdded: lambda wie, f, n: f"{wie} voegde schuld {f['volgnummer']} toe",
    events.SchuldChanged: lambda wie, f, n: f"{wie} wijzigde schuld {f['volgnummer']}",
    events.SchuldRemoved: lambda wie, f, n: f"{wie} haalde schuld {f['volgnummer']} weg",
    events.ToestemmingGiven: lambda wie, f, n: f"{wie} gaf toestemming (tekst versie {f['versie']})",
    events.ToestemmingRevoked: lambda wie, f, n: f"{wie} trok de toestemming in (tekst versie {f['versie']})",
    events.PauzeverzoekSubmitted: _submitted,
    events.PauzeverzoekSupplemented: _supplemented,
    events.PauzeverzoekWithdrawn: lambda wie, f, n: f"{wie} trok het verzoek in",
    events.ToegangscodeMade: lambda wie, f, n: f"{wie} kreeg een nieuwe toegangscode",
    events.ToegangslinkRequested: lambda wie, f, n: "Er is een link gevraagd om terug te komen",
    events.ToegangOpened: lambda wie, f, n: f"{wie} opende het verzoek met {_middel(f['middel'])}",
    events.DossierExpired: lambda wie, f, n: f"{wie} wiste de zaak, gesloten op {_day(f['gesloten_on'])}",
    events.ConceptExpired: lambda wie, f, n: f"{wie} wiste het concept, begonnen op {_day(f['begonnen_on'])}",
    events.PauzeverzoekAssigned: _assigned,
    events.SchuldMatched: _matched,
    events.SupplementRequested: lambda wie, f, n: f"{wie} stelde een vraag aan de hulpvrager",
    events.PauzeverzoekApproved: _approved,
    events.PauzeverzoekDeclined: lambda wie, f, n: f"{wie} keurde de pauze niet goed",
    events.PauzeEnded: lambda wie, f, n: (
        f"{wie} beëindigde de pauze op {_day(f['eind_on'])}. Reden: {EINDREDEN[Eindreden(f['reden'])].lower()}"
    ),
    events.PauzeExpired: lambda wie, f, n: f"De pauze is afgelopen op {_day(f['eind_on'])}",
    events.BewijsTaken: lambda wie, f, n: f"{wie} haalde het bewijsdossier op",
    events.KennisgevingIssued: _issued,
    events.KennisgevingTypeset: lambda wie, f, n: f"De brief aan {n.ontvanger(f)} is opgemaakt",
    events.KennisgevingHandedOver: lambda wie, f, n: f"De mailserver nam de e-mail aan {n.ontvanger(f)} aan{_code(f)}",
    events.KennisgevingAcknowledged: lambda wie, f, n: f"{n.ontvanger(f)} bevestigde de ontvangst via de koppeling",
    events.KennisgevingPosted: lambda wie, f, n: f"{wie} deed de brief aan {n.ontvanger(f)} op de post",
    events.KennisgevingRefused: _refused,
    events.KennisgevingRetried: lambda wie, f, n: f"{wie} zette het bericht aan {n.ontvanger(f)} opnieuw klaar",
    events.KennisgevingLapsed: lambda wie, f, n: f"Het bericht aan {n.ontvanger(f)} is vervallen en gaat niet meer weg",
    events.AntwoordlinkConfirmed: lambda wie, f, n: (
        f"{n.ontvanger(f)} opende de antwoordlink en bevestigde met {_middel(f['middel'])}"
    ),
    events.AntwoordlinkRevoked: lambda wie, f, n: f"{wie} trok de antwoordlink van {n.ontvanger(f)} in",
    events.KennisgevingAnswered: _answered,
    events.AntwoordHandled: lambda wie, f, n: (
        f"{wie} gaf de Kennisgeving aan {n.ontvanger(f)} door aan {n.schuldeiser(f['doorgegeven_aan'])}"
        if f["doorgegeven_aan"]
        else f"{wie} handelde het antwoord van {n.ontvanger(f)} af"
    ),
    events.BerichtIssued: lambda wie, f, n: f"Bericht aan de hulpvrager vastgesteld: {_bericht(f)}",
    events.BerichtHandedOver: lambda wie, f, n: f"De mailserver nam een bericht aan de hulpvrager aan{_code(f)}",
    events.BerichtRefused: lambda wie, f, n: (
        f"Een bericht aan de hulpvrager is niet bezorgd{_code(f)}. Bel de hulpvrager"
    ),
    events.InkomendReceived: _received,
    events.InkomendHandled: lambda wie, f, n: f"{wie} las een ontvangen e-mail en handelde die af",
    events.InkomendTied: lambda wie, f, n: "De landelijk beheerder legde een ontvangen e-mail bij deze zaak",
    events.HulpvragerTold: lambda wie, f, n: f"{wie} vertelde de hulpvrager wat niet per e-mail aankwam",
    events.SchuldeiserProposed: lambda wie, f, n: f"{wie} voegde {n.schuldeiser(f['schuldeiser_id'])} toe aan de lijst",
    events.SchuldeiserAddressVerified: lambda wie, f, n: (
        f"{wie} controleerde het e-mailadres van {n.schuldeiser(f['schuldeiser_id'])}"
    ),
    events.SchuldeiserPostadresChanged: lambda wie, f, n: (
        f"{wie} vulde het postadres van {n.schuldeiser(f['schuldeiser_id'])} in"
    ),
    events.DirectoryImported: lambda wie, f, n: (
        f"{wie} las een lijst met schuldeisers in: {f['added']} nieuw, {f['changed']} gewijzigd, "
        f"{f['unchanged']} hetzelfde"
    ),
    events.DdasExported: lambda wie, f, n: (
        f"{wie} maakte het DDAS-bestand van {_day(f['vanaf'])} tot en met {_day(f['tot_en_met'])}"
    ),
    events.OrganisatieAdded: lambda wie, f, n: f"{wie} voegde de organisatie toe",
    events.DeelnameStarted: lambda wie, f, n: f"{wie} liet gemeente {f['gemeente']} meedoen",
    events.MedewerkerAdded: lambda wie, f, n: f"{wie} voegde {n.medewerker(f['medewerker_id'])} toe",
    events.MedewerkerSignedIn: lambda wie, f, n: f"{n.medewerker(f['medewerker_id'])} logde in",
    events.MedewerkerEnrolled: lambda wie, f, n: f"{n.medewerker(f['medewerker_id'])} koppelde een code-app",
    events.WachtwoordChanged: lambda wie, f, n: f"{wie} koos een nieuw wachtwoord",
    events.MedewerkerRestored: lambda wie, f, n: (
        f"{wie} gaf {n.medewerker(f['medewerker_id'])} een nieuw wachtwoord en maakte de code-app los"
    ),
    events.MedewerkerDeactivated: lambda wie, f, n: f"{wie} zette {n.medewerker(f['medewerker_id'])} uit",
    events.InkomendExpired: lambda wie, f, n: (
        f"{wie} wiste {plural(f['aantal'], 'ontvangen e-mail', 'ontvangen e-mails')} zonder zaak"
    ),
    events.SessiesRevoked: lambda wie, f, n: (
        f"{wie} logde {n.medewerker(f['medewerker_id'])} overal uit ({plural(f['aantal'], 'sessie', 'sessies')})"
    ),
    events.ApiClientAdded: lambda wie, f, n: f"{wie} gaf {n.schuldeiser(f['schuldeiser_id'])} toegang tot de koppeling",
    events.ZandbakgevalMade: lambda wie, f, n: f"{wie} maakte een voorbeeld in de zandbak ({f['soort']})",
    events.ContactgegevensRequested: lambda wie, f, n: "De schuldeiser vroeg via de koppeling om andere adressen",
    events.ContactgegevensAdopted: lambda wie, f, n: (
        f"{wie} nam de adressen over waar {n.schuldeiser(f['schuldeiser_id'])} om vroeg"
    ),
    events.ContactgegevensDeclined: lambda wie, f, n: (
        f"{wie} nam de adressen niet over waar {n.schuldeiser(f['schuldeiser_id'])} om vroeg"
    ),
    events.ApiClientRevoked: lambda wie, f, n: f"{wie} sloot een koppeling van {n.schuldeiser(f['schuldeiser_id'])} af",
}
"""Who, facts and names in; a sentence without its full stop out."""

_missing = [kind.__name__ for kind in events.all_events() if kind not in ZINNEN]
if _missing:
    raise RuntimeError(f"events without a sentence: {', '.join(_missing)}")

_BY_NAME = {kind.__name__: zin for kind, zin in ZINNEN.items()}


def regels(entries: Sequence[AuditEntry], namen: Namen) -> list[Regel]:
    """The history, in the order of the entries."""
    return [Regel(entry.at, _sentence(entry, namen)) for entry in entries]


def _sentence(entry: AuditEntry, namen: Namen) -> str:
    zin = _BY_NAME[entry.gebeurtenis](_actor(entry, namen), entry.feiten, namen)
    return zin if zin.endswith(".") else f"{zin}."


def _actor(entry: AuditEntry, namen: Namen) -> str:
    match entry.actor_kind:
        case ActorKind.HULPVRAGER:
            return HULPVRAGER
        case ActorKind.MEDEWERKER:
            return namen.medewerkers.get(entry.actor_id, "Een medewerker") if entry.actor_id else "Een medewerker"
        case _:
            return "Het portaal"


def is_noted_answer(entry: AuditEntry) -> bool:
    """Whether a member of staff wrote down what the hulpvrager answered on the telephone."""
    return entry.gebeurtenis == events.PauzeverzoekSupplemented.__name__ and entry.actor_kind is ActorKind.MEDEWERKER
