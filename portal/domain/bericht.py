"""The messages that are no Kennisgeving, to a hulpvrager or a schuldeiser, and the facts that may be in one.

When somebody else reads the mail (`meelezen`), the mail says only that there is a message; the facts are on the
status page. A schuldeiser reads nothing about the person.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.beantwoording import GeenMedewerking
from portal.domain.status import Antwoord


class BerichtSoort(StrEnum):
    """Why the hulpvrager or a schuldeiser is written to."""

    TOEGANGSLINK = "toegangslink"
    ONTVANGEN = "ontvangen"
    DOORGESTUURD = "doorgestuurd"
    AANVULLING_GEVRAAGD = "aanvulling_gevraagd"
    GOEDGEKEURD = "goedgekeurd"
    VERLENGD = "verlengd"
    NIET_GOEDGEKEURD = "niet_goedgekeurd"
    INGETROKKEN = "ingetrokken"
    BEEINDIGD = "beeindigd"
    BIJNA_AFGELOPEN = "bijna_afgelopen"
    AFGELOPEN = "afgelopen"
    ANTWOORD_ONTVANGEN = "antwoord_ontvangen"


AAN_SCHULDEISER = frozenset({BerichtSoort.ANTWOORD_ONTVANGEN})
"""Messages that a schuldeiser gets, never the hulpvrager."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BerichtFeiten:
    """Everything that one message to a hulpvrager says. Empty text and None mean: not said.

    `gemeente`, `organisatie` and `telefoon` are empty for a concept without a gemeente. `url` leads to the sign-in
    page, or for a toegangslink to the link itself, which lives `link_minutes`. `per_mail`: the hulpvrager gave no
    telephone number, so the gemeente does not call but mails. `naar_gemeente` has the request from now on.
    `met_bewijs`: the Bewijs van aanmelding is attached.
    `deel`: what is said is true of some schuldeisers only.
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
    antwoord_voor: date | None = None
    naar_gemeente: str = ""
    naar_telefoon: str = ""
    vraag: str = ""
    toelichting: str = ""
    was_goedgekeurd: bool = False
    met_bewijs: bool = False
    deel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OntvangstFeiten:
    """Everything that the receipt of an answer says: nothing about the person, and nothing that somebody typed.

    `referenties` are the schuldeiser's own, as they stood in the Kennisgeving; `naar` is the name of a party of the
    directory, or empty. Without `url` there is no link (any more) to change the answer with.
    """

    kenmerk: str
    referenties: tuple[str, ...]
    gemeente: str
    organisatie: str
    telefoon: str
    antwoord: Antwoord
    reden: GeenMedewerking | None
    tot_en_met: date | None
    naar: str
    ontvangen_on: date
    is_nagekomen: bool
    te_wijzigen_tot: date
    url: str
