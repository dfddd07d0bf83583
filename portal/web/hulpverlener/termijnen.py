"""The legal deadline of a case, in words and colour."""

from dataclasses import dataclass
from datetime import date

from portal.clock import dutch_date
from portal.domain import termijn
from portal.domain.bewaking import Klok, half_time
from portal.domain.status import Status
from portal.models import Pauzeverzoek
from portal.texts.banen import KLOK
from portal.web.hulpverlener.woorden import plural

LAST_CALL = 1
"""Working days: from here on a deadline is shown as urgent, as the watch warns then (`term_warnings`)."""


@dataclass(frozen=True, slots=True)
class Termijn:
    """Until which day, how much of it is left, and the colour of that. `rest` is empty when nothing runs."""

    wat: str
    op: date | None
    rest: str = ""
    kleur: str = "grijs"


def of(verzoek: Pauzeverzoek, today: date, einde: date | None = None) -> Termijn:
    """What runs: the pause, or else a clock of the Wgs until there is a beschikking. `einde` is a last day that
    was announced and that nobody has seen yet; another schuldeiser may have a later one.
    """
    if verzoek.status is Status.GOEDGEKEURD and einde is not None:
        return Termijn("Pauze stopt na", einde, f"nog {plural((einde - today).days, 'dag', 'dagen')}", "oranje")
    if verzoek.status is Status.GOEDGEKEURD:
        return Termijn("Pauze tot en met", verzoek.eind_on)
    if verzoek.klok or verzoek.is_open or verzoek.status is Status.NIET_GOEDGEKEURD:
        return of_wgs(verzoek, today)
    return Termijn("Klaar sinds", dutch_date(verzoek.changed_at))


def beside(verzoek: Pauzeverzoek, today: date) -> Termijn | None:
    """The clock of the Wgs that runs on beside a pause."""
    return of_wgs(verzoek, today) if verzoek.is_running and verzoek.klok else None


def to_call(verzoek: Pauzeverzoek, today: date) -> Termijn:
    """The last day to call who asked for it, in the colours of a deadline."""
    if verzoek.bellen_voor is None:
        return Termijn("Bellen uiterlijk", None)
    left = termijn.werkdagen_until(today, verzoek.bellen_voor)
    return Termijn(
        "Bellen uiterlijk",
        verzoek.bellen_voor,
        rest(left, verzoek.bellen_voor, today),
        _colour(left, is_half_gone=True),
    )


def waiting(verzoek: Pauzeverzoek, today: date) -> str:
    """How long somebody waits since filing: 'vandaag ingediend', '1 dag', '12 dagen'. Empty when nobody waits."""
    if not verzoek.is_open or verzoek.meldingsdatum is None:
        return ""
    days = (today - verzoek.meldingsdatum).days
    return "vandaag ingediend" if days < 1 else plural(days, "dag", "dagen")


def of_wgs(verzoek: Pauzeverzoek, today: date) -> Termijn:
    """The clock to the first conversation, then the one to the beschikking."""
    if verzoek.eerste_gesprek_on is None:
        return _ahead(f"{KLOK[Klok.EERSTE_GESPREK]} uiterlijk", verzoek, today)
    if verzoek.beschikking_on is None:
        return _ahead(f"{KLOK[Klok.BESCHIKKING]} uiterlijk", verzoek, today)
    return Termijn("Beschikking van", verzoek.beschikking_on)


def _ahead(wat: str, verzoek: Pauzeverzoek, today: date) -> Termijn:
    begin, voor = verzoek.termijn_vanaf, verzoek.termijn_voor
    if begin is None or voor is None:
        return Termijn(wat, None)
    left = termijn.werkdagen_until(today, voor)
    colour = _colour(left, is_half_gone=today >= half_time(begin, voor))
    return Termijn(wat, voor, rest(left, voor, today), colour)


def rest(left: int, voor: date, today: date) -> str:
    """'nog 3 werkdagen', 'vandaag', '1 werkdag te laat'."""
    if voor == today:
        return "vandaag"
    if voor < today:
        return f"{_werkdagen(-left)} te laat" if left else "te laat"
    return f"nog {_werkdagen(left)}"


def _werkdagen(count: int) -> str:
    return plural(count, "werkdag", "werkdagen")


def _colour(left: int, *, is_half_gone: bool) -> str:
    if left <= LAST_CALL:
        return "rood"
    return "oranje" if is_half_gone else "groen"
