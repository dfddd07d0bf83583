"""The words to a schuldeiser or gemachtigde. Facts in, the frozen message out."""

from collections.abc import Iterator
from datetime import date

from portal.domain.kennisgeving import (
    ONGENOEMD,
    Betrokkene,
    Dossierverwijzing,
    KennisgevingFeiten,
    Soort,
    Wegwijzers,
    Wijziging,
)
from portal.models.sealed import fold
from portal.texts.inhoud import Inhoud, Rij, read_delen
from portal.texts.sjablonen import dag, datum, fill_in, spreker
from portal.texts.tekst import Tekst
from portal.texts.veilig import cleaned, single_line

SJABLOON = "kennisgeving/v1"

ONDERWERPEN = {
    Soort.KENNISGEVING: "Kennisgeving",
    Soort.VERLENGING: "Verlenging pauze",
    Soort.CORRECTIE: "Correctie",
    Soort.BEEINDIGING: "Einde pauze",
    Soort.HERINNERING: "Herinnering",
    Soort.INTREKKING: "Intrekking",
}
"""How the subject of each kind begins. Each has a .txt with its words."""

WIJZIGINGEN = {
    Wijziging.NAAM: "De naam van de klant.",
    Wijziging.GEBOORTEDATUM: "De geboortedatum van de klant.",
    Wijziging.ADRES: "Het adres van de klant.",
    Wijziging.REFERENTIE: "Uw kenmerk.",
    Wijziging.PERIODE: "De eerste of de laatste dag van de pauze.",
    Wijziging.AFZENDER: "Onze contactgegevens.",
    Wijziging.PERSONEN: "Over wie het gaat.",
}

SLOT = "Is dit bericht niet voor u bestemd? Bel ons en verwijder het."

SLOT_ONGENOEMD = "Hebt u een vraag? Bel ons en noem ons kenmerk."
"""To who was not meant and is told nobody's name."""

MAX_ONDERWERP = 140
"""Signs. Assumption: longer subjects are cut off in a list of mail anyway."""

_PARAGRAPHS = frozenset({"postadres", "ontvanger_postadres", "briefhoofd", "ondertekening"})
_NOT_IN_SUBJECT = ("schuld",)


