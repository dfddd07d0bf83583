"""The messages to a hulpvrager and the facts that may be in one.

When somebody else reads the mail (`meelezen`), the mail says only that there is a message; the facts are on the
status page.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BerichtSoort(StrEnum):
    """Why the hulpvrager is written to."""

    TOEGANGSLINK = "toegangslink"
    ONTVANGEN = "ontvangen"
    AANVULLING_GEVRAAGD = "aanvulling_gevraagd"
    GOEDGEKEURD = "goedgekeurd"
    NIET_GOEDGEKEURD = "niet_goedgekeurd"
    INGETROKKEN = "ingetrokken"
    BEEINDIGD = "beeindigd"
    AFGELOPEN = "afgelopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtFeiten:
    """Everything that one message to a hulpvrager says. Empty text and None mean: not said.

    `gemeente`, `organisatie` and `telefoon` are empty for a concept without a gemeente. `url` leads to the sign-in
    page, or for a toegangslink to the link itself, which lives `link_minutes`. `per_mail`: the hulpvrager gave no
    telephone number, so the gemeente does not call but mails. `met_bewijs`: the Bewijs van aanmelding is attached.
    """

    soort: BerichtSoort
    kenmerk: str
    gemeente: str
    organisatie: str
    telefoon: str
    contactpersoon: str
    meelezen: bool
    url: str
    per_mail: bool = False
    link_minutes: int | None = None
    eerste_gesprek_voor: date | None = None
    dreigend: bool = False
    start_on: date | None = None
    eind_on: date | None = None
    schuldeisers: int = 0
    per_post: int = 0
    vraag: str = ""
    toelichting: str = ""
    was_goedgekeurd: bool = False
    met_bewijs: bool = False
