"""What is proposed from the text of a letter: only what is clear, and nothing about the reader."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import brieflezen
from portal.domain.brieflezen.partijen import MAX_NAME
from portal.domain.bsn import contains_bsn

LETTER = """
Brouwer Gerechtsdeurwaarders
De heer M. Jansen
Singel 200
2801 AB GOUDA
Ons kenmerk:            2026/BR/05512
BSN:                    123456782
Geachte heer Jansen,
Namens onze opdrachtgever Stroomhuis B.V. vragen wij u te betalen.
Hoofdsom                                        € 100,00
Rente                                           € 10,50
Totaal te betalen                               € 110,50
Met vriendelijke groet,
Brouwer Gerechtsdeurwaarders
"""


def test_a_plain_letter_is_understood() -> None:
    lezing = brieflezen.read(LETTER)
    assert lezing.afzenders[0] == "Brouwer Gerechtsdeurwaarders"
    assert lezing.namens == "Stroomhuis B.V."
    assert lezing.kenmerk == "2026/BR/05512"
    assert lezing.bedrag_cents == 110_50


@pytest.mark.parametrize(
    ("text", "kenmerk"),
    [
        ("Uw kenmerk: 4711\nOns kenmerk: A-2026-12", "A-2026-12"),
        ("Datum          Klantnummer          Factuurnummer\n3 mei 2026     40018274          2026118830", "40018274"),
        ("Uw kenmerk     Ons kenmerk     Datum\n-     HA/26/3391     3 mei 2026", "HA/26/3391"),
        ("Dossier               4402817", "4402817"),
        ("Vermeld daarbij uw klantnummer 118204.", "118204"),
        ("Referentie cliënt P-2025-0181", None),
        ("Ons kenmerk: 12-03-2026", None),
        ("BSN: 123456782", None),
        ("Ons kenmerk: 1234.56.782.T.26.4", None),
        ("Klantnummer\nGeachte heer,", None),
        ("Bel ons op 088 000 00 00", None),
    ],
)
def test_a_number_counts_by_its_label_and_never_when_it_may_be_a_bsn(text: str, kenmerk: str | None) -> None:
    assert brieflezen.read(text).kenmerk == kenmerk


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("Betaal € 1.234,- voor 3 mei.", 1234_00),
        ("Uw saldo is 119,98 euro. Daarvan is 10,00 euro aan kosten.", 119_98),
        ("U betaalt € 95,00 per maand. De schuld is nu nog € 2.166,00.", 2166_00),
        ("Boete   € 184,00\nVerhoging   € 92,00\nKosten   € 9,00\nSamen   € 285,00", 285_00),
        ("De premie is € 148,75 per maand. De kosten zijn € 40,00.", None),
        ("U kreeg € 12,00 en daarna € 14,00.", None),
        ("Hoofdsom   1.200,00\nRente   31,20\nTotaal   1.231,20", 1231_20),
        ("De rente is 4,00 % of 12,00 procent.", None),
        ("Dit kost € 0,00.", None),
        ("Bel 088 000 00 00.", None),
    ],
)
def test_the_amount_is_the_one_that_is_to_be_paid_or_none(text: str, cents: int | None) -> None:
    assert brieflezen.read(text).bedrag_cents == cents


def test_a_letter_is_never_from_whom_it_is_to() -> None:
    text = "De heer M. Jansen\nSingel 200\n2801 AB GOUDA\nJansen Mohammed\nVitens N.V."
    assert set(brieflezen.read(text, persoon=["Jansen"]).afzenders) == {"Vitens N.V."}


@pytest.mark.parametrize("number", ["123456782", "1234.56.782"])
def test_a_name_with_a_number_that_may_be_a_bsn_is_nobodys(number: str) -> None:
    text = f"Vordering Zorgkantoor {number} B.V.\nWaterbedrijf {number} Nederland\nNamens Zorgkantoor {number} Zuid"
    lezing = brieflezen.read(text)
    assert not any(contains_bsn(name) for name in (*lezing.afzenders, lezing.namens or ""))


def test_a_sentence_of_capitals_before_a_legal_form_is_no_name() -> None:
    assert brieflezen.read("Betaal aan " + "Zorg Kantoor " * 3 + "B.V.").afzenders[0].endswith("Zorg Kantoor B.V.")
    assert all(
        len(name) <= MAX_NAME for name in brieflezen.read("Betaal aan " + "Zorg Kantoor " * 10 + "B.V.").afzenders
    )


def test_a_client_is_named_only_by_who_collects() -> None:
    assert brieflezen.read("Gemeente Gouda\nnamens het college van Gouda").namens is None
    assert brieflezen.read("Voordeel Bank\nDit is namens Jan.").namens is None


@given(st.text(alphabet=st.sampled_from("aZ9 €,.-:\n/&BV"), max_size=400))
def test_any_text_gives_a_proposal_without_a_bsn(text: str) -> None:
    lezing = brieflezen.read(text)
    assert len(lezing.afzenders) <= 5
    assert not any(contains_bsn(name) for name in (*lezing.afzenders, lezing.namens or "", lezing.kenmerk or ""))
    assert lezing.bedrag_cents is None or lezing.bedrag_cents > 0


@pytest.mark.parametrize(
    "piece", ["Aa ", "9.", "A9 ", "€ 9 ", "€ 9 € 8 ", "B.V. ", "De & ", "namens A en ", "nog ", "kenmerk 9A "]
)
def test_a_page_full_of_one_thing_takes_no_longer_than_a_letter(piece: str) -> None:
    began = time.perf_counter()
    brieflezen.read("\n".join([piece * 200] * 1000))
    assert time.perf_counter() - began < 5
