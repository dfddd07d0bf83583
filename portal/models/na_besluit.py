"""What is done to a pauzeverzoek after its approval, and the mending of a fact: each returns an event."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from portal.domain import events
from portal.domain.errors import GeenToestemming, NotAllowed
from portal.domain.status import Move
from portal.models.pauzeverzoek import Pauzeverzoek


def add_recipients(verzoek: Pauzeverzoek, now: datetime, ontvangers: int) -> events.OntvangersAdded:
    """Tell more schuldeisers of a pause that runs. Needs the hulpvrager's toestemming."""
    if verzoek.toestemming is None:
        raise GeenToestemming(str(verzoek.id))
    verzoek.move(Move.ADD, now)
    return events.OntvangersAdded(keten=verzoek.id, ontvangers=ontvangers)


def extend(verzoek: Pauzeverzoek, now: datetime, tot_en_met: date, ontvangers: int) -> events.PauzeExtended:
    """Schuldeisers are asked for longer, at most until this day. The last day of the longest pause follows."""
    verzoek.move(Move.EXTEND, now)
    verzoek.eind_on = max(verzoek.eind_on or tot_en_met, tot_en_met)
    return events.PauzeExtended(keten=verzoek.id, eind_on=verzoek.eind_on, tot_en_met=tot_en_met, ontvangers=ontvangers)


def correct(verzoek: Pauzeverzoek, secties: Mapping[str, dict[str, Any]], now: datetime) -> tuple[str, ...]:
    """Mend facts of the person after filing; returns which were wrong. Lifting a secret address is another act: raises
    NotAllowed.
    """
    was, where = verzoek.persoon, verzoek.adres
    verzoek.move(Move.CORRECT, now)
    verzoek.antwoorden = {**verzoek.antwoorden, **secties}
    persoon, adres = verzoek.persoon, verzoek.adres
    if where.geheim and not adres.geheim:
        raise NotAllowed("a secret address stays secret")
    verzoek.index()
    pairs = {
        "naam": (was.naam, persoon.naam),
        "geboortedatum": (was.geboren_on, persoon.geboren_on),
        "adres": (where, adres),
    }
    return tuple(name for name, (before, after) in pairs.items() if before != after)


def corrected(verzoek: Pauzeverzoek, velden: tuple[str, ...], ontvangers: int) -> events.PauzeverzoekCorrected:
    """What the trail keeps of it: which facts, never the values."""
    return events.PauzeverzoekCorrected(keten=verzoek.id, velden=velden, eind_on=verzoek.eind_on, ontvangers=ontvangers)