def render(feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> Tekst:
    """The message to one recipient, as mail."""
    facts = safe(feiten)
    onderwerp = _onderwerp(facts)
    values = {"inhoud": inhoud(feiten, wegwijzers), "onderwerp": onderwerp, "telefoon": facts.afzender.telefoon}
    return Tekst(
        onderwerp=onderwerp,
        tekst=fill_in(f"{SJABLOON}/_bericht.txt", **values),
        html=fill_in(f"{SJABLOON}/_bericht.html", **values),
        sjabloon=SJABLOON,
    )


def inhoud(feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> Inhoud:
    """What the message says: the mail and the letter are made of this."""
    facts = safe(feiten)
    words = fill_in(f"{SJABLOON}/{facts.soort}.txt", feiten=facts, wijzigingen=WIJZIGINGEN)
    titel, kern, delen = read_delen(words)
    return Inhoud(
        titel=titel,
        kern=kern,
        zaak=tuple(_zaak(facts, wegwijzers)),
        delen=delen,
        ondertekening=tuple(facts.afzender.ondertekening.splitlines()),
        contact=tuple(_contact(facts, wegwijzers)),
        slot=SLOT if facts.betrokkene != ONGENOEMD else SLOT_ONGENOEMD,
    )


def safe(feiten: KennisgevingFeiten) -> KennisgevingFeiten:
    """The facts with every text in them made fit for a message."""
    return cleaned(feiten, paragraphs=_PARAGRAPHS)


def address_lines(naam: str, postadres: str) -> list[str]:
    """What stands behind the window of an envelope. Some postal addresses begin with the name already."""
    lines = [line for line in postadres.splitlines() if line]
    return lines if lines and lines[0].casefold() == naam.casefold() else [naam, *lines]


def _zaak(feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> list[Rij]:
    """The case, in the order in which a clerk looks for it."""
    return [
        *_wie(feiten),
        *(Rij("Uw kenmerk", (_verwijzing(each),), is_nadruk=True) for each in feiten.verwijzingen),
        Rij("Ons kenmerk", (feiten.kenmerk,), is_nadruk=True),
        *_pauze(feiten),
        Rij("Bellen", (f"{feiten.afzender.telefoon}, {feiten.afzender.contactpersoon}",)),
        *([Rij("Antwoorden", (wegwijzers.antwoord_url,), is_url=True)] if wegwijzers.antwoord_url else []),
    ]


def _wie(feiten: KennisgevingFeiten) -> list[Rij]:
    """Whom it is about; an intrekking names nobody."""
    rows = [row for each in feiten.betrokkenen for row in _persoon(each, is_first=each is feiten.betrokkene)]
    return [*rows, _adres(feiten.betrokkene, feiten.afzender.postadres)] if rows else []


def _persoon(betrokkene: Betrokkene, *, is_first: bool) -> list[Rij]:
    return [
        Rij("Voor wie" if is_first else "En voor", (betrokkene.naam,), is_nadruk=True),
        Rij("Geboren op", (datum(betrokkene.geboren_on),)),
    ]


def _adres(betrokkene: Betrokkene, postadres: str) -> Rij:
    if betrokkene.postcode and betrokkene.huisnummer:
        return Rij("Adres", (f"{betrokkene.postcode}, huisnummer {betrokkene.huisnummer}",))
    return Rij("Correspondentieadres", (", ".join(postadres.splitlines()),))


def _verwijzing(verwijzing: Dossierverwijzing) -> str:
    own = verwijzing.referentie or "niet bekend"
    return f"{own} (namens {verwijzing.namens})" if verwijzing.namens else own


def _pauze(feiten: KennisgevingFeiten) -> list[Rij]:
    if feiten.eind_on < feiten.start_on or feiten.betrokkene == ONGENOEMD:
        return []
    return [Rij("Pauze", (f"van {dag(feiten.start_on)} tot en met {dag(feiten.eind_on)}",), is_nadruk=True)]


def _contact(feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> list[Rij]:
    """Who wrote to whom, how to check that, and where to read more."""
    afzender = feiten.afzender
    return [
        Rij("Aan", tuple(address_lines(feiten.ontvanger, feiten.ontvanger_postadres or ""))),
        Rij("Datum", (dag(feiten.dated_on),)),
        Rij("Afzender", (spreker(afzender.organisatie, afzender.gemeente),)),
        Rij("E-mail", (afzender.email,)),
        Rij("Post", (", ".join(afzender.postadres.splitlines()),)),
        Rij("Controleren", (wegwijzers.controle_url,), is_url=True),
        Rij("Controlecode", (wegwijzers.controlecode,)),
        Rij("Uitleg over de pauze", (wegwijzers.informatie_url,), is_url=True),
        Rij("Bericht-id", (str(feiten.bericht_id),)),
        # Of two messages with one kenmerk, about one person and about both, this says which one it follows.
        *([Rij("Eerder bericht-id", (str(feiten.eerder.bericht_id),))] if feiten.eerder else []),
    ]


def _onderwerp(feiten: KennisgevingFeiten) -> str:
    """Kenmerk and the recipient's own references: enough to file it, nothing about the person."""
    begin = f"{ONDERWERPEN[feiten.soort]} {feiten.kenmerk}"
    own = [each.referentie for each in feiten.verwijzingen if each.referentie]
    neutral = [referentie for referentie in dict.fromkeys(own) if _is_neutral(referentie, feiten)]
    return single_line(f"{begin} – uw kenmerk {', '.join(neutral)}" if neutral else begin, MAX_ONDERWERP)


def _is_neutral(referentie: str, feiten: KennisgevingFeiten) -> bool:
    """A reference that somebody made from a name, a date of birth or a postcode stays in the message itself."""
    bare = fold(referentie)
    return not any(word and word in bare for word in [*_NOT_IN_SUBJECT, *_telling(feiten)])


def _telling(feiten: KennisgevingFeiten) -> Iterator[str]:
    """What of the persons somebody may have made a reference from."""
    for betrokkene in feiten.betrokkenen:
        names = [fold(part) for part in betrokkene.achternaam.split()]
        yield from (name for name in names if len(name) > 2)
        yield fold(betrokkene.postcode or "")
        yield from _spellings(betrokkene.geboren_on)


def _spellings(day: date) -> list[str]:
    """A day as it is written in digits, with nothing between them."""
    return [day.strftime(form) for form in ("%d%m%Y", "%Y%m%d", "%d%m%y")]
