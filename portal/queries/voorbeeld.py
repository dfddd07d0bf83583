"""What a decision would send, message by message, before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.bericht import BerichtSoort
from portal.domain.errors import DuurOngeldig
from portal.domain.kennisgeving import KennisgevingFeiten
from portal.models import Pauzeverzoek
from portal.models.bericht import feiten as bericht_feiten
from portal.models.kennisgeving import Duur, Ontvanger, feiten, ontvangers
from portal.models.links import wegwijzers
from portal.texts import bericht, kennisgeving
from portal.texts.tekst import Tekst


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """One recipient with the message as it would go out; `feiten` and `tekst` are None when the duration does not
    fit.
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
        for ontvanger in ontvangers(verzoek.schulden)
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
    try:
        facts = feiten(verzoek, ontvanger, duur, contactpersoon, today)
    except DuurOngeldig:
        return Voorbeeld(ontvanger, duur.maanden, None, None)
    return Voorbeeld(ontvanger, duur.maanden, facts, kennisgeving.render(facts, wegwijzers(base_url, facts)))


def declined(verzoek: Pauzeverzoek, toelichting: str, *, url: str, today: date) -> Tekst:
    """The message that the hulpvrager would get when this case is not approved."""
    said = {"toelichting": toelichting, "eerste_gesprek_voor": verzoek.gesprek_ahead(today)}
    return bericht.render(bericht_feiten(verzoek, BerichtSoort.NIET_GOEDGEKEURD, url=url, **said))
