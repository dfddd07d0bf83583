"""The next message to one recipient as the page of an act shows it, before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal import clock
from portal.domain.kennisgeving import Kanaal, KennisgevingFeiten
from portal.models import Kennisgeving, Pauzeverzoek, Schuldeiser
from portal.models.kennisgeving import Sleutel
from portal.queries import dossier
from portal.queries.vervolg import Vervolg, Zaakstand
from portal.queries.voorbeeld import rendered
from portal.texts.tekst import Tekst
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.woorden import BELET, SOORT, adres_staat, en
from portal.web.session import db

VEROUDERD = "De berichten zijn niet meer wat u zag. Kijk ze na en verstuur dan opnieuw."


@dataclass(frozen=True, slots=True)
class Regel:
    """One recipient: what it will get, or why it gets nothing."""

    schuldeiser: Schuldeiser
    sleutel: Sleutel
    soort: str
    bereik: str
    feiten: KennisgevingFeiten | None
    tekst: Tekst | None
    waarom_niet: str
    waarschuwing: str


def stand_of(verzoek: Pauzeverzoek, issued: Sequence[Kennisgeving] | None = None) -> Zaakstand:
    """The case as what follows is made from it; who looks at the page signs. `issued`, if it is known already."""
    if issued is None:
        issued = dossier.kennisgevingen(db(), verzoek.id)
    return Zaakstand(verzoek=verzoek, issued=issued, contactpersoon=zaak.own_name(), today=clock.today())


def regel(planned: Vervolg) -> Regel:
    """The words are those that are issued."""
    party, facts = planned.schuldeiser, planned.feiten
    without_address = party.channel is Kanaal.BRIEF and not party.postadres
    return Regel(
        party,
        planned.ontvanger.sleutel,
        SOORT[facts.soort] if facts else "",
        adres_staat(party),
        facts,
        rendered(facts, db().adressen.base_url) if facts else None,
        BELET[planned.belet] if planned.belet else "",
        "Er is geen e-mailadres en geen postadres. Zoek het postadres op." if facts and without_address else "",
    )


def told(words: str, failed: Sequence[str]) -> tuple[str, str]:
    """What is said after the act, and how: what went wrong with one recipient is named."""
    if not failed:
        return words, "ok"
    return f"{words} Het lukte niet voor {en(list(failed))}. Probeer dat later opnieuw.", "warning"
