"""The words to a schuldeiser or gemachtigde. Facts in, the frozen message out."""

from datetime import date

from portal.domain.errors import RuleBroken
from portal.domain.kennisgeving import KennisgevingFeiten, Soort
from portal.models.sealed import fold
from portal.texts.sjablonen import fill_in, spreker
from portal.texts.tekst import Tekst
from portal.texts.veilig import cleaned, single_line

SJABLOON = "kennisgeving/v1"

ONDERWERPEN = {Soort.KENNISGEVING: "Kennisgeving", Soort.BEEINDIGING: "Einde pauze"}
"""The kinds that can be written now, and how their subject begins. Each has a .txt and a .html template."""

MAX_ONDERWERP = 140
"""Signs. Assumption: longer subjects are cut off in a list of mail anyway."""

_PARAGRAPHS = frozenset({"postadres", "ontvanger_postadres"})
_NOT_IN_SUBJECT = ("schuld",)


class SoortZonderSjabloon(RuleBroken):
    """There are no words for this kind of message yet."""


def render(feiten: KennisgevingFeiten, *, informatie_url: str) -> Tekst:
    """The message to one recipient. `informatie_url` explains what a pause is. Raises SoortZonderSjabloon."""
    if feiten.soort not in ONDERWERPEN:
        raise SoortZonderSjabloon(feiten.soort)
    facts = cleaned(feiten, paragraphs=_PARAGRAPHS)
    onderwerp = _onderwerp(facts)
    afzender = spreker(facts.afzender.organisatie, facts.afzender.gemeente)
    values = {"feiten": facts, "spreker": afzender, "informatie_url": informatie_url, "onderwerp": onderwerp}
    name = f"{SJABLOON}/{facts.soort}"
    return Tekst(
        onderwerp=onderwerp,
        tekst=fill_in(f"{name}.txt", **values),
        html=fill_in(f"{name}.html", **values),
        sjabloon=SJABLOON,
    )


def _onderwerp(feiten: KennisgevingFeiten) -> str:
    """Kenmerk and the recipient's own references: enough to file it, nothing about the person."""
    begin = f"{ONDERWERPEN[feiten.soort]} {feiten.kenmerk}"
    own = [each.referentie for each in feiten.verwijzingen if each.referentie]
    neutral = [referentie for referentie in dict.fromkeys(own) if _is_neutral(referentie, feiten)]
    return single_line(f"{begin} – uw kenmerk {', '.join(neutral)}" if neutral else begin, MAX_ONDERWERP)


def _is_neutral(referentie: str, feiten: KennisgevingFeiten) -> bool:
    """A reference that somebody made from a name, a date of birth or a postcode stays in the message itself."""
    bare, betrokkene = fold(referentie), feiten.betrokkene
    names = [fold(part) for part in betrokkene.achternaam.split()]
    told = [*_NOT_IN_SUBJECT, *(name for name in names if len(name) > 2), fold(betrokkene.postcode or "")]
    return not any(word and word in bare for word in [*told, *_spellings(betrokkene.geboren_on)])


def _spellings(day: date) -> list[str]:
    """A day as it is written in digits, with nothing between them."""
    return [day.strftime(form) for form in ("%d%m%Y", "%Y%m%d", "%d%m%y")]
