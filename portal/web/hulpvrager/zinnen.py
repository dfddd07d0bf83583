"""Where a pauzeverzoek and its messages stand, in plain sentences. Pure: never more is claimed than is known."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.clock import dutch_date
from portal.domain.beantwoording import GeenMedewerking
from portal.domain.bericht import BerichtSoort
from portal.domain.kennisgeving import CLOSING, Grondslag, Kanaal, Soort
from portal.domain.melding import Meldingsoort
from portal.domain.status import Antwoord, Eindreden, Status, Verzendstatus
from portal.models import Beantwoording, Kennisgeving, Melding, Pauzeverzoek
from portal.models.briefwisseling import Briefwisseling, briefwisselingen
from portal.web.templating import day, weekday


@dataclass(frozen=True, slots=True)
class Stand:
    """A status for the person behind it: a few words, a colour, a sentence, and what comes next."""

    woorden: str
    kleur: str
    zin: str
    hierna: str


def stand(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    """Where the pauzeverzoek is on this day."""
    if verzoek.may_answer:
        return _onvolledig(verzoek, gemeente, today)
    return _STANDEN[verzoek.status](verzoek, gemeente, today)


def _call_before(verzoek: Pauzeverzoek, gemeente: str, today: date) -> str:
    if verzoek.eerste_gesprek_on is not None:
        return _after_gesprek(verzoek, gemeente, today)
    voor = verzoek.gesprek_ahead(today)
    if voor is None:
        return f"Heeft gemeente {gemeente} u nog niet gebeld? Bel dan zelf."
    verb = "belt" if verzoek.telefoon else "mailt"
    return f"Uiterlijk {weekday(voor)} {verb} iemand van gemeente {gemeente} u."


def _after_gesprek(verzoek: Pauzeverzoek, gemeente: str, today: date) -> str:
    if verzoek.beschikking_on is not None:
        return f"Op {day(verzoek.beschikking_on)} besloot gemeente {gemeente} over uw hulp bij schulden."
    if verzoek.beschikking_voor is None or verzoek.beschikking_voor < today:
        return f"Weet u nog niet of u hulp bij schulden krijgt? Bel gemeente {gemeente}."
    return (
        f"Uiterlijk {weekday(verzoek.beschikking_voor)} hoort u van gemeente {gemeente} of u hulp bij schulden krijgt."
    )


def _verb(verzoek: Pauzeverzoek) -> str:
    return "bellen" if verzoek.telefoon else "mailen"


def belt(verzoek: Pauzeverzoek, gemeente: str, today: date) -> str:
    """Until when the person is called who asked for it. Empty when nobody is to call."""
    if verzoek.bellen_voor is None:
        return ""
    if verzoek.bellen_voor < today:
        return f"Heeft gemeente {gemeente} u nog niet gebeld? Bel dan zelf."
    return f"Uiterlijk {weekday(verzoek.bellen_voor)} belt iemand van gemeente {gemeente} u."


def _onvolledig(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = "Uw vraag om hulp is binnen. De pauze is er nu nog niet."
    if called := belt(verzoek, gemeente, today):
        return Stand("Wij bellen u", "blauw", zin, called)
    hierna = "Beantwoord de andere vragen zelf, of samen met de gemeente aan de telefoon."
    return Stand("Wij weten nog niet genoeg", "oranje", zin, hierna)


def _ingediend(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    return Stand(
        "Wij hebben uw verzoek",
        "blauw",
        "Uw verzoek is binnen. De pauze is er nu nog niet.",
        _call_before(verzoek, gemeente, today),
    )


def _in_behandeling(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = "Een hulpverlener leest wat u hebt ingevuld. De pauze is er nu nog niet."
    return Stand(f"Gemeente {gemeente} bekijkt uw verzoek", "blauw", zin, _call_before(verzoek, gemeente, today))


def _aanvulling(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = "Geef hieronder antwoord op onze vraag, of bel ons."
    return Stand("Wij hebben nog iets van u nodig", "oranje", zin, _call_before(verzoek, gemeente, today))


def _goedgekeurd(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    if verzoek.eind_on and verzoek.eind_on < today:  # the hourly round has yet to close it
        return _afgelopen(verzoek, gemeente, today)
    begint = "begint" if verzoek.start_on and verzoek.start_on > today else "begon"
    zin = f"Uw pauze is goedgekeurd. De pauze {begint} op {day(verzoek.start_on)}."
    hierna = f"De pauze duurt hoogstens tot en met {weekday(verzoek.eind_on)}. Bij een schuldeiser kan het korter zijn."
    return Stand("Uw pauze is goedgekeurd", "groen", zin, hierna)


def _niet_goedgekeurd(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = "Er komt nu geen pauze. Wij hebben niets aan uw schuldeisers verteld."
    words = "Geen pauze" if verzoek.eerste_gesprek_on else f"Geen pauze. Wel hulp: wij {_verb(verzoek)} u."
    return Stand(words, "oranje", zin, _call_before(verzoek, gemeente, today))


def _ingetrokken(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    hierna = f"Wilt u later toch hulp? Dat kan altijd. Bel gemeente {gemeente} of doe een nieuw verzoek."
    if verzoek.eindreden is not Eindreden.INGETROKKEN:
        return Stand("Uw verzoek is gesloten", "grijs", f"Gemeente {gemeente} sloot uw verzoek.", hierna)
    return Stand("U hebt het verzoek gestopt", "grijs", "Er gaat geen nieuw bericht naar uw schuldeisers.", hierna)


def _beeindigd(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    stopped = dutch_date(verzoek.changed_at)
    return Stand(
        f"Uw pauze is gestopt op {day(stopped)}",
        "oranje",
        "Schuldeisers die een bericht van ons kregen, horen dat de pauze stopt. Zij horen niet waarom.",
        f"Maakt u zich zorgen? Bel gemeente {gemeente}.",
    )


def _afgelopen(verzoek: Pauzeverzoek, gemeente: str, today: date) -> Stand:
    zin = f"De laatste dag van uw pauze was {weekday(verzoek.eind_on)}."
    hierna = f"Krijgt u een brief die u niet kunt betalen? Bel gemeente {gemeente}."
    return Stand("Uw pauze is voorbij", "grijs", zin, hierna)


_STANDEN: Mapping[Status, Callable[[Pauzeverzoek, str, date], Stand]] = {
    Status.INGEDIEND: _ingediend,
    Status.IN_BEHANDELING: _in_behandeling,
    Status.AANVULLING_GEVRAAGD: _aanvulling,
    Status.GOEDGEKEURD: _goedgekeurd,
    Status.NIET_GOEDGEKEURD: _niet_goedgekeurd,
    Status.INGETROKKEN: _ingetrokken,
    Status.BEEINDIGD: _beeindigd,
    Status.AFGELOPEN: _afgelopen,
}
"""Every status but the concept, which has no status page."""


# --- the schuldeisers -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verteld:
    """What one schuldeiser was told, in sentences, and a few words and a colour for where it stands."""

    naam: str
    woorden: str
    kleur: str
    zinnen: list[str]


def verteld(
    kennisgevingen: Iterable[Kennisgeving], antwoorden: Mapping[UUID, Beantwoording], today: date
) -> list[Verteld]:
    """Per schuldeiser, by name, on this day. Each has its own last day. `antwoorden`: the last one to each message."""
    return [_of_one(each, antwoorden, today) for each in briefwisselingen(kennisgevingen)]


def _of_one(wisseling: Briefwisseling, antwoorden: Mapping[UUID, Beantwoording], today: date) -> Verteld:
    last, naam = wisseling.gevraagd, wisseling.schuldeiser.naam
    if wisseling.schuldenaar is not None:  # there may be another line with this name
        naam = f"{naam} (schuld van u en uw partner)"
    asked = [line for each in wisseling.berichten for line in _asked(each)]
    if (ended := wisseling.berichten[-1]).soort is Soort.INTREKKING:
        return Verteld(naam, "Ingetrokken", "grijs", [*asked, INGETROKKEN])
    if ended.soort in CLOSING:
        return Verteld(naam, "Pauze stopt", "grijs", [*asked, _told_end(ended)])
    if last.status is not Verzendstatus.AANGEBODEN:
        words, color, sentences = _not_out(last, today)
        return Verteld(naam, words, color, [*asked, *sentences])
    if last.is_over(today):
        return Verteld(naam, "Pauze voorbij", "grijs", [*asked, VOORBIJ])
    words, color, answer = _answered(last, antwoorden.get(last.id))
    return Verteld(naam, words, color, [*asked, *_said_before(wisseling, antwoorden), answer])


def _said_before(wisseling: Briefwisseling, antwoorden: Mapping[UUID, Beantwoording]) -> list[str]:
    """What was answered to a message that another one followed."""
    earlier = (antwoorden.get(each.id) for each in wisseling.open if each is not wisseling.gevraagd)
    return [_said(given)[2] for given in earlier if given is not None]


_VIA = {Kanaal.EMAIL: "een e-mail", Kanaal.BRIEF: "een brief", Kanaal.API: "een bericht"}


INGETROKKEN = "Dit bericht ging naar de verkeerde. Wij vroegen om het te verwijderen. Bel ons als u vragen hebt."

_WAT = {
    Soort.KENNISGEVING: "Wij vroegen een pauze tot en met {}.",
    Soort.VERLENGING: "Wij vroegen een langere pauze, tot en met {}.",
    Soort.CORRECTIE: "Daarin verbeterden wij een fout. De pauze is tot en met {}.",
}
"""What each message that asks for a pause says, in a sentence."""


def _asked(message: Kennisgeving) -> list[str]:
    """When a message went, and what it asks; nothing for what did not go, or only reminds."""
    if message.handed_over_at is None or message.soort not in _WAT:
        return []
    sent, what = day(dutch_date(message.handed_over_at)), _WAT[message.soort].format(day(message.eind_on))
    return [f"Wij stuurden op {sent} {_VIA[message.kanaal]}. {what}"]


VOORBIJ = "Die pauze is voorbij. Deze schuldeiser mag weer om geld vragen. Kunt u niet betalen? Bel ons."


def _not_out(first: Kennisgeving, today: date) -> tuple[str, str, list[str]]:
    if first.status is Verzendstatus.VERVALLEN or first.is_over(today):
        return "Niet verstuurd", "grijs", ["Dit bericht is niet verstuurd."]
    if first.status is Verzendstatus.NIET_BEZORGD:
        return "Nog niet gelukt", "oranje", ["Het bericht kwam niet aan. De gemeente kijkt ernaar."]
    if first.kanaal is Kanaal.BRIEF:
        return "Gaat per post", "blauw", ["De gemeente verstuurt de brief nog. Dat duurt een paar dagen langer."]
    return "Wordt verstuurd", "blauw", ["Het bericht staat klaar en gaat zo snel mogelijk weg."]


def _answered(first: Kennisgeving, given: Beantwoording | None) -> tuple[str, str, str]:
    """Words, colour and sentence. Silence of who is not bound is no pause, and no refusal."""
    if given is not None:
        return _said(given)
    until = day(first.eind_on)
    if first.grondslag is Grondslag.CONVENANT:
        return "Pauze afgesproken", "groen", f"Deze schuldeiser heeft afgesproken om mee te doen, tot en met {until}."
    return "Gevraagd", "blauw", "Gevraagd, nog geen antwoord. De schuldeiser kiest zelf of hij meedoet."


def _said(given: Beantwoording) -> tuple[str, str, str]:
    match given.antwoord:
        case Antwoord.BEVESTIGD:
            return "Pauze bevestigd", "groen", f"Deze schuldeiser doet mee tot en met {day(given.tot_en_met)}."
        case Antwoord.OVERGEDRAGEN:
            naar = given.naar.naam if given.naar else given.gegeven.naar_naam
            return (
                "Doorgegeven",
                "oranje",
                f"Deze schuldeiser gaf de schuld door aan {naar}. Wij zoeken dit uit.",
            )
        case Antwoord.AL_IN_REGELING:
            return "Al een regeling", "blauw", "Deze schuldeiser zegt dat er al een regeling is. Wij vragen dit na."
    if given.reden is GeenMedewerking.KLANT_ONBEKEND:
        return "Niet gevonden", "oranje", "Deze schuldeiser kan u niet vinden. Wij kijken of het adres klopt."
    return "Doet niet mee", "oranje", "Deze schuldeiser doet niet mee. Bel ons als u een brief krijgt."


def _told_end(ended: Kennisgeving) -> str:
    if ended.handed_over_at is not None:
        return f"Op {day(dutch_date(ended.handed_over_at))} vertelden wij dat de pauze stopt."
    return "Wij vertellen nog dat de pauze stopt."


def gemeld(melding: Melding) -> str:
    """What the person reported, in a few words."""
    match melding.soort:
        case Meldingsoort.POST:
            return f"Post van {melding.post.afzender}"
        case Meldingsoort.SCHULD:
            return f"Nog een schuld: {melding.schuld.afzender}"
    return "Er klopt iets niet"


BERICHTEN: Mapping[BerichtSoort, str] = {
    BerichtSoort.TOEGANGSLINK: "Uw link",
    BerichtSoort.ONTVANGEN: "Uw verzoek is binnen",
    BerichtSoort.DOORGESTUURD: "Een andere gemeente behandelt uw verzoek",
    BerichtSoort.AANVULLING_GEVRAAGD: "Wij hebben een vraag",
    BerichtSoort.GOEDGEKEURD: "Uw pauze is goedgekeurd",
    BerichtSoort.VERLENGD: "Wij vroegen een langere pauze",
    BerichtSoort.NIET_GOEDGEKEURD: "Geen pauze, wel hulp",
    BerichtSoort.INGETROKKEN: "U hebt het verzoek gestopt",
    BerichtSoort.BEEINDIGD: "Uw pauze stopt",
    BerichtSoort.BIJNA_AFGELOPEN: "Uw pauze stopt binnenkort",
    BerichtSoort.AFGELOPEN: "Uw pauze is voorbij",
}
"""What each message to the hulpvrager is called on the status page."""
