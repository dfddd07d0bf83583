"""The DDAS export: the aanmeldingen of a period as one JSON file, and in the trail that it was made."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from portal import clock
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import NotFound
from portal.domain.roles import Actor
from portal.models import Organisatie
from portal.queries import ddas as cases
from portal.texts import ddas


def export_ddas(
    session: ScopedSession, *, vanaf: date, tot_en_met: date, leverancier: str, naam: str | None = None
) -> bytes:
    """The file of every organisatie, or of the one with this name; each finds its own entry in the trail.

    `leverancier` is the code that the receiver gave to who runs the portal. Raises NotFound.
    """
    delivering = [each for each in cases.organisaties(session) if naam in (None, each.naam)]
    if not delivering:
        raise NotFound("organisatie")
    leveringen = [
        ddas.levering(
            teller,
            organisatie,
            [ddas.traject(*case) for case in cases.aanmeldingen(session, organisatie.id, vanaf, tot_en_met)],
        )
        for teller, organisatie in enumerate(delivering, start=1)
    ]
    whole = ddas.bestand(leveringen, vanaf=vanaf, tot_en_met=tot_en_met, made_at=clock.now(), leverancier=leverancier)
    made = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    _record(session, delivering, leveringen, vanaf, tot_en_met, made)
    return made


def _record(
    session: ScopedSession,
    delivering: Sequence[Organisatie],
    leveringen: Sequence[ddas.Deel],
    vanaf: date,
    tot_en_met: date,
    made: bytes,
) -> None:
    with unit_of_work(session, Actor.systeem()) as work:
        for organisatie, levering in zip(delivering, leveringen, strict=True):
            work.record(
                events.DdasExported(
                    keten=organisatie.id,
                    vanaf=vanaf,
                    tot_en_met=tot_en_met,
                    aanmeldingen=len(levering["schuldhulptrajecten"]),
                    sha256=hashlib.sha256(made).hexdigest(),
                )
            )
