"""The Bewijs van aanmelding: proof for an energy supplier, among others, that somebody asked a gemeente for schuldhulp.

It says that somebody did, when and where: nothing of schulden, and nothing of what was decided.
"""

from dataclasses import dataclass
from datetime import date

from portal.domain.kennisgeving import Afzender


@dataclass(frozen=True, slots=True, kw_only=True)
class AanmeldbewijsFeiten:
    """Everything that one says. Dates are Dutch calendar days."""

    kenmerk: str
    naam: str
    geboren_on: date | None
    meldingsdatum: date
    afzender: Afzender
