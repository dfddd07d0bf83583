"""What happened to messages, in sentences."""

from datetime import date

from portal.domain import events
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking
from portal.domain.bericht import BerichtSoort
from portal.domain.inkomend import Mailsoort
from portal.domain.kennisgeving import Kanaal, Soort
from portal.domain.status import Antwoord, Pogingresultaat
from portal.web.hulpverlener.mailwoorden import MAILSOORT
from portal.web.hulpverlener.namen import Feiten, Namen
from portal.web.hulpverlener.woorden import ANTWOORDWEG, BERICHT, KANAAL, SOORT, antwoord_in_woorden, plural
from portal.web.hulpverlener.zinnen.taal import Zinnen, code, day_of, middel


def _issued(_: str, f: Feiten, namen: Namen) -> str:
    kanaal = KANAAL[Kanaal(f["kanaal"])].lower()
    return (
        f"{SOORT[Soort(f['soort'])]} aan {namen.ontvanger(f)} vastgesteld, {kanaal}, tot en met {day_of(f['eind_on'])}"
    )


def _handed_over(_: str, f: Feiten, namen: Namen) -> str:
    what = "het dagoverzicht met het bericht" if f.get("dagoverzicht_id") else "de e-mail"
    return f"De mailserver nam {what} aan {namen.ontvanger(f)} aan{code(f)}"


def _refused(_: str, f: Feiten, namen: Namen) -> str:
    if not f["pogingen"]:
        return f"{namen.ontvanger(f)} haalde het bericht niet op via de koppeling"
    pogingen = plural(f["pogingen"], "poging", "pogingen")
    return f"De e-mail aan {namen.ontvanger(f)} is niet bezorgd{code(f)}, na {pogingen}"


def _tried(_: str, f: Feiten, namen: Namen) -> str:
    what = f"de e-mail aan {namen.ontvanger(f)}" if f["kennisgeving_id"] else "een bericht"
    if f["resultaat"] == Pogingresultaat.TIJDELIJK:
        return f"De mailserver nam {what} nog niet aan{code(f)}. Het portaal probeert het later weer"
    return f"Nog een poging voor {what}{code(f)}. Dat verandert niets aan de stand"


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


def _handled(wie: str, f: Feiten, namen: Namen) -> str:
    about = f" over het bericht aan {namen.ontvanger(f)}" if f.get("kennisgeving_id") else ""
    return f"{wie} las een ontvangen e-mail{about} en handelde die af"


def _received(_: str, f: Feiten, namen: Namen) -> str:
    about = f" over het bericht aan {namen.ontvanger(f)}" if f["kennisgeving_id"] else ""
    about = about or (" over een bericht aan de hulpvrager" if f["bericht_id"] else "")
    return f"E-mail ontvangen{about}: {MAILSOORT[Mailsoort(f['soort'])][0].lower()}"


def _bericht(_: str, f: Feiten, namen: Namen) -> str:
    return f"Bericht aan {_aan(f, namen)} vastgesteld: {BERICHT[BerichtSoort(f['soort'])].lower()}"


def _not_delivered(_: str, f: Feiten, namen: Namen) -> str:
    call = "" if f.get("bevestigt_id") else ". Bel de hulpvrager"
    return f"Een bericht aan {_aan(f, namen)} is niet bezorgd{code(f)}{call}"


def _aan(f: Feiten, namen: Namen) -> str:
    """A receipt went to whoever answered; every other message to the hulpvrager."""
    return namen.ontvanger({"kennisgeving_id": f["bevestigt_id"]}) if f.get("bevestigt_id") else "de hulpvrager"


def _digest(_: str, f: Feiten, namen: Namen) -> str:
    aantal = plural(len(f["kennisgevingen"]), "bericht", "berichten")
    return f"Dagoverzicht van {day_of(f['dag'])} vastgesteld, met {aantal}"


ZINNEN: Zinnen = {
    events.BewijsTaken: lambda wie, f, n: f"{wie} haalde het bewijsdossier op",
    events.KennisgevingIssued: _issued,
    events.KennisgevingTypeset: lambda wie, f, n: f"Het bericht aan {n.ontvanger(f)} is opgemaakt",
    events.KennisgevingHandedOver: _handed_over,
    events.KennisgevingAcknowledged: lambda wie, f, n: f"{n.ontvanger(f)} bevestigde de ontvangst via de koppeling",
    events.KennisgevingPosted: lambda wie, f, n: f"{wie} deed de brief aan {n.ontvanger(f)} op de post",
    events.KennisgevingRefused: _refused,
    events.KennisgevingRetried: lambda wie, f, n: f"{wie} zette het bericht aan {n.ontvanger(f)} opnieuw klaar",
    events.KennisgevingLapsed: lambda wie, f, n: f"Het bericht aan {n.ontvanger(f)} is vervallen en gaat niet meer weg",
    events.KennisgevingRecalled: lambda wie, f, n: (
        f"{wie} riep het bericht aan {n.ontvanger(f)} terug: het was voor een ander. "
        + ("De ontvanger krijgt een intrekking" if f["bereikt"] else "Het was nog niet weg")
    ),
    events.AntwoordlinkConfirmed: lambda wie, f, n: (
        f"{n.ontvanger(f)} opende de antwoordlink en bevestigde met {middel(f['middel'])}"
    ),
    events.AntwoordlinkRevoked: lambda wie, f, n: f"{wie} trok de antwoordlink van {n.ontvanger(f)} in",
    events.KennisgevingAnswered: _answered,
    events.AntwoordHandled: lambda wie, f, n: (
        f"{wie} gaf de Kennisgeving aan {n.ontvanger(f)} door aan {n.schuldeiser(f['doorgegeven_aan'])}"
        if f["doorgegeven_aan"]
        else f"{wie} handelde het antwoord van {n.ontvanger(f)} af"
    ),
    events.DagoverzichtIssued: _digest,
    events.DagoverzichtHandedOver: lambda wie, f, n: f"De mailserver nam een dagoverzicht aan{code(f)}",
    events.DagoverzichtRefused: lambda wie, f, n: f"Een dagoverzicht is niet bezorgd{code(f)}",
    events.DagoverzichtLapsed: lambda wie, f, n: "Een dagoverzicht is vervallen en gaat niet meer weg",
    events.BerichtIssued: _bericht,
    events.BerichtHandedOver: lambda wie, f, n: f"De mailserver nam een bericht aan {_aan(f, n)} aan{code(f)}",
    events.BerichtRefused: _not_delivered,
    events.PogingKept: _tried,
    events.InkomendReceived: _received,
    events.InkomendHandled: _handled,
    events.InkomendTied: lambda wie, f, n: "De landelijk beheerder legde een ontvangen e-mail bij deze zaak",
    events.HulpvragerTold: lambda wie, f, n: f"{wie} vertelde de hulpvrager wat niet per e-mail aankwam",
}
