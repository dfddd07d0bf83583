"""The receipt of an answer, to the schuldeiser: what was answered and until when it can be changed. Nobody is named."""

from portal.domain.beantwoording import GeenMedewerking
from portal.domain.bericht import OntvangstFeiten
from portal.domain.status import Antwoord
from portal.texts.bericht import MAX_URL, SJABLOON, blokken
from portal.texts.sjablonen import fill_in, spreker
from portal.texts.tekst import Tekst
from portal.texts.veilig import cleaned, single_line

ANTWOORD = {
    Antwoord.BEVESTIGD: "U past de pauze toe",
    Antwoord.GEEN_MEDEWERKING: "U werkt niet mee",
    Antwoord.OVERGEDRAGEN: "Iemand anders behandelt de vordering",
    Antwoord.AL_IN_REGELING: "U hebt al een regeling met deze klant",
}
"""What was answered, as it is read back."""

REDEN = {
    GeenMedewerking.RECENTE_FINALE_KWIJTING: "Er was kort geleden een finale kwijting",
    GeenMedewerking.RECENTE_POGING_STABILISATIE: "Er was kort geleden al een poging tot stabilisatie",
    GeenMedewerking.GEEN_SAMENWERKING: "U werkt niet samen met deze schuldhulpverlener",
}

KLANT_ONBEKEND = "U kent deze klant niet"
"""In the SKP a reason not to join in, in plain words an answer of its own."""


def in_words(antwoord: Antwoord, reden: GeenMedewerking | None) -> tuple[str, str]:
    """What was answered and why, the latter empty where that says nothing more."""
    if reden is GeenMedewerking.KLANT_ONBEKEND:
        return KLANT_ONBEKEND, ""
    return ANTWOORD[antwoord], REDEN[reden] if reden else ""


def render(feiten: OntvangstFeiten) -> Tekst:
    """The receipt as mail."""
    facts = cleaned(feiten)
    url = single_line(feiten.url, MAX_URL)
    onderwerp = single_line(f"Antwoord ontvangen {facts.kenmerk}")
    antwoord, reden = in_words(facts.antwoord, facts.reden)
    afzender = spreker(facts.organisatie, facts.gemeente)
    values = {"feiten": facts, "url": url, "antwoord": antwoord, "reden": reden, "spreker": afzender}
    tekst = fill_in(f"{SJABLOON}/antwoord_ontvangen.txt", **values)
    html = fill_in(f"{SJABLOON}/bericht.html", onderwerp=onderwerp, blokken=blokken(tekst), url=url)
    return Tekst(onderwerp=onderwerp, tekst=tekst, html=html, sjabloon=SJABLOON)
