"""The letter: what is in the file, for people, for machines and for archives."""

import io
import json
import re
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from portal.delivery import brief
from portal.domain.kennisgeving import Dossierverwijzing
from portal.models.links import wegwijzers
from portal.texts.kennisgeving import SJABLOON, render
from tests.texts.feiten import AFZENDER, BETROKKENE, kennisgeving
from tests.texts.lezen import words
from tests.texts.test_kennisgeving import BASE_URL, every_variant

ADRES = "Energie & Zo BV\nt.a.v. Bijzonder Beheer\nPostbus 9\n1000 AA Amsterdam"

IN_THE_LETTERHEAD = {"aan", "datum", "afzender", "e-mail", "post"}
"""Names of rows that the letter shows without their name."""


def typeset(feiten):
    return brief.typeset(SJABLOON, feiten, wegwijzers(BASE_URL, feiten))


def opened(feiten) -> PdfReader:
    return PdfReader(io.BytesIO(typeset(feiten).pdf), strict=True)


def text_of(reader: PdfReader) -> str:
    return " ".join(page.extract_text() for page in reader.pages).replace("\u200b", "")


@every_variant
def test_the_letter_says_what_the_mail_says_on_one_page(feiten):
    reader = opened(feiten)
    assert len(reader.pages) == 1
    said = "".join(words(text_of(reader)))
    mail = render(feiten, wegwijzers(BASE_URL, feiten)).tekst
    assert [word for word in words(mail) if word not in said and word not in IN_THE_LETTERHEAD] == []


def test_the_file_keeps_for_ever_and_reads_aloud():
    root = opened(kennisgeving()).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "nl-NL"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part(>|=\")3", xmp)
    assert re.search(r"pdfaid:conformance(>|=\")A", xmp)
    assert re.search(r"pdfuaid:part(>|=\")1", xmp)
    kinds = set(structure(root["/StructTreeRoot"]))
    assert {"/Document", "/H1", "/H2", "/L", "/LI", "/Lbl", "/LBody", "/P", "/Figure", "/Link"} <= kinds


