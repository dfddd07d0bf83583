"""The words to a hulpvrager: calm, 'u', one next step with a date and a telephone number.

Each message is written once, as plain text; its HTML is the same text in paragraphs, so they cannot differ. It is in
the language that the hulpvrager chose, and then once more in Dutch for the hulpverlener. What a hulpverlener typed
stays as it is.
"""

from dataclasses import replace
from typing import TypeAlias

from portal.domain.bericht import BerichtFeiten, BerichtSoort
from portal.domain.taal import Taal
from portal.texts.sjablonen import fill_in_taal, is_same
from portal.texts.talen import gettext, speaking
from portal.texts.tekst import Tekst
from portal.texts.veilig import cleaned, left_to_right, single_line

SJABLOON = "bericht/v1"

MAX_URL = 2000
"""Signs: a link with a signed token is longer than a line of words, and half a link leads nowhere."""

_PARAGRAPHS = frozenset({"vraag", "toelichting"})

Blokken: TypeAlias = list[tuple[str, list[str]]]


def render(feiten: BerichtFeiten, taal: Taal = Taal.NL) -> Tekst:
    """The message to the hulpvrager, in this language."""
    facts = replace(cleaned(feiten, paragraphs=_PARAGRAPHS), url=single_line(feiten.url, MAX_URL))
    dutch = _tekst(facts, Taal.NL)
    if taal is Taal.NL:
        return _whole(facts, taal, dutch, None)
    return _whole(facts, taal, _tekst(facts, taal), dutch)


def _tekst(feiten: BerichtFeiten, taal: Taal) -> str:
    name = "meelezen" if feiten.meelezen else str(feiten.soort)
    facts = _one_way(feiten) if taal.richting == "rtl" else feiten
    with speaking(taal):
        return fill_in_taal(taal, f"{SJABLOON}/{name}.txt", feiten=facts, spreker=_spreker(facts))


def _whole(feiten: BerichtFeiten, taal: Taal, tekst: str, tekst_nl: str | None) -> Tekst:
    with speaking(taal):
        onderwerp = _onderwerp(feiten)
    html = fill_in_taal(
        taal,
        f"{SJABLOON}/bericht.html",
        onderwerp=onderwerp,
        blokken=blokken(tekst),
        nederlands=dutch_blokken(tekst_nl),
        url=feiten.url,
        nummers=[feiten.telefoon, feiten.naar_telefoon],
    )
    return Tekst(onderwerp=onderwerp, tekst=tekst, html=html, sjabloon=SJABLOON, tekst_nl=tekst_nl)


def blokken(tekst: str) -> Blokken:
    """The paragraphs: ('lijst', items) where every line begins with a dash, else ('alinea', lines).

    A list may follow at once on the line that introduces it.
    """
    found: Blokken = []
    for paragraph in tekst.strip().replace(":\n- ", ":\n\n- ").split("\n\n"):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        is_list = all(line.startswith("- ") for line in lines)
        found.append(("lijst", [line[2:] for line in lines]) if is_list else ("alinea", lines))
    return found


def dutch_blokken(tekst_nl: str | None) -> Blokken:
    """The paragraphs of the Dutch text beside a translated one: one that stands in both was typed by a hulpverlener."""
    return blokken(tekst_nl) if tekst_nl else []


def _onderwerp(feiten: BerichtFeiten) -> str:
    """Says little, and nothing at all where somebody else reads the mail."""
    if feiten.meelezen:
        return gettext("Er staat een bericht voor u klaar")
    if feiten.soort is BerichtSoort.TOEGANGSLINK:
        return gettext("Uw link")
    if not feiten.gemeente:
        return gettext("Bericht voor u")
    return single_line(gettext("Bericht van gemeente %(gemeente)s", gemeente=feiten.gemeente))


def _spreker(feiten: BerichtFeiten) -> str:
    """Who speaks, as `sjablonen.spreker` says it in Dutch."""
    gemeente, organisatie = feiten.gemeente, feiten.organisatie
    if not gemeente:
        return ""
    if is_same(organisatie, gemeente):
        return gettext("gemeente %(gemeente)s", gemeente=gemeente)
    return gettext("%(organisatie)s namens gemeente %(gemeente)s", organisatie=organisatie, gemeente=gemeente)


def _one_way(feiten: BerichtFeiten) -> BerichtFeiten:
    """Telephone numbers between marks: among Arabic words their groups would be read from right to left."""
    return replace(feiten, telefoon=left_to_right(feiten.telefoon), naar_telefoon=left_to_right(feiten.naar_telefoon))
