"""What a schuldeiser can answer, in the words of the Schuldenknooppunt, and how long a Kennisgeving holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.domain.duur import MAX_MAANDEN, eind_on
from portal.domain.email import is_email
from portal.domain.errors import AntwoordOngeldig
from portal.domain.status import Antwoord

TEKSTEN = ("naar_naam", "contactpersoon", "telefoon", "email", "referentie")
"""The fields that somebody typed."""

MAX_REGEL = 120
"""Signs in a name, telephone number, e-mail address or reference of an answer."""


class GeenMedewerking(StrEnum):
    """Why a schuldeiser does not join in. There are four reasons in the SKP, and no other."""

    KLANT_ONBEKEND = "klant_onbekend"
    RECENTE_FINALE_KWIJTING = "recente_finale_kwijting"
    RECENTE_POGING_STABILISATIE = "recente_poging_stabilisatie"
    GEEN_SAMENWERKING = "geen_samenwerking"


class Antwoordweg(StrEnum):
    """How an answer came in."""

    LINK = "link"
    API = "api"
    MAIL = "mail"
    HULPVERLENER = "hulpverlener"


class Geldigheid(StrEnum):
    """What a message about a pause is worth on a day."""

    GELDIG = "geldig"
    VERVANGEN = "vervangen"
    INGETROKKEN = "ingetrokken"
    AFGELOPEN = "afgelopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class GegevenAntwoord:
    """One answer as it was given. Empty text and None mean: not said.

    `tot_en_met` belongs to a confirmation (None: as asked), `reden` to geen medewerking. Handed over is to
    `naar_id`, a party of the directory, or to `naar_naam`, one that was typed. The contact and `referentie` are the
    schuldeiser's own, for the rest of the traject.
    """

    antwoord: Antwoord
    tot_en_met: date | None = None
    reden: GeenMedewerking | None = None
    naar_id: UUID | None = None
    naar_naam: str = ""
    contactpersoon: str = ""
    telefoon: str = ""
    email: str = ""
    referentie: str = ""

    def made_whole(self, start_on: date, gevraagd_on: date) -> "GegevenAntwoord":
        """The same answer to a pause asked from `start_on` tot en met `gevraagd_on`. Raises AntwoordOngeldig."""
        whole = self
        if self.antwoord is Antwoord.BEVESTIGD:
            whole = replace(self, tot_en_met=self.tot_en_met or gevraagd_on)
        if (wrong := next(_wrong(whole, start_on), None)) is not None:
            raise AntwoordOngeldig(wrong)
        return whole


def _wrong(whole: GegevenAntwoord, start_on: date) -> Iterator[str]:
    """The fields that miss something, say what belongs to another answer, or cannot be."""
    given, last = whole.antwoord, whole.tot_en_met
    if given is Antwoord.GEEN_REACTIE:
        yield "antwoord"
    in_time = last is None or start_on <= last <= eind_on(start_on, MAX_MAANDEN)
    if (given is Antwoord.BEVESTIGD) != (last is not None) or not in_time:
        yield "tot_en_met"
    if (given is Antwoord.GEEN_MEDEWERKING) != (whole.reden is not None):
        yield "reden"
    if (whole.naar_id is not None) + bool(whole.naar_naam) != (given is Antwoord.OVERGEDRAGEN):
        yield "naar_naam"
    if whole.email and not is_email(whole.email):
        yield "email"
    yield from (name for name in TEKSTEN if len(getattr(whole, name)) > MAX_REGEL)
