"""What a hulpvrager did, in sentences."""

from portal.domain import events
from portal.domain.melding import Meldingsoort
from portal.domain.stappen import find
from portal.web.hulpverlener.namen import Feiten, Namen
from portal.web.hulpverlener.woorden import MELDINGSOORT, plural
from portal.web.hulpverlener.zinnen.taal import HULPVRAGER, Zinnen, day_of, middel


def _question(wie: str, f: Feiten, _: Namen) -> str:
    stap = find(f["stap"])
    return f"{wie} beantwoordde de vraag ‘{stap.titel if stap else f['stap']}’"


def _submitted(wie: str, f: Feiten, _: Namen) -> str:
    haast = " Er is een dreigende situatie." if f["dreigend"] else ""
    schulden = plural(f["schulden"], "schuld", "schulden")
    voor = day_of(f["eerste_gesprek_voor"])
    return f"{wie} diende het verzoek in, met {schulden}. Eerste gesprek: uiterlijk {voor}.{haast}"


def _supplemented(wie: str, f: Feiten, _: Namen) -> str:
    if wie != HULPVRAGER:  # heard on the telephone
        return f"{wie} noteerde het antwoord van de hulpvrager"
    return f"{wie} beantwoordde de vraag van de hulpverlener"


def _photographed(wie: str, f: Feiten, _: Namen) -> str:
    bij = " bij het antwoord" if f.get("aanvulling_id") else " bij het bericht" if f.get("melding_id") else ""
    return f"{wie} stuurde een foto van een brief{bij}"


def _consented(wie: str, f: Feiten, _: Namen) -> str:
    said = "gaf toestemming" if wie == HULPVRAGER else "hoorde dat de hulpvrager toestemming geeft"
    return f"{wie} {said} (tekst versie {f['versie']})"


def _language(wie: str, f: Feiten, _: Namen) -> str:
    return f"{wie} {'koos' if wie == HULPVRAGER else 'noteerde'} een andere taal"


ZINNEN: Zinnen = {
    events.PauzeverzoekStarted: lambda wie, f, n: f"{wie} begon aan het verzoek",
    events.TaalChosen: _language,
    events.AntwoordSaved: _question,
    events.IdentiteitConfirmed: lambda wie, f, n: f"{wie} bevestigde naam en geboortedatum met {middel(f['bron'])}",
    events.SchuldAdded: lambda wie, f, n: f"{wie} voegde schuld {f['volgnummer']} toe",
    events.SchuldChanged: lambda wie, f, n: f"{wie} wijzigde schuld {f['volgnummer']}",
    events.SchuldRemoved: lambda wie, f, n: f"{wie} haalde schuld {f['volgnummer']} weg",
    events.FotoAdded: _photographed,
    events.FotoMoved: lambda wie, f, n: f"{wie} zette de foto van een brief bij schuld {f['volgnummer']}",
    events.FotoRemoved: lambda wie, f, n: f"{wie} haalde een foto weg bij schuld {f['volgnummer']}",
    events.FotoRead: lambda wie, f, n: f"{wie} las een foto van een brief",
    events.ToestemmingGiven: _consented,
    events.ToestemmingRevoked: lambda wie, f, n: f"{wie} trok de toestemming in (tekst versie {f['versie']})",
    events.PauzeverzoekSubmitted: _submitted,
    events.AanmeldingRegistered: lambda wie, f, n: (
        f"{wie} meldde zich aan met een naam en een telefoonnummer. "
        f"Eerste gesprek: uiterlijk {day_of(f['eerste_gesprek_voor'])}"
    ),
    events.TerugbellenRequested: lambda wie, f, n: (
        f"{wie} vroeg om een telefoontje, uiterlijk {day_of(f['bellen_voor'])}"
    ),
    events.AanmeldbewijsTypeset: lambda wie, f, n: "Het bewijs van aanmelding is opgemaakt",
    events.PauzeverzoekSupplemented: _supplemented,
    events.PauzeverzoekWithdrawn: lambda wie, f, n: f"{wie} trok het verzoek in",
    events.MeldingMade: lambda wie, f, n: f"{wie} meldde {MELDINGSOORT[Meldingsoort(f['soort'])]}",
    events.ToegangscodeMade: lambda wie, f, n: f"{wie} kreeg een nieuwe toegangscode",
    events.ToegangslinkRequested: lambda wie, f, n: "Er is een link gevraagd om terug te komen",
    events.ToegangOpened: lambda wie, f, n: f"{wie} opende het verzoek met {middel(f['middel'])}",
    events.DossierExpired: lambda wie, f, n: f"{wie} wiste de zaak, gesloten op {day_of(f['gesloten_on'])}",
    events.ConceptDeleted: lambda wie, f, n: f"{wie} wiste het concept, begonnen op {day_of(f['begonnen_on'])}",
    events.ConceptExpired: lambda wie, f, n: f"{wie} wiste het concept, begonnen op {day_of(f['begonnen_on'])}",
}
