"""What the watch did with a case, in sentences."""

from portal.domain import events
from portal.domain.bewaking import Klok, Stilte
from portal.texts.banen import KLOK
from portal.web.hulpverlener.namen import Feiten, Namen
from portal.web.hulpverlener.woorden import plural
from portal.web.hulpverlener.zinnen.taal import PORTAAL, Zinnen, code, day_of


def _warned(_: str, f: Feiten, __: Namen) -> str:
    when = "de helft van de termijn is voorbij" if f["nummer"] == 1 else "de termijn is bijna voorbij"
    return f"Herinnering voor het team: {when}. {KLOK[Klok(f['klok'])]} uiterlijk {day_of(f['voor'])}"


def _announced(_: str, f: Feiten, __: Namen) -> str:
    bij = plural(f["ontvangers"], "schuldeiser", "schuldeisers")
    return f"Herinnering: de pauze bij {bij} stopt na {day_of(f['eind_on'])}"


def _silent(wie: str, f: Feiten, namen: Namen) -> str:
    """The portal goes on by itself; only a hulpverlener telephones."""
    naam = namen.ontvanger(f)
    if wie != PORTAAL:
        return f"{wie} belde {naam}: nog geen antwoord"
    done = {
        Stilte.HERINNERD: "krijgt een herinnering",
        Stilte.BELLEN: "antwoordt ook niet op de herinnering. Bel de schuldeiser",
        Stilte.GEMELD: "antwoordt nog steeds niet en staat op de lijst voor de NVVK",
    }
    return f"{naam} {done[Stilte(f['stand'])]}"


ZINNEN: Zinnen = {
    events.StilteNoticed: _silent,
    events.StilteBroken: lambda wie, f, n: f"Het wachten op {n.ontvanger(f)} is voorbij",
    events.TeammailIssued: lambda wie, f, n: (
        f"De dagelijkse e-mail aan het team staat klaar ({day_of(f['dag'])})"
        if f["zaken"]
        else f"Voor de dagelijkse e-mail aan het team was er niets te melden ({day_of(f['dag'])})"
    ),
    events.TeammailHandedOver: lambda wie, f, n: f"De mailserver nam de dagelijkse e-mail aan het team aan{code(f)}",
    events.TeammailRefused: lambda wie, f, n: f"De dagelijkse e-mail aan het team is niet bezorgd{code(f)}",
    events.TermijnWarned: _warned,
    events.EindeAnnounced: _announced,
    events.EindeSeen: lambda wie, f, n: f"{wie} zag dat de pauze bijna stopt",
}
