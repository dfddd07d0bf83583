"""What happened to a request, in sentences for the hulpvrager."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from portal.clock import day_end, dutch_date
from portal.domain.antwoorden import AFGENOMEN
from portal.domain.status import Eindreden, Status
from portal.models import Aanvulling, Doorsturing, Pauzeverzoek
from portal.texts.talen import gettext, lazy
from portal.web.templating import day

LAST_MOMENT = timedelta(microseconds=1)

_LAST = {
    Status.INGETROKKEN: lazy("U hebt het verzoek gestopt."),
    Status.BEEINDIGD: lazy("De pauze is gestopt."),
    Status.AFGELOPEN: lazy("De pauze is voorbij."),
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
        happened.append(
            (
                given.forwarded_at,
                gettext("Uw verzoek ging van %(van)s naar %(naar)s.", van=given.van.naam, naar=given.naar.naam),
            )
        )
    for asked in aanvullingen:
        happened.append((asked.asked_at, gettext("Wij stelden u een vraag.")))
        if asked.answered_at:
            happened.append((asked.answered_at, gettext("U gaf antwoord.")))
    if verzoek.decided_at:
        approved = verzoek.start_on is not None
        happened.append(
            (verzoek.decided_at, gettext("De pauze is goedgekeurd.") if approved else gettext("Er komt nu geen pauze."))
        )
    if verzoek.status in _LAST:
        happened.append((verzoek.changed_at, _ended(verzoek)))
    return [(day(dutch_date(at)), sentence) for at, sentence in sorted(happened)]


def _filed(verzoek: Pauzeverzoek) -> str:
    if verzoek.onvolledig:
        return gettext("U vroeg om hulp.")
    return gettext("U deed uw verzoek.") if verzoek.bron in AFGENOMEN else gettext("U verstuurde uw verzoek.")


def _ended(verzoek: Pauzeverzoek) -> str:
    if verzoek.status is Status.INGETROKKEN and verzoek.eindreden is not Eindreden.INGETROKKEN:
        return gettext("De gemeente sloot uw verzoek.")
    return _LAST[verzoek.status]


def _of_wgs(verzoek: Pauzeverzoek) -> list[tuple[datetime, str]]:
    """Of these the day is known, not the hour: after whatever else happened on it."""
    known = (
        (verzoek.eerste_gesprek_on, gettext("U had het eerste gesprek.")),
        (verzoek.beschikking_on, gettext("De gemeente besloot over uw hulp bij schulden.")),
    )
    return [(day_end(on) - LAST_MOMENT, sentence) for on, sentence in known if on]
