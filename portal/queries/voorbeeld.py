"""What a decision would send, message by message, before it is sent."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from portal.domain.belet import Belet
from portal.domain.bericht import BerichtSoort
from portal.domain.errors import DuurOngeldig
from portal.domain.kennisgeving import KennisgevingFeiten, to_json
from portal.models import Pauzeverzoek
from portal.models.bericht import feiten as bericht_feiten
from portal.models.links import wegwijzers
from portal.models.ontvanger import Duur, Ontvanger, feiten, ontvangers
from portal.texts import bericht, kennisgeving
from portal.texts.tekst import Tekst


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """One recipient with the message as it would go out; `feiten` and `tekst` are None when the duration does not
    fit, and when it cannot be told.
    """

    ontvanger: Ontvanger
    maanden: int
    feiten: KennisgevingFeiten | None
    tekst: Tekst | None


def preview(
    verzoek: Pauzeverzoek,
    *,
    start_on: date,
    maanden: Mapping[UUID, int],
    contactpersoon: str,
    today: date,
    base_url: str,
) -> list[Voorbeeld]:
    """Every message of the case with these choices: built by the same functions that issue it."""
    return [
        _one(verzoek, ontvanger, Duur(start_on=start_on, maanden=_months(ontvanger, maanden)), contactpersoon, today,
             base_url)
        for ontvanger in ontvangers(verzoek)
    ]  # fmt: skip


def _months(ontvanger: Ontvanger, maanden: Mapping[UUID, int]) -> int:
    return maanden.get(ontvanger.schuldeiser.id, ontvanger.schuldeiser.default_maanden)


def _one(
    verzoek: Pauzeverzoek,
    ontvanger: Ontvanger,
    duur: Duur,
    contactpersoon: str,
    today: date,
    base_url: str,
) -> Voorbeeld:
    if ontvanger.belet:
        return Voorbeeld(ontvanger, duur.maanden, None, None)
    try:
        facts = feiten(verzoek, ontvanger, duur, contactpersoon, today)
    except DuurOngeldig:
        return Voorbeeld(ontvanger, duur.maanden, None, None)
    return Voorbeeld(ontvanger, duur.maanden, facts, rendered(facts, base_url))


def rendered(facts: KennisgevingFeiten, base_url: str) -> Tekst:
    """The words of one message, as it would be issued."""
    return kennisgeving.render(facts, wegwijzers(base_url, facts))


def fingerprint(verzoek: Pauzeverzoek, contactpersoon: str, today: date) -> str:
    """SHA-256 over everything that the messages of the case are made of, but for what is chosen on the page.

    The same before and after: what was shown is what is sent. Another: the directory or the organisatie changed.
    """
    recipients = [_made_of(verzoek, each, contactpersoon, today) for each in ontvangers(verzoek)]
    parts = [kennisgeving.SJABLOON, *recipients]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _made_of(verzoek: Pauzeverzoek, ontvanger: Ontvanger, contactpersoon: str, today: date) -> list[Any]:
    """How one recipient is reached, how long it may last, and every fact of its message (of a month from today)."""
    party = ontvanger.schuldeiser
    reached = [party.channel, party.levering, party.verified_email, ontvanger.belet, ontvanger.is_particulier]
    about = [str(party.id), ontvanger.schuldenaar, reached, party.default_maanden, party.max_maanden]
    if ontvanger.belet is Belet.GEEN_TOESTEMMING_PARTNER:
        return about
    return [*about, to_json(feiten(verzoek, ontvanger, Duur(start_on=today, maanden=1), contactpersoon, today))]


def declined(verzoek: Pauzeverzoek, toelichting: str, *, url: str, today: date) -> Tekst:
    """The message that the hulpvrager would get when this case is not approved."""
    said = {"toelichting": toelichting, "eerste_gesprek_voor": verzoek.gesprek_ahead(today)}
    return bericht.render(bericht_feiten(verzoek, BerichtSoort.NIET_GOEDGEKEURD, url=url, **said))
