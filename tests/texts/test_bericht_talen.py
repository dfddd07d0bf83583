"""What a hulpvrager reads in another language, with the Dutch beside it."""

import re
from gettext import NullTranslations

import pytest

from portal.domain.bericht import AAN_SCHULDEISER, BerichtSoort
from portal.domain.taal import Taal
from portal.models.links import wegwijzers
from portal.texts import kennisgeving as kennisgeving_text
from portal.texts import talen
from portal.texts.bericht import blokken, render
from tests.texts.feiten import bericht, kennisgeving
from tests.texts.lezen import faults, html_words, words

KINDS = [kind for kind in BerichtSoort if kind not in AAN_SCHULDEISER]
VERTAALD = [taal for taal in Taal if taal is not Taal.NL]
GETYPT = ["Wat is uw klantnummer?", "U hebt al een regeling."]
URL = "https://pauzeknop.example/terug"

every_kind = pytest.mark.parametrize("soort", KINDS)
every_language = pytest.mark.parametrize("taal", VERTAALD)

BRANCHES = [
    {},
    {"per_mail": True, "dreigend": True, "met_bewijs": True, "was_goedgekeurd": True, "deel": True},
    {"schuldeisers": 1, "per_post": 0, "deel": True, "contactpersoon": "", "antwoord_voor": None},
    {"eerste_gesprek_voor": None, "toelichting": "", "telefoon": "", "schuldeisers": 2, "per_post": 2},
    {"eerste_gesprek_voor": None, "per_mail": True, "organisatie": "Utrecht", "deel": True, "schuldeisers": 5},
    {"meelezen": True},
]
"""Facts that lead through every branch of the templates."""


@every_language
@every_kind
def test_each_message_is_whole_in_each_language(soort, taal):
    said = render(bericht(soort), taal)
    assert html_words(said.html) == words(said.tekst)
    assert list(faults(said.html, taal)) == []
    assert f'<a href="{URL}">' in said.html
    assert said.tekst_nl == render(bericht(soort)).tekst


@every_language
def test_a_link_without_a_gemeente_is_whole_in_each_language(taal):
    facts = bericht(BerichtSoort.TOEGANGSLINK, gemeente="", organisatie="", telefoon="", contactpersoon="")
    said = render(facts, taal)
    with talen.speaking(taal):
        assert said.onderwerp == talen.gettext("Uw link")
    assert URL in said.tekst


@every_language
@every_kind
@pytest.mark.parametrize("changes", BRANCHES)
def test_no_paragraph_is_as_in_dutch_but_what_was_typed(soort, taal, changes):
    said = render(bericht(soort, **changes), taal)
    both = [lines for kind, lines in blokken(said.tekst) if (kind, lines) in blokken(said.tekst_nl or "")]
    assert [line for lines in both for line in lines if line not in GETYPT] == []


class Bracketed(NullTranslations):
    """Every sentence between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, more: str, number: int) -> str:
        return f"⟦{more}⟧"


@every_kind
@pytest.mark.parametrize("changes", BRANCHES)
def test_every_sentence_was_given_to_be_translated(soort, changes, monkeypatch):
    monkeypatch.setattr(talen, "catalog", lambda taal: Bracketed() if taal is Taal.EN else NullTranslations())
    said = render(bericht(soort, **changes), Taal.EN)
    for text in (said.onderwerp, said.tekst):
        left = re.sub(r"⟦[^⟦⟧]*⟧", "", text).replace(URL, "")
        for typed in GETYPT:
            left = left.replace(typed, "")
        assert words(left) == []


def test_dutch_needs_no_dutch_beside_it():
    assert render(bericht(BerichtSoort.ONTVANGEN), Taal.NL).tekst_nl is None


@every_language
def test_dates_are_written_as_in_the_language(taal):
    facts = bericht(BerichtSoort.GOEDGEKEURD)
    with talen.speaking(taal):
        first, last = talen.weekday(facts.start_on), talen.weekday(facts.eind_on)
    tekst = render(facts, taal).tekst
    assert first in tekst
    assert last in tekst
    assert "juni" not in tekst
    assert ".." not in tekst


@every_language
@pytest.mark.parametrize("soort", [BerichtSoort.AANVULLING_GEVRAAGD, BerichtSoort.NIET_GOEDGEKEURD])
def test_what_was_typed_stays_as_it_is_and_is_marked_as_dutch(soort, taal):
    typed = "Eerst dit.\n\n- een\n- twee"
    said = render(bericht(soort, vraag=typed, toelichting=typed), taal)
    assert typed in said.tekst
    assert '<p lang="nl" dir="ltr">Eerst dit.</p>' in said.html
    assert '<ul lang="nl" dir="ltr">' in said.html
    assert said.html.count('lang="nl"') == 2
    assert 'lang="nl" dir' not in render(bericht(soort, vraag=typed, toelichting=typed)).html


@pytest.mark.parametrize("soort", [BerichtSoort.ONTVANGEN, BerichtSoort.DOORGESTUURD])
def test_the_groups_of_a_telephone_number_keep_their_order_among_arabic_words(soort):
    facts = bericht(soort)
    number = facts.naar_telefoon if soort is BerichtSoort.DOORGESTUURD else facts.telefoon
    assert f"\u2066{number}\u2069" in render(facts, Taal.AR).tekst
    assert f" {number}" in render(facts, Taal.PL).tekst
    assert "\u2066" not in (render(facts, Taal.AR).tekst_nl or "")


NOT_SAID = {
    Taal.EN: ("debt", "creditor", "pause", "municipality", "request"),
    Taal.AR: ("ديون", "دائن", "مهلة", "بلدية", "طلب"),
    Taal.TR: ("borç", "alacaklı", "ara ", "belediye", "başvuru"),
    Taal.PL: ("dług", "wierzyciel", "przerw", "gmin", "wnios"),
    Taal.UK: ("борг", "кредитор", "пауз", "муніципалітет", "звернення"),
}


@every_language
@every_kind
def test_where_somebody_reads_along_nothing_is_told_in_any_language(soort, taal):
    said = render(bericht(soort, meelezen=True), taal)
    text = f"{said.onderwerp}\n{said.tekst}\n{said.tekst_nl}".replace(URL, "").casefold()
    for word in (*NOT_SAID[taal], "utrecht", "stadsbank", "030", "anna", "pk-h4x", "klantnummer", "regeling"):
        assert word not in text


def test_the_proof_is_said_to_be_dutch_only_in_another_language():
    facts = bericht(BerichtSoort.ONTVANGEN, met_bewijs=True)
    assert "The proof is in Dutch" in render(facts, Taal.EN).tekst
    assert "in het Nederlands" not in render(facts).tekst


@every_language
def test_what_is_spoken_around_it_changes_no_dutch_message(taal):
    """A hulpvrager who withdraws on an Arabic page makes messages to schuldeisers."""
    facts = kennisgeving()
    links = wegwijzers("https://pauzeknop.example", facts)
    to_party = kennisgeving_text.render(facts, links)
    to_person = render(bericht(BerichtSoort.INGETROKKEN))
    with talen.speaking(taal):
        assert kennisgeving_text.render(facts, links) == to_party
        assert render(bericht(BerichtSoort.INGETROKKEN)) == to_person
        assert talen.spoken() is taal
