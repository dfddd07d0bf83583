"""What each schuldeiser was told, and where that stands, in plain sentences. Pure: never more is claimed than known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.clock import dutch_date
from portal.domain.beantwoording import GeenMedewerking
from portal.domain.kennisgeving import CLOSING, Grondslag, Kanaal, Soort
from portal.domain.status import Antwoord, Verzendstatus
from portal.models import Beantwoording, Kennisgeving
from portal.models.briefwisseling import Briefwisseling, briefwisselingen
from portal.texts.talen import gettext, lazy
from portal.web.templating import day


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
        naam = gettext("%(naam)s (schuld van u en uw partner)", naam=naam)
    asked = [line for each in wisseling.berichten for line in _asked(each)]
    if (ended := wisseling.berichten[-1]).soort is Soort.INTREKKING:
        return Verteld(naam, gettext("Ingetrokken"), "grijs", [*asked, INGETROKKEN])
    if ended.soort in CLOSING:
        return Verteld(naam, gettext("Pauze stopt"), "grijs", [*asked, _told_end(ended)])
    if last.status is not Verzendstatus.AANGEBODEN:
        words, color, sentences = _not_out(last, today)
        return Verteld(naam, words, color, [*asked, *sentences])
    if last.is_over(today):
        return Verteld(naam, gettext("Pauze voorbij"), "grijs", [*asked, VOORBIJ])
    words, color, answer = _answered(last, antwoorden.get(last.id))
    return Verteld(naam, words, color, [*asked, *_said_before(wisseling, antwoorden), answer])


def _said_before(wisseling: Briefwisseling, antwoorden: Mapping[UUID, Beantwoording]) -> list[str]:
    """What was answered to a message that another one followed."""
    earlier = (antwoorden.get(each.id) for each in wisseling.open if each is not wisseling.gevraagd)
    return [_said(given)[2] for given in earlier if given is not None]


_VIA = {
    Kanaal.EMAIL: lazy("Wij stuurden op %(dag)s een e-mail."),
    Kanaal.BRIEF: lazy("Wij stuurden op %(dag)s een brief."),
    Kanaal.API: lazy("Wij stuurden op %(dag)s een bericht."),
}


INGETROKKEN = lazy("Dit bericht ging naar de verkeerde. Wij vroegen om het te verwijderen. Bel ons als u vragen hebt.")

_WAT = {
    Soort.KENNISGEVING: lazy("Wij vroegen een pauze tot en met {}."),
    Soort.VERLENGING: lazy("Wij vroegen een langere pauze, tot en met {}."),
    Soort.CORRECTIE: lazy("Daarin verbeterden wij een fout. Wij vroegen een pauze tot en met {}."),
}
"""What each message that asks for a pause says, in a sentence."""

_STAYED = (Verzendstatus.KLAAR, Verzendstatus.VERVALLEN)
"""A message that came back may wait to go again, or never go."""


def _asked(message: Kennisgeving) -> list[str]:
    """When a message went, and what it asks; nothing for what only reminds, or is (again) here."""
    if message.handed_over_at is None or message.soort not in _WAT or message.status in _STAYED:
        return []
    sent, what = day(dutch_date(message.handed_over_at)), _WAT[message.soort].format(day(message.eind_on))
    return [f"{_VIA[message.kanaal] % {'dag': sent}} {what}"]


VOORBIJ = lazy("Die pauze is voorbij. Deze schuldeiser mag weer om geld vragen. Kunt u niet betalen? Bel ons.")


def _not_out(first: Kennisgeving, today: date) -> tuple[str, str, list[str]]:
    if first.status is Verzendstatus.VERVALLEN or first.is_over(today):
        return gettext("Niet verstuurd"), "grijs", [gettext("Dit bericht is niet verstuurd.")]
    if first.status is Verzendstatus.NIET_BEZORGD:
        return gettext("Nog niet gelukt"), "oranje", [gettext("Het bericht kwam niet aan. De gemeente kijkt ernaar.")]
    if first.kanaal is Kanaal.BRIEF:
        return (
            gettext("Gaat per post"),
            "blauw",
            [gettext("De gemeente verstuurt de brief nog. Dat duurt een paar dagen langer.")],
        )
    return gettext("Wordt verstuurd"), "blauw", [gettext("Het bericht staat klaar en gaat zo snel mogelijk weg.")]


def _answered(first: Kennisgeving, given: Beantwoording | None) -> tuple[str, str, str]:
    """Words, colour and sentence. Silence of who is not bound is no pause, and no refusal."""
    if given is not None:
        return _said(given)
    until = day(first.eind_on)
    if first.grondslag is Grondslag.CONVENANT:
        return (
            gettext("Pauze afgesproken"),
            "groen",
            gettext("Deze schuldeiser heeft afgesproken om mee te doen, tot en met %(dag)s.", dag=until),
        )
    return (
        gettext("Gevraagd"),
        "blauw",
        gettext("Gevraagd, nog geen antwoord. De schuldeiser kiest zelf of hij meedoet."),
    )


def _said(given: Beantwoording) -> tuple[str, str, str]:
    match given.antwoord:
        case Antwoord.BEVESTIGD:
            return (
                gettext("Pauze bevestigd"),
                "groen",
                gettext("Deze schuldeiser doet mee tot en met %(dag)s.", dag=day(given.tot_en_met)),
            )
        case Antwoord.OVERGEDRAGEN:
            naar = given.naar.naam if given.naar else given.gegeven.naar_naam
            return (
                gettext("Doorgegeven"),
                "oranje",
                gettext("Deze schuldeiser gaf de schuld door aan %(naar)s. Wij zoeken dit uit.", naar=naar),
            )
        case Antwoord.AL_IN_REGELING:
            return (
                gettext("Al een regeling"),
                "blauw",
                gettext("Deze schuldeiser zegt dat er al een regeling is. Wij vragen dit na."),
            )
    if given.reden is GeenMedewerking.KLANT_ONBEKEND:
        return (
            gettext("Niet gevonden"),
            "oranje",
            gettext("Deze schuldeiser kan u niet vinden. Wij kijken of het adres klopt."),
        )
    return (
        gettext("Doet niet mee"),
        "oranje",
        gettext("Deze schuldeiser doet niet mee. Bel ons als u een brief krijgt."),
    )


def _told_end(ended: Kennisgeving) -> str:
    if ended.status is Verzendstatus.AANGEBODEN and ended.handed_over_at is not None:
        return gettext("Op %(dag)s vertelden wij dat de pauze stopt.", dag=day(dutch_date(ended.handed_over_at)))
    return gettext("Wij vertellen nog dat de pauze stopt.")
