"""The fixed cases of the sandbox: about nobody, each with another outcome for whoever builds against the API."""

from dataclasses import dataclass, replace
from datetime import date

from portal.domain.kennisgeving import Afzender, Betrokkene, Dossierverwijzing, Soort

ORGANISATIE = "Zandbak"

AFZENDER = Afzender(
    gemeente="Zandbak",
    organisatie=ORGANISATIE,
    contactpersoon="Team Zandbak",
    telefoon="000 0000000",
    email="zandbak@voorbeeld.example",
    postadres="Zandbak\nPostbus 0\n0000 AA Voorbeeld",
)

NIEMAND = Betrokkene(
    voorletters="V.",
    voorvoegsel="van",
    achternaam="Voorbeeld",
    geboren_on=date(1980, 1, 31),
    postcode="0000 AA",
    huisnummer="1",
)
"""Nobody: the postcode does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Geval:
    """One fixed case. `naam` is the reference that the schuldeiser sees; `daarna` is the message that follows."""

    naam: str
    betrokkene: Betrokkene = NIEMAND
    verwijzingen: tuple[Dossierverwijzing, ...] = ()
    convenant: str | None = None
    begonnen_days_ago: int = 0
    daarna: Soort | None = None
    beantwoord: bool = False


GEVALLEN = (
    Geval(naam="GEWOON", convenant="het convenant van de zandbak"),
    Geval(naam="GEHEIM-ADRES", betrokkene=replace(NIEMAND, postcode=None, huisnummer=None)),
    Geval(
        naam="TWEE-KENMERKEN",
        verwijzingen=(
            Dossierverwijzing(referentie="TWEE-KENMERKEN", namens=None),
            Dossierverwijzing(referentie="TWEE-KENMERKEN-B", namens="Een andere schuldeiser"),
        ),
    ),
    Geval(naam="ZONDER-KENMERK", verwijzingen=(Dossierverwijzing(referentie=None, namens=None),)),
    Geval(naam="AL-BEANTWOORD", beantwoord=True),
    Geval(naam="VERLENGD", daarna=Soort.VERLENGING),
    Geval(naam="GECORRIGEERD", daarna=Soort.CORRECTIE),
    Geval(naam="BEEINDIGD", daarna=Soort.BEEINDIGING),
    Geval(naam="HERINNERD", daarna=Soort.HERINNERING),
    Geval(naam="AFGELOPEN", begonnen_days_ago=200),
)
"""Every kind of message, and every outcome of an answer: taken, already given, replaced, ended, over."""

MAANDEN = 4
