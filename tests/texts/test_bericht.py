"""What a hulpvrager reads."""

import re
from datetime import date

import pytest

from portal.domain.bericht import AAN_SCHULDEISER, BerichtSoort
from portal.texts.bericht import blokken, render
from portal.texts.sjablonen import TEMPLATES
from tests.texts.feiten import bericht
from tests.texts.lezen import faults, html_words, words

every_kind = pytest.mark.parametrize("soort", [kind for kind in BerichtSoort if kind not in AAN_SCHULDEISER])
LINK = "https://pauzeknop.example/terug"


@every_kind
@pytest.mark.parametrize("meelezen", [False, True])
def test_text_and_html_say_the_same_and_the_html_is_sound(soort, meelezen):
    tekst = render(bericht(soort, meelezen=meelezen))
    assert html_words(tekst.html) == words(tekst.tekst)
    assert list(faults(tekst.html)) == []
    assert f'<a href="{LINK}">' in tekst.html


@every_kind
def test_the_subject_says_nothing(soort):
    onderwerp = render(bericht(soort)).onderwerp
    assert onderwerp == ("Uw link" if soort is BerichtSoort.TOEGANGSLINK else "Bericht van gemeente Utrecht")


@every_kind
def test_where_somebody_reads_along_nothing_is_told(soort):
    tekst = render(bericht(soort, meelezen=True))
    assert tekst.onderwerp == "Er staat een bericht voor u klaar"
    said = (tekst.tekst + tekst.html).replace(LINK, "").lower()
    for word in (
        "schuld",
        "pauze",
        "gemeente",
        "utrecht",
        "stadsbank",
        "030",
        "anna",
        "verzoek",
        "pk-h4x",
        "regeling",
        "klantnummer",
    ):
        assert word not in said


@every_kind
def test_plain_words_only(soort):
    tekst = render(bericht(soort, dreigend=True)).tekst.lower()
    for word in ("u dient", "indien", "afgewezen", "afwijzing", "weigering", "beschikking", "moratorium", "aanvraag"):
        assert word not in tekst
    longest = max(re.split(r"[.?!:]\s|\n", tekst.replace(LINK, "")), key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= 20, longest


@every_kind
def test_there_is_a_number_to_call(soort):
    called = "035 629 21 11" if soort is BerichtSoort.DOORGESTUURD else "030 286 52 11"
    assert called in render(bericht(soort)).tekst


def test_received_says_who_calls_before_when_and_what_to_keep_paying():
    tekst = render(bericht(BerichtSoort.ONTVANGEN)).tekst
    assert "Uiterlijk dinsdag 9 maart 2027 belt iemand van gemeente Utrecht u." in tekst
    assert "De pauze is er nu nog niet." in tekst
    for bill in ("huur of hypotheek", "energie", "water", "zorgpremie"):
        assert f"- {bill}" in tekst
    assert "Blijf deze rekeningen altijd betalen:" in tekst


def test_haste_is_acknowledged_only_where_there_is_any():
    assert "haast" in render(bericht(BerichtSoort.ONTVANGEN, dreigend=True)).tekst
    assert "haast" not in render(bericht(BerichtSoort.ONTVANGEN)).tekst


def test_approved_says_what_runs_on_and_promises_nothing():
    tekst = render(bericht(BerichtSoort.GOEDGEKEURD)).tekst
    assert "begint op dinsdag 9 februari 2027 en duurt tot en met woensdag 9 juni 2027" in tekst
    assert "De andere schuldeisers hebben wij het gevraagd. Zij kiezen zelf." in tekst
    assert "Anders kiest hij zelf." in render(bericht(BerichtSoort.GOEDGEKEURD, schuldeisers=1)).tekst
    assert "beslag dat er al is" in tekst
    assert "14 berichten" in tekst
    assert "er 1 per post" in tekst
    assert "Uiterlijk dinsdag 9 maart 2027 belt iemand van gemeente Utrecht u." in tekst


def test_who_gave_no_telephone_number_is_not_promised_a_call():
    for soort in (BerichtSoort.ONTVANGEN, BerichtSoort.AANVULLING_GEVRAAGD, BerichtSoort.NIET_GOEDGEKEURD):
        tekst = render(bericht(soort, per_mail=True)).tekst
        assert "Uiterlijk dinsdag 9 maart 2027 mailt iemand van gemeente Utrecht u." in tekst
        assert "belt iemand" not in tekst


def test_one_message_and_no_letter():
    tekst = render(bericht(BerichtSoort.GOEDGEKEURD, schuldeisers=1, per_post=0)).tekst
    assert "Wij sturen 1 bericht aan uw schuldeiser of incassobureau.\n" in tekst
    assert "per post" not in tekst


def test_not_approved_begins_with_help():
    tekst = render(bericht(BerichtSoort.NIET_GOEDGEKEURD)).tekst
    assert "Geen pauze. Wel hulp: wij bellen u." in tekst
    assert "U hebt al een regeling." in tekst
    assert "Uiterlijk dinsdag 9 maart 2027 belt iemand" in tekst
    assert "U praat met Anna de Boer, of met een collega. Uw vraag om hulp blijft staan." in tekst


def test_a_date_that_has_passed_is_not_promised_again():
    assert "Uiterlijk" not in render(bericht(BerichtSoort.NIET_GOEDGEKEURD, eerste_gesprek_voor=None)).tekst


def test_withdrawing_tells_whether_schuldeisers_hear_of_it():
    assert "Wij vertellen niets aan uw schuldeisers" in render(bericht(BerichtSoort.INGETROKKEN)).tekst
    assert (
        "Wij vertellen dit aan de schuldeisers" in render(bericht(BerichtSoort.INGETROKKEN, was_goedgekeurd=True)).tekst
    )


def test_an_early_end_has_its_date():
    assert (
        "Uw pauze stopt op maandag 1 maart 2027."
        in render(bericht(BerichtSoort.BEEINDIGD, eind_on=date(2027, 3, 1))).tekst
    )


def test_a_link_without_a_gemeente_needs_no_telephone():
    tekst = render(
        bericht(BerichtSoort.TOEGANGSLINK, gemeente="", organisatie="", telefoon="", contactpersoon="")
    ).tekst
    assert "30 minuten" in tekst
    assert "Bel" not in tekst


def test_a_long_link_stays_whole():
    url = "https://pauzeknop.example/terug/" + "x" * 600
    assert url in render(bericht(BerichtSoort.TOEGANGSLINK, url=url)).tekst


def test_a_question_keeps_its_paragraphs_and_cannot_become_html():
    tekst = render(
        bericht(BerichtSoort.AANVULLING_GEVRAAGD, vraag="Eerst dit.\n\n<b>Dan\u202e dat.</b>\r\nhttps://kwaad.example")
    )
    assert "Eerst dit.\n\n<b>Dan dat.</b>\nhttps://kwaad.example" in tekst.tekst
    assert "&lt;b&gt;Dan dat.&lt;/b&gt;" in tekst.html
    assert 'href="https://kwaad.example"' not in tekst.html


def test_every_template_is_used():
    names = {path.stem for path in (TEMPLATES / "bericht" / "v1").glob("*.txt")}
    assert names == {*map(str, BerichtSoort), "meelezen", "_deel"}


def test_a_list_right_after_the_line_that_introduces_it_is_a_list():
    assert blokken("Dit vertellen wij niet:\n- uw schuld;\n- waarom.\n\nDag\n- niet hierna") == [
        ("alinea", ["Dit vertellen wij niet:"]),
        ("lijst", ["uw schuld;", "waarom."]),
        ("alinea", ["Dag", "- niet hierna"]),
    ]
