"""The words to a member of staff who may choose a password."""

from dataclasses import dataclass, replace
from datetime import datetime

from babel.dates import format_datetime

from portal.clock import NEDERLAND
from portal.texts.bericht import MAX_URL, blokken
from portal.texts.sjablonen import fill_in
from portal.texts.tekst import Tekst
from portal.texts.veilig import cleaned, single_line

SJABLOON = "uitnodiging/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class UitnodigingFeiten:
    """Everything that the mail says. `is_herstel`: there was an account already."""

    naam: str
    organisatie: str
    url: str
    expires_at: datetime
    is_herstel: bool


def render(feiten: UitnodigingFeiten) -> Tekst:
    """The mail to the member of staff. The subject names nobody."""
    facts = replace(cleaned(feiten), url=single_line(feiten.url, MAX_URL))
    onderwerp = "Kies een nieuw wachtwoord" if facts.is_herstel else "Uw account voor de Pauzeknop"
    name = "herstel" if facts.is_herstel else "nieuw"
    tekst = fill_in(f"uitnodiging/v1/{name}.txt", feiten=facts, tot=_moment(facts.expires_at))
    html = fill_in("bericht/v1/bericht.html", onderwerp=onderwerp, blokken=blokken(tekst), url=facts.url)
    return Tekst(onderwerp=onderwerp, tekst=tekst, html=html, sjabloon=SJABLOON)


def _moment(value: datetime) -> str:
    """'donderdag 4 februari om 10:15', Dutch time."""
    return format_datetime(value, "EEEE d MMMM 'om' HH:mm", tzinfo=NEDERLAND, locale="nl")