def structure(node):
    """The kinds of every element of the tag tree."""
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from structure(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from structure(node["/K"])


def test_every_figure_has_words_and_every_font_is_in_the_file():
    reader = opened(kennisgeving())
    figures = [node for node in nodes(reader.trailer["/Root"]["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
    assert len(figures) == 2
    assert all("QR-code" in figure["/Alt"] for figure in figures)
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "SourceSansPro" in descriptor["/FontName"]
        assert "/FontFile3" in descriptor


def nodes(node):
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from nodes(each)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from nodes(node["/K"])


def test_the_codes_lead_to_the_check_with_all_filled_in_and_to_the_answer():
    feiten = kennisgeving()
    ways = wegwijzers(BASE_URL, feiten)
    said = [n["/Alt"] for n in nodes(opened(feiten).trailer["/Root"]["/StructTreeRoot"]) if n.get("/S") == "/Figure"]
    check = f"{BASE_URL}/controleren?kenmerk=PK-H4X-9TQ-27F&code={ways.controlecode}"
    assert [each.rpartition(": ")[2] for each in said] == [check, ways.antwoord_url]


@every_variant
def test_the_facts_are_attached_as_data(feiten):
    made = typeset(feiten)
    reader = PdfReader(io.BytesIO(made.pdf))
    assert {name: list(files) for name, files in reader.attachments.items()} == {"kennisgeving.json": [made.gegevens]}
    [spec] = [each.get_object() for each in reader.trailer["/Root"]["/AF"]]
    assert spec["/AFRelationship"] == "/Data"
    assert json.loads(made.gegevens)["kenmerk"] == feiten.kenmerk


def test_the_title_and_the_date_are_those_of_the_message():
    metadata = opened(kennisgeving()).metadata
    assert metadata.title == "Kennisgeving: pauze van de incasso PK-H4X-9TQ-27F"
    assert metadata.author == "Stadsbank Midden namens gemeente Utrecht"
    assert metadata.creation_date.date() == date(2027, 2, 9)


def test_the_same_facts_are_the_same_bytes_whatever_was_made_between():
    first = typeset(kennisgeving())
    assert typeset(kennisgeving(kenmerk="PK-VPN-RT7-DCT")) != first
    assert typeset(kennisgeving()) == first


def test_the_address_stands_behind_the_window():
    """45 to 85 mm from the top and 20 to 110 mm from the left, whatever its length."""
    seen = {}

    def note(text, matrix, *rest):
        seen[text.strip()] = (matrix[4] / 72 * 25.4, 297 - matrix[5] / 72 * 25.4)

    opened(kennisgeving(ontvanger_postadres=ADRES)).pages[0].extract_text(visitor_text=note)
    for line in ADRES.splitlines():
        across, down = seen[line]
        assert 20 <= across <= 30
        assert 45 <= down <= 85


def test_many_references_and_long_names_run_on_to_a_next_page():
    many = tuple(Dossierverwijzing(referentie=f"DOSSIER-{n}-" + "X" * 120, namens="Energie & Zo BV") for n in range(40))
    feiten = kennisgeving(verwijzingen=many, betrokkene=replace(BETROKKENE, achternaam="Żółkiewska-Şahin " * 9))
    reader = opened(feiten)
    assert len(reader.pages) > 1
    assert "DOSSIER-39-" in text_of(reader)
    assert f"Pagina {len(reader.pages)} van {len(reader.pages)}" in text_of(reader)


HOSTILE = st.text(alphabet=st.characters(), min_size=1, max_size=60) | st.sampled_from(
    [
        '#import "x"',
        "$x$ *dik* _schuin_",
        "\\u{1F600} 😀 漢字 عربي",
        "@label <label>",
        "= kop",
        "#panic()",
        "\u202eom",
        "`raw`",
    ]
)


@settings(max_examples=40, deadline=None)
@given(hostile=HOSTILE)
def test_hostile_facts_stay_words(hostile):
    feiten = kennisgeving(
        ontvanger=hostile,
        ontvanger_postadres=hostile,
        betrokkene=replace(BETROKKENE, achternaam=hostile, huisnummer=hostile),
        verwijzingen=(Dossierverwijzing(referentie=hostile, namens=hostile),),
        afzender=replace(AFZENDER, **{each.name: hostile for each in fields(AFZENDER)}),
    )
    assert typeset(feiten).pdf.startswith(b"%PDF-1.7")


def test_markup_is_shown_as_it_is():
    said = text_of(opened(kennisgeving(verwijzingen=(Dossierverwijzing(referentie="#panic() *x* $y$", namens=None),))))
    assert "#panic() *x* $y$" in said


@pytest.mark.parametrize(("typed", "shown"), [("Żółkiewska", "Żółkiewska"), ("e\u0301", "é"), ("漢", "?")])
def test_a_sign_that_the_typeface_lacks_is_a_question_mark(typed, shown):
    feiten = kennisgeving(betrokkene=replace(BETROKKENE, achternaam=f"Xx{typed}Xx"))
    assert f"Xx{shown}Xx" in text_of(opened(feiten))
    assert typed in json.loads(typeset(feiten).gegevens)["klant"]["achternaam"]


def test_the_lines_of_the_organisatie_stand_under_its_name_and_at_the_end():
    lines = {"briefhoofd": "Afdeling Schuldhulp\nKvK 12345678", "ondertekening": "Met groet,\nTeam Midden"}
    reader = opened(kennisgeving(afzender=replace(AFZENDER, **lines)))
    said = text_of(reader)
    at = [said.index(line) for text in lines.values() for line in text.splitlines()]
    assert at == sorted(at)
    assert at[0] < said.index("PK-H4X-9TQ-27F") < at[2] < said.index("Is dit bericht niet voor u bestemd?")
    assert len(reader.pages) == 1
