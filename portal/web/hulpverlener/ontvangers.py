"""How far each recipient of a case has been told: its messages, the attempts, and what is left to do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.clock import NEDERLAND, now, today
from portal.domain.dagoverzicht import leaves_at
from portal.domain.kennisgeving import ASKING, Kanaal, Soort
from portal.domain.status import Antwoord, Pogingresultaat, Verzendstatus
from portal.models import Beantwoording, Kennisgeving, Poging
from portal.web.hulpverlener.woorden import ANTWOORD, SOORT, VERZENDING, plural, said_in_words
from portal.web.session import settings
from portal.web.templating import moment


@dataclass(frozen=True, slots=True)
class Voortgang:
    """One message with its state in words. `stand` says what happened and what comes next."""

    kennisgeving: Kennisgeving
    soort: str
    label: str
    kleur: str
    stand: list[str]
    gegeven: Beantwoording | None

    @property
    def is_brief_klaar(self) -> bool:
        """A letter that somebody must print and post."""
        return self.kennisgeving.kanaal is Kanaal.BRIEF and self.kennisgeving.status is Verzendstatus.KLAAR

    @property
    def is_niet_bezorgd(self) -> bool:
        return self.kennisgeving.status is Verzendstatus.NIET_BEZORGD

    @property
    def antwoord(self) -> str:
        """What the recipient answered. Without an answer only what was said is said."""
        given = self.kennisgeving.antwoord
        if self.gegeven is not None:
            return said_in_words(self.gegeven)
        return "" if given is Antwoord.GEEN_REACTIE and not self._was_asked else ANTWOORD[given]

    @property
    def _was_asked(self) -> bool:
        message = self.kennisgeving
        return message.soort in ASKING and message.status is Verzendstatus.AANGEBODEN


def progress(
    kennisgevingen: Sequence[Kennisgeving],
    pogingen: Sequence[Poging],
    retries: Mapping[UUID, datetime],
    given: Mapping[UUID, Beantwoording],
) -> list[Voortgang]:
    """Every message of a case: first what needs somebody, then what is under way, then the rest, each by name."""
    attempts: dict[UUID | None, list[Poging]] = defaultdict(list)
    for poging in pogingen:
        attempts[poging.kennisgeving_id].append(poging)
    found = [
        one(message, attempts[message.id], retries.get(message.id), given.get(message.id)) for message in kennisgevingen
    ]
    return sorted(found, key=_urgency)


def _urgency(each: Voortgang) -> tuple[int, str, datetime]:
    message = each.kennisgeving
    order = (
        message.antwoord_unread,
        each.is_niet_bezorgd,
        each.is_brief_klaar,
        message.status is Verzendstatus.KLAAR,
        True,
    )
    return order.index(True), message.schuldeiser.naam.casefold(), message.issued_at


def one(
    message: Kennisgeving, attempts: Sequence[Poging], retry_at: datetime | None, given: Beantwoording | None
) -> Voortgang:
    """One message with the attempts to deliver it, oldest first."""
    label, kleur = _badge(message)
    return Voortgang(message, SOORT[message.soort], label, kleur, _state(message, attempts, retry_at), given)


def _badge(message: Kennisgeving) -> tuple[str, str]:
    if message.status is Verzendstatus.KLAAR and message.kanaal is Kanaal.BRIEF:
        return "Brief te versturen", "oranje"
    if message.status is Verzendstatus.AANGEBODEN and message.kanaal is Kanaal.BRIEF:
        return "Op de post", "blauw"
    return VERZENDING[message.status]


def _state(message: Kennisgeving, attempts: Sequence[Poging], retry_at: datetime | None) -> list[str]:
    match message.status:
        case Verzendstatus.AANGEBODEN:
            return [f"{_TAKEN[message.kanaal]} op {moment(message.handed_over_at)}", *_acknowledged(message)]
        case Verzendstatus.NIET_BEZORGD if message.kanaal is Kanaal.API:
            return ["De schuldeiser heeft dit bericht niet opgehaald"]
        case Verzendstatus.NIET_BEZORGD:
            return [plural(len(attempts), "poging", "pogingen"), *_last_reply(attempts)]
        case Verzendstatus.KLAAR if message.kanaal is Kanaal.EMAIL:
            return _under_way(message, attempts, retry_at)
        case Verzendstatus.KLAAR if message.kanaal is Kanaal.API:
            return ["Staat klaar. De schuldeiser haalt het zelf op"]
        case _:
            return []


_TAKEN = {
    Kanaal.EMAIL: "Aangenomen door de mailserver",
    Kanaal.BRIEF: "Verstuurd",
    Kanaal.API: "Opgehaald, en dat is bevestigd",
}


def _acknowledged(message: Kennisgeving) -> list[str]:
    """By another way than the API it is worth a line of its own."""
    if message.acknowledged_at is None or message.kanaal is Kanaal.API:
        return []
    return [f"De schuldeiser bevestigde de ontvangst op {moment(message.acknowledged_at)}"]


def _under_way(message: Kennisgeving, attempts: Sequence[Poging], retry_at: datetime | None) -> list[str]:
    setbacks = [each for each in attempts if each.resultaat is Pogingresultaat.TIJDELIJK]
    if message.gebundeld and message.dagoverzicht_id is None:
        return [_in_digest(max([message.issued_at, *(each.at for each in attempts)]))]
    if not setbacks:
        after = ", na het bericht aan de hulpvrager" if message.soort is Soort.BEEINDIGING else ""
        return [f"Gaat vanzelf weg{after}"]
    again = f"Nieuwe poging op {moment(retry_at)}" if retry_at else "Nieuwe poging volgt vanzelf"
    return [f"{plural(len(setbacks), 'poging', 'pogingen')} niet gelukt", *_last_reply(setbacks), again]


def _in_digest(ready: datetime) -> str:
    """When the digest leaves that a message is in, counted from the moment that it was ready."""
    at = leaves_at(ready, settings().dagoverzicht_at, NEDERLAND)
    if at <= now():
        return "Gaat mee in het volgende dagoverzicht"
    days = (at.date() - today()).days
    day = "vandaag" if days == 0 else "morgen"
    return f"Gaat mee in het dagoverzicht van {day}, {at.hour}.{at.minute:02} uur"


def _last_reply(attempts: Sequence[Poging]) -> list[str]:
    """What the mail server said last."""
    if not attempts:
        return []
    last = attempts[-1]
    return [f"Antwoord van de mailserver: {last.code} {last.antwoord}"] if last.code else [last.antwoord]
