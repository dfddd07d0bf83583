"""The words to a hulpvrager: calm, 'u', one next step with a date and a telephone number.

Each message is written once, as plain text; its HTML is the same text in paragraphs, so they cannot differ.
"""

from dataclasses import replace
from typing import TypeAlias

from portal.domain.bericht import BerichtFeiten, BerichtSoort
from portal.texts.sjablonen import fill_in, spreker
from portal.texts.tekst import Tekst
from portal.texts.veilig import cleaned, single_line

SJABLOON = "bericht/v1"

ONDERWERP_MEELEZEN = "Er staat een bericht voor u klaar"
"""Says nothing: somebody else reads the mail."""

MAX_URL = 2000
"""Signs: a link with a signed token is longer than a line of words, and half a link leads nowhere."""

_PARAGRAPHS = frozenset({"vraag", "toelichting"})

Blokken: TypeAlias = list[tuple[str, list[str]]]


def render(feiten: BerichtFeiten) -> Tekst:
    """The message to the hulpvrager."""
    facts = replace(cleaned(feiten, paragraphs=_PARAGRAPHS), url=single_line(feiten.url, MAX_URL))
    onderwerp = _onderwerp(facts)
    name = "meelezen" if facts.meelezen else str(facts.soort)
    afzender = spreker(facts.organisatie, facts.gemeente) if facts.gemeente else ""
    tekst = fill_in(f"{SJABLOON}/{name}.txt", feiten=facts, spreker=afzender)
    html = fill_in(f"{SJABLOON}/bericht.html", onderwerp=onderwerp, blokken=blokken(tekst), url=facts.url)
    return Tekst(onderwerp=onderwerp, tekst=tekst, html=html, sjabloon=SJABLOON)


def blokken(tekst: str) -> Blokken:
    """The paragraphs: ('lijst', items) where every line begins with a dash, else ('alinea', lines)."""
    found: Blokken = []
    for paragraph in tekst.strip().split("\n\n"):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        is_list = all(line.startswith("- ") for line in lines)
        found.append(("lijst", [line[2:] for line in lines]) if is_list else ("alinea", lines))
    return found


def _onderwerp(feiten: BerichtFeiten) -> str:
    if feiten.meelezen:
        return ONDERWERP_MEELEZEN
    if feiten.soort is BerichtSoort.TOEGANGSLINK:
        return "Uw link"
    return single_line(f"Bericht van gemeente {feiten.gemeente}") if feiten.gemeente else "Bericht voor u"
