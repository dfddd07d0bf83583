"""What a hulpverlener did with a case, in sentences."""

from portal.domain import events
from portal.domain.akkoord import Akkoordsoort
from portal.domain.antwoorden import Bron
from portal.domain.belet import Belet
from portal.domain.status import Eindreden
from portal.models import Register
from portal.web.hulpverlener.namen import Feiten, Namen
from portal.web.hulpverlener.woorden import AKKOORDSOORT, BELET, EINDREDEN, en, plural
from portal.web.hulpverlener.woorden_zaak import BRON, REGISTER
from portal.web.hulpverlener.zinnen.taal import Zinnen, day_of


def _assigned(wie: str, f: Feiten, namen: Namen) -> str:
    """Taken, taken over, or given by somebody else than who has it now."""
    naar = namen.medewerker(f["behandelaar_id"])
    was = namen.medewerker(f["was"]) if f["was"] and f["was"] != f["behandelaar_id"] else ""
    if wie == naar:
        return f"{wie} nam de zaak over van {was}" if was else f"{wie} nam de zaak in behandeling"
    van = "" if was in ("", wie) else f" van {was}"
    return f"{wie} gaf de zaak{van} aan {naar}"


def _matched(wie: str, f: Feiten, namen: Namen) -> str:
    parties = en([namen.schuldeiser(id) for id in f["schuldeisers"]])
    if not parties:
        return f"{wie} maakte schuld {f['volgnummer']} los"
    return f"{wie} koppelde schuld {f['volgnummer']} aan {parties}"


def _asked(wie: str, f: Feiten, _: Namen) -> str:
    voor = f.get("antwoord_voor")  # questions of before there was a term do not have it
    return f"{wie} stelde een vraag aan de hulpvrager" + (f". Antwoord: uiterlijk {day_of(voor)}" if voor else "")


def _approved(wie: str, f: Feiten, _: Namen) -> str:
    told = plural(f["ontvangers"], "ontvanger", "ontvangers")
    return f"{wie} keurde de pauze goed: van {day_of(f['start_on'])} tot en met {day_of(f['eind_on'])}, met {told}"


def _soort(f: Feiten) -> str:
    words = AKKOORDSOORT[Akkoordsoort(f["soort"])]
    return words[0].lower() + words[1:]


_VELD = {"naam": "de naam", "geboortedatum": "de geboortedatum", "adres": "het adres"}


def _corrected(wie: str, f: Feiten, _: Namen) -> str:
    what = en([_VELD[name] for name in f["velden"]]) or "de laatste dag van de pauze"
    told = f", met bericht aan {plural(f['ontvangers'], 'ontvanger', 'ontvangers')}" if f["ontvangers"] else ""
    return f"{wie} corrigeerde {what}{told}"


ZINNEN: Zinnen = {
    events.PauzeverzoekAssigned: _assigned,
    events.PauzeverzoekReleased: lambda wie, f, n: f"{wie} zette de zaak terug bij Nieuw",
    events.TerugbellenMissed: lambda wie, f, n: f"{wie} belde de hulpvrager en kreeg geen gehoor",
    events.TerugbellenDone: lambda wie, f, n: f"{wie} sprak de hulpvrager",
    events.AanmeldingClosed: lambda wie, f, n: f"{wie} sloot de aanmelding: {EINDREDEN[Eindreden(f['reden'])].lower()}",
    events.AanmeldingTakenDown: lambda wie, f, n: f"{wie} vulde de aanmelding in, {BRON[Bron(f['bron'])].lower()}",
    events.PauzeverzoekForwarded: lambda wie, f, n: (
        f"{wie} stuurde het verzoek door van gemeente {n.gemeente(f['was'])} naar gemeente {n.gemeente(f['gemeente'])}"
    ),
    events.EersteGesprekRegistered: lambda wie, f, n: (
        f"{wie} noteerde het eerste gesprek op {day_of(f['eerste_gesprek_on'])}. "
        f"Beschikking: uiterlijk {day_of(f['beschikking_voor'])}"
    ),
    events.BeschikkingRegistered: lambda wie, f, n: (
        f"{wie} noteerde de beschikking van {day_of(f['beschikking_on'])}: "
        f"{'toegelaten' if f['toegelaten'] else 'niet toegelaten'} tot de schuldhulp"
    ),
    events.NotitieWritten: lambda wie, f, n: f"{wie} schreef een notitie",
    events.RegisterChecked: lambda wie, f, n: f"{wie} noteerde een controle: {REGISTER[Register(f['register'])]}",
    events.SchuldMatched: _matched,
    events.SupplementRequested: _asked,
    events.MeldingHandled: lambda wie, f, n: f"{wie} handelde een bericht van de hulpvrager af",
    events.AkkoordAsked: lambda wie, f, n: f"{wie} vroeg akkoord van een collega: {_soort(f)}",
    events.AkkoordGiven: lambda wie, f, n: (
        f"{wie} deed dit zonder tweede persoon: {_soort(f)}" if f["alleen"] else f"{wie} gaf akkoord: {_soort(f)}"
    ),
    events.AkkoordRefused: lambda wie, f, n: f"{wie} gaf geen akkoord: {_soort(f)}",
    events.AkkoordExpired: lambda wie, f, n: f"Niemand gaf op tijd akkoord: {_soort(f)}",
    events.GeheimAdresLifted: lambda wie, f, n: f"{wie} hief het geheime adres op",
    events.PauzeverzoekApproved: _approved,
    events.OntvangerLeftOut: lambda wie, f, n: (
        f"{n.schuldeiser(f['schuldeiser_id'])} kreeg geen bericht. {BELET[Belet(f['belet'])]}"
    ),
    events.PauzeverzoekDeclined: lambda wie, f, n: f"{wie} keurde de pauze niet goed",
    events.PauzeExtended: lambda wie, f, n: (
        f"{wie} vroeg {plural(f['ontvangers'], 'ontvanger', 'ontvangers')} om een langere pauze, "
        f"tot en met {day_of(f['tot_en_met'])}"
    ),
    events.PauzeverzoekCorrected: _corrected,
    events.OntvangersAdded: lambda wie, f, n: (
        f"{wie} stuurde {plural(f['ontvangers'], 'bericht', 'berichten')} over wat er na het besluit bij kwam"
    ),
    events.PauzeEnded: lambda wie, f, n: (
        f"{wie} beëindigde de pauze op {day_of(f['eind_on'])}. Reden: {EINDREDEN[Eindreden(f['reden'])].lower()}"
    ),
    events.PauzeExpired: lambda wie, f, n: f"De pauze is afgelopen op {day_of(f['eind_on'])}",
}
