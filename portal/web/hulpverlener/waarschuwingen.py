"""What a reviewer must know before he does anything: threats, safety, and what makes this case different."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.clock import dutch_date
from portal.domain.antwoorden import JA, MEERDERJARIG, age_on
from portal.models import Doorsturing, Pauzeverzoek, Schuld
from portal.web.hulpverlener.antwoorden import helper
from portal.web.hulpverlener.woorden import STATUS, en, plural
from portal.web.templating import day

NO_REASON = "Dit is geen reden om te stoppen."

SHOWN = 5
"""Earlier requests that the warning leads to."""


@dataclass(frozen=True, slots=True)
class Waarschuwing:
    """A few words, and what to do about it."""

    kop: str
    tekst: str
    zaken: Sequence[Pauzeverzoek] = ()


def of(
    verzoek: Pauzeverzoek, earlier: Sequence[Pauzeverzoek], given: Sequence[Doorsturing], today: date
) -> list[Waarschuwing]:
    """Everything that is out of the ordinary in this case; threats have a place of their own on the page."""
    return [
        *_gemeente(verzoek, given, today),
        *_reaching(verzoek),
        *_person(verzoek, today),
        *_partner(verzoek),
        *_telling(verzoek),
        *_earlier(earlier),
    ]


def _gemeente(verzoek: Pauzeverzoek, given: Sequence[Doorsturing], today: date) -> list[Waarschuwing]:
    """How it came here, and whether it can stay."""
    found, gemeente = [], verzoek.gemeente
    if given:
        last = given[-1]
        when = day(dutch_date(last.forwarded_at))
        told = f"Gemeente {last.van.naam} stuurde dit verzoek door op {when}. Waarom: {last.toelichting}"
        found.append(Waarschuwing("Doorgestuurd", told))
    if verzoek.is_open and gemeente is not None and not gemeente.exists_on(today):
        gone = f"{gemeente.naam} bestaat niet meer sinds {day(gemeente.geldig_tot)}. Stuur het verzoek door."
        found.append(Waarschuwing("Gemeente samengevoegd", gone))
    return found


def _reaching(verzoek: Pauzeverzoek) -> list[Waarschuwing]:
    found = []
    if verzoek.contact.meelezen:
        how = (
            "Bel en vraag eerst of praten nu kan. Zeg aan een ander niet waarover het gaat."
            if verzoek.contact.telefoon
            else "Er is geen telefoonnummer. Het portaal mailt alleen dat er een bericht klaarstaat."
        )
        found.append(Waarschuwing("Iemand leest de e-mail mee", f"Mail niets over de zaak. {how}"))
    if verzoek.adres.geheim:
        found.append(
            Waarschuwing("Geheim adres", "Geef het adres aan niemand door. Het staat in geen enkele Kennisgeving.")
        )
    if not (verzoek.adres.vast or verzoek.onvolledig):
        found.append(Waarschuwing("Geen vast adres", f"Bepaal samen of uw gemeente de zaak houdt. {NO_REASON}"))
    return found


def _person(verzoek: Pauzeverzoek, today: date) -> list[Waarschuwing]:
    found, geboren_on = [], verzoek.persoon.geboren_on
    if geboren_on and age_on(geboren_on, today) < MEERDERJARIG:
        found.append(
            Waarschuwing("Jonger dan 18 jaar", "Bel over een ouder of voogd voordat u schuldeisers iets laat weten.")
        )
    hulp = verzoek.antwoorden.get("hulp", {}).get("soort")
    if hulp in ("helper", "bewindvoerder"):
        who = en(helper(verzoek.antwoorden)[1:]) or "naam niet bekend"
        kop, do = ("Bewindvoerder", "Overleg met de bewindvoerder") if hulp == "bewindvoerder" else (
            "Helper", "Vraag de hulpvrager of u met de helper mag praten"
        )  # fmt: skip
        found.append(Waarschuwing(kop, f"{who}. {do}."))
    if verzoek.antwoorden.get("bedrijf", {}).get("eigen_bedrijf") == JA:
        found.append(Waarschuwing("Eigen bedrijf", f"Zakelijk krediet valt buiten de pauze. {NO_REASON}"))
    return found


def _partner(verzoek: Pauzeverzoek) -> list[Waarschuwing]:
    """Two people in one request: each is spoken to alone, and only the partner speaks for the partner."""
    partner = verzoek.partner
    if partner is None:
        return _asked_together(verzoek)
    found = [] if partner.toestemming else [
        "Er is geen toestemming van de partner. Schuldeisers horen niets over de partner; die schulden wachten."
    ]  # fmt: skip
    if partner.contact.meelezen:
        found.append("Iemand leest de e-mail van de partner mee.")
    if partner.geheim:
        found.append("Het adres van de partner is geheim.")
    return [Waarschuwing("Partner", " ".join((f"{partner.persoon.naam} doet mee aan dit verzoek.", *found)))]


def _asked_together(verzoek: Pauzeverzoek) -> list[Waarschuwing]:
    """The hulpvrager says that a partner takes part; that one did not say anything yet."""
    if not verzoek.is_of_two:
        return []
    return [
        Waarschuwing(
            "Partner",
            "De hulpvrager noemde een partner. Vraag de partner zelf naar gegevens en toestemming. Tot dan "
            "horen schuldeisers niets over de partner.",
        )
    ]


def _telling(verzoek: Pauzeverzoek) -> list[Waarschuwing]:
    found = []
    if verzoek.toestemming is None and not verzoek.onvolledig:
        found.append(
            Waarschuwing(
                "Geen toestemming",
                "U mag schuldeisers niets vertellen en kunt dus niet goedkeuren. Bel de hulpvrager: toestemming geven "
                "kan nog, mondeling of op de eigen pagina.",
            )
        )
    private = [schuld.volgnummer for schuld in verzoek.schulden if schuld.verteld.particulier or _is_private(schuld)]
    if private:
        told = f"Schuld {en([str(number) for number in private])} is bij een privépersoon. "
        found.append(
            Waarschuwing("Privépersoon als schuldeiser", f"{told}Vraag of die persoon veilig bericht kan krijgen.")
        )
    return found


def _is_private(schuld: Schuld) -> bool:
    return any(partij.schuldeiser.is_particulier for partij in schuld.partijen)


def _earlier(earlier: Sequence[Pauzeverzoek]) -> list[Waarschuwing]:
    if not earlier:
        return []
    last = max(earlier, key=lambda case: case.meldingsdatum or date.min)
    count = plural(len(earlier), "ander verzoek", "andere verzoeken")
    told = (
        f"{count} met deze naam en geboortedatum, het laatste op {day(last.meldingsdatum)} "
        f"({STATUS[last.status][0].lower()}). Dit is op zichzelf geen reden om niet goed te keuren."
    )
    return [Waarschuwing("Mogelijk eerder geweest", told, earlier[:SHOWN])]
