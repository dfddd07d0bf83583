"""What people type, and what is made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.hulpvrager import invoer


@pytest.mark.parametrize(
    "typed", ["3511AB", "3511 ab", " 3511  Ab ", "35 11 A B", "3511-ab", "3511.AB", "3511\u00a0ab", "٣٥١١ AB"]
)
def test_a_postcode_may_be_typed_in_any_way(typed: str) -> None:
    assert invoer.postcode(typed) == "3511 AB"


@pytest.mark.parametrize(
    "typed", ["", "0511 AB", "3511", "3511 A", "3511 ABC", "3511 SA", "3511 SS", "AB 3511", "Utrecht"]
)
def test_what_is_no_postcode_is_refused(typed: str) -> None:
    assert invoer.postcode(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", ("12", "")),
        ("12bis", ("12", "bis")),
        ("12 - 3", ("12", "3")),
        ("1 A", ("1", "A")),
        ("99999", ("99999", "")),
    ],
)
def test_a_huisnummer_is_split_from_its_addition(typed: str, read: tuple[str, str]) -> None:
    assert invoer.huisnummer(typed) == read


@pytest.mark.parametrize("typed", ["", "0", "A1", "-3", "012", "bis"])
def test_what_is_no_huisnummer_is_refused(typed: str) -> None:
    assert invoer.huisnummer(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0612345678", "06 12345678"),
        ("06-12 34 56 78", "06 12345678"),
        ("+31 6 12345678", "06 12345678"),
        ("+31 (0)6 12345678", "06 12345678"),
        ("0031612345678", "06 12345678"),
        ("(030) 123 45 67", "0301234567"),
        ("+32 470 12.34.56", "+32470123456"),
        ("0049 30 1234567", "+49301234567"),
        ("tel: 06/12.34.56.78", "06 12345678"),
        ("Mob. 06 – 12345678", "06 12345678"),
        ("tel:+31612345678", "06 12345678"),
        ("٠٦ ١٢٣٤٥٦٧٨", "06 12345678"),
        ("۰۶۱۲۳۴۵۶۷۸", "06 12345678"),
    ],
)
def test_a_telephone_number_may_be_typed_in_any_way(typed: str, read: str) -> None:
    assert invoer.telefoon(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "12", "061234567", "06123456789", "0900 1234567", "0012", "+31", "bel mij", "+0123456789"]
)
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    assert invoer.telefoon(typed) is None


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1234", 123400),
        ("€ 1.234,-", 123400),
        ("1234,50", 123450),
        ("1.234,50", 123450),
        ("1,234.50", 123450),
        ("1234.5", 123450),
        ("1 234", 123400),
        ("12.500", 1250000),
        ("1.234.567,89", 123456789),
        ("EUR 20", 2000),
        ("20 euro", 2000),
        ("20,--", 2000),
        ("0", 0),
        ("€0,05", 5),
        ("1.234", 123400),
        ("1.234,-", 123400),
        ("€\u00a01.234,50", 123450),
        ("150,- euro", 15000),
        ("1234,=", 123400),
        ("ongeveer 500", 50000),
        ("ca. € 500,00", 50000),
        ("€ ongeveer 1.200", 120000),
        ("±750", 75000),
        ("~ 80 euro", 8000),
        ("rond de 300", 30000),
        ("٥٠", 5000),
        ("١٬٢٣٤٫٥٠", 123450),
        ("۱۲۳", 12300),
    ],
)
def test_an_amount_may_be_written_as_people_do(typed: str, cents: int) -> None:
    assert invoer.bedrag_cents(typed) == cents


@pytest.mark.parametrize(
    "typed", ["", "veel", "-5", "1,2,3", "1.23.4", "12,345,6", "1e9", "99999999999", "²", "circavijf", "50 per maand"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert invoer.bedrag_cents(typed) is None


@given(st.integers(min_value=0, max_value=invoer.MAX_CENTS))
def test_an_amount_put_back_into_its_box_is_read_again(cents: int) -> None:
    assert invoer.bedrag_cents(invoer.written_bedrag(cents)) == cents


@given(st.text(max_size=200))
def test_no_text_makes_a_reader_stumble(text: str) -> None:
    invoer.postcode(text)
    invoer.huisnummer(text)
    invoer.telefoon(text)
    invoer.bedrag_cents(text)
    invoer.voorletters(text)
    invoer.is_unknown(text)
    invoer.email(text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("F", "F."),
        ("FA", "F.A."),
        ("f.a.", "F.A."),
        ("Fatma", "F."),
        ("Fatma Amina", "F.A."),
        ("Chr.", "Chr."),
        ("", ""),
    ],
)
def test_initials_say_no_more_than_a_schuldeiser_needs(typed: str, read: str) -> None:
    assert invoer.voorletters(typed) == read


@pytest.mark.parametrize("typed", ["Weet ik niet", "weet niet.", "?", "-", "geen idee", "onbekend"])
def test_not_knowing_is_an_answer(typed: str) -> None:
    assert invoer.is_unknown(typed)


@pytest.mark.parametrize(
    "typed", ["a@b.nl", " a @ b.nl", "a@b.nl.", "<a@b.nl>", "mailto:a@b.nl", "a\u00a0@b.nl", "a@b.nl;"]
)
def test_an_address_may_come_with_what_stood_around_it(typed: str) -> None:
    assert invoer.email(typed) == "a@b.nl"
