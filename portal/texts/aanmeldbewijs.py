"""The words of the Bewijs van aanmelding."""

from portal.domain.aanmeldbewijs import AanmeldbewijsFeiten
from portal.domain.kennisgeving import Wegwijzers
from portal.texts.inhoud import Inhoud, Rij, read_delen
from portal.texts.sjablonen import dag, datum, fill_in, spreker
from portal.texts.veilig import cleaned

SJABLOON = "aanmeldbewijs/v1"

SLOT = "Dit bewijs is gemaakt voor de persoon die erop staat. Die bepaalt wie het mag zien."

_PARAGRAPHS = frozenset({"postadres"})


def inhoud(feiten: AanmeldbewijsFeiten, wegwijzers: Wegwijzers) -> Inhoud:
    """What the document says."""
    facts = safe(feiten)
    words = fill_in(f"{SJABLOON}/aanmeldbewijs.txt", feiten=facts, wegwijzers=wegwijzers)
    titel, kern, delen = read_delen(words)
    return Inhoud(
        titel=titel, kern=kern, zaak=_zaak(facts), delen=delen, contact=_contact(facts, wegwijzers), slot=SLOT
    )


def safe(feiten: AanmeldbewijsFeiten) -> AanmeldbewijsFeiten:
    """The facts with every text in them made fit for a document."""
    return cleaned(feiten, paragraphs=_PARAGRAPHS)


def _zaak(feiten: AanmeldbewijsFeiten) -> tuple[Rij, ...]:
    geboren = (Rij("Geboren op", (datum(feiten.geboren_on),)),) if feiten.geboren_on else ()
    return (
        Rij("Voor wie", (feiten.naam,), is_nadruk=True),
        *geboren,
        Rij("Aangemeld op", (dag(feiten.meldingsdatum),), is_nadruk=True),
        Rij("Bij", (spreker(feiten.afzender.organisatie, feiten.afzender.gemeente),)),
        Rij("Ons kenmerk", (feiten.kenmerk,), is_nadruk=True),
    )


def _contact(feiten: AanmeldbewijsFeiten, wegwijzers: Wegwijzers) -> tuple[Rij, ...]:
    """Whom to ask, and how to check."""
    return (
        Rij("Vragen", (f"Bel {feiten.afzender.telefoon}",)),
        Rij("Controleren", (wegwijzers.controle_url,), is_url=True),
        Rij("Controlecode", (wegwijzers.controlecode,), is_nadruk=True),
    )
