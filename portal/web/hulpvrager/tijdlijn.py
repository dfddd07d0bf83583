"""What happened to a request, in sentences for the hulpvrager."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from portal.clock import day_end, dutch_date
from portal.domain.antwoorden import AFGENOMEN
from portal.domain.status import Eindreden, Status
from portal.models import Aanvulling, Doorsturing, Pauzeverzoek
from portal.web.templating import day

LAST_MOMENT = timedelta(microseconds=1)

_LAST = {
    Status.INGETROKKEN: "U hebt het verzoek gestopt.",
    Status.BEEINDIGD: "De pauze is gestopt.",
    Status.AFGELOPEN: "De pauze is voorbij.",
}
"""How a request ended."""


def tijdlijn(
    verzoek: Pauzeverzoek, aanvullingen: Iterable[Aanvulling], doorsturingen: Iterable[Doorsturing]
) -> list[tuple[str, str]]:
    """What happened to the request, oldest first: a date and a sentence."""
    happened = _of_wgs(verzoek)
    if verzoek.submitted_at:
        happened.append((verzoek.submitted_at, _filed(verzoek)))
    for given in doorsturingen:
        happened.append((given.forwarded_at, f"Uw verzoek ging van {given.van.naam} naar {given.naar.naam}."))
    for asked in aanvullingen:
        happened.append((asked.asked_at, "Wij stelden u een vraag."))
        if asked.answered_at:
            happened.append((asked.answered_at, "U gaf antwoord."))
    if verzoek.decided_at:
        approved = verzoek.start_on is not None
        happened.append((verzoek.decided_at, "De pauze is goedgekeurd." if approved else "Er komt nu geen pauze."))
    if verzoek.status in _LAST:
        happened.append((verzoek.changed_at, _ended(verzoek)))
    return [(day(dutch_date(at)), sentence) for at, sentence in sorted(happened)]


def _filed(verzoek: Pauzeverzoek) -> str:
    if verzoek.onvolledig:
        return "U vroeg om hulp."
    return "U deed uw verzoek." if verzoek.bron in AFGENOMEN else "U verstuurde uw verzoek."


def _ended(verzoek: Pauzeverzoek) -> str:
    if verzoek.status is Status.INGETROKKEN and verzoek.eindreden is not Eindreden.INGETROKKEN:
        return "De gemeente sloot uw verzoek."
    return _LAST[verzoek.status]


def _of_wgs(verzoek: Pauzeverzoek) -> list[tuple[datetime, str]]:
    """Of these the day is known, not the hour: after whatever else happened on it."""
    known = (
        (verzoek.eerste_gesprek_on, "U had het eerste gesprek."),
        (verzoek.beschikking_on, "De gemeente besloot over uw hulp bij schulden."),
    )
    return [(day_end(on) - LAST_MOMENT, sentence) for on, sentence in known if on]
