"""The date in three boxes."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.web import dates
from portal.web.fields import AHEAD_YEARS, DagMaandJaarField
from portal.web.forms import clean


def not_in_future(_form: Form, field: DagMaandJaarField) -> None:
    if field.data > date(2027, 1, 1):
        raise ValidationError("Deze datum ligt in de toekomst.")


class Vraag(Form):
    geboren = DagMaandJaarField(ahead_years=0, validators=[InputRequired("Vul uw geboortedatum in."), not_in_future])
    ontruiming = DagMaandJaarField(validators=[Optional()])


def sent(dag: str, maand: str, jaar: str, name: str = "geboren") -> Vraag:
    form = Vraag(MultiDict({f"{name}-dag": dag, f"{name}-maand": maand, f"{name}-jaar": jaar}))
    form.validate()
    return form


@given(st.dates(max_value=date(2027, 1, 1)))
def test_every_date_comes_back_as_it_was_typed(day: date) -> None:
    field = sent(str(day.day), str(day.month), f"{day.year:04}").geboren
    assert field.data == day
    assert not field.errors


def signs(*boxes: str) -> list[str]:
    """Every letter and digit: a whole date in one box is spread, its order may change."""
    return sorted(sign for sign in "".join(boxes) if sign.isalnum())


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_anything_typed_is_kept_and_never_breaks(dag: str, maand: str, jaar: str) -> None:
    field = sent(dag, maand, jaar).geboren
    assert signs(field.dag, field.maand, field.jaar) == signs(dag, maand, jaar)
    assert bool(field.errors) == (field.data is None or field.data > date(2027, 1, 1))


@pytest.mark.parametrize("maand", ["2", "02", "februari", "Feb", "feb.", "٢"])
def test_a_month_may_be_a_number_or_a_word(maand: str) -> None:
    assert sent("9", maand, "1985").geboren.data == date(1985, 2, 9)


@pytest.mark.parametrize(
    ("typed", "sentence", "wrong"),
    [
        (("", "2", "1985"), "Vul ook de dag in.", ("dag",)),
        (("9", "", ""), "Vul ook de maand en het jaar in.", ("maand", "jaar")),
        (("32", "2", "1985"), "Vul bij de dag een getal in van 1 tot en met 31.", ("dag",)),
        (("negen", "2", "1985"), "Vul bij de dag een getal in van 1 tot en met 31.", ("dag",)),
        (("9", "13", "1985"), "Vul bij de maand een getal in van 1 tot en met 12.", ("maand",)),
        (("9", "ma", "1985"), "Vul bij de maand een getal in van 1 tot en met 12.", ("maand",)),
        (("9", "2", "985"), "Vul het jaar in met 4 cijfers, bijvoorbeeld 1985.", ("jaar",)),
        (("31-2-1985", "", ""), "Deze datum bestaat niet. Kijk de dag en de maand na.", ("dag", "maand")),
        (("3 meu 1985", "", ""), "Vul bij de maand een getal in van 1 tot en met 12.", ("maand",)),
        (("3 mei", "", ""), "Vul ook de maand en het jaar in.", ("maand", "jaar")),
        (("9", "2", "0000"), "Vul het jaar in met 4 cijfers, bijvoorbeeld 1985.", ("jaar",)),
        (("31", "2", "1985"), "Deze datum bestaat niet. Kijk de dag en de maand na.", ("dag", "maand")),
        (("2", "2", "2027"), "Deze datum ligt in de toekomst.", ("dag", "maand", "jaar")),
        (("", "", ""), "Vul uw geboortedatum in.", ("dag", "maand", "jaar")),
    ],
)
def test_one_sentence_tells_what_is_wrong_and_where(
    typed: tuple[str, str, str], sentence: str, wrong: tuple[str, ...]
) -> None:
    field = sent(*typed).geboren
    assert list(field.errors) == [sentence]
    assert field.wrong_parts == wrong
    assert field.focus_id == f"geboren-{wrong[0]}"


@pytest.mark.parametrize(
    "typed",
    [
        "3 mei 1980", "3-5-80", "03/05/1980", "3.5.1980", "3 - 5 - 1980", "3 mei '80", "1980-05-03", "03051980",
        "zaterdag 3 mei 1980", "3 Mei, 1980", "٣/٥/١٩٨٠", "۳-۵-۸۰", "3\u00a0mei\u00a01980",
    ],
)  # fmt: skip
@pytest.mark.parametrize("box", [0, 2])
def test_a_whole_date_in_one_box_is_read(typed: str, box: int) -> None:
    boxes = ["", "", ""]
    boxes[box] = typed
    field = sent(boxes[0], boxes[1], boxes[2]).geboren
    assert field.data == date(1980, 5, 3), field.errors
    assert field.dag.lstrip("0٠") in {"3", "٣", "۳"}


@pytest.mark.parametrize(("jaar", "read"), [("80", 1980), ("27", 2027), ("28", 1928), ("00", 2000)])
def test_two_digits_are_the_last_year_that_has_been(jaar: str, read: int) -> None:
    assert dates.year(jaar, date(2027, 2, 1), 0) == read


@pytest.mark.parametrize(("jaar", "read"), [("27", 2027), ("37", 2037), ("38", 1938), ("99", 1999)])
def test_two_digits_of_a_plan_lie_ahead(jaar: str, read: int) -> None:
    assert dates.year(jaar, date(2027, 2, 1), AHEAD_YEARS) == read


def test_an_optional_date_may_stay_empty_but_not_half_empty() -> None:
    assert not sent("", "", "", name="ontruiming").ontruiming.errors
    assert list(sent("", "3", "", name="ontruiming").ontruiming.errors) == ["Vul ook de dag en het jaar in."]


def test_a_saved_date_is_shown_and_can_be_emptied() -> None:
    saved = {"ontruiming": date(2027, 3, 1)}
    shown = Vraag(None, data=saved).ontruiming
    assert (shown.dag, shown.maand, shown.jaar, shown.data) == ("1", "3", "2027", date(2027, 3, 1))
    names = {"ontruiming-dag": "", "ontruiming-maand": "", "ontruiming-jaar": ""}
    emptied = Vraag(MultiDict(names), data=saved).ontruiming
    assert (emptied.dag, emptied.data) == ("", None)


@pytest.mark.parametrize("typed", ["e\u0301", "Đặng Thị Ánh", "مُحَمَّد", "a" + "\u0300" * 30])
def test_a_sign_keeps_the_marks_that_languages_give_it(typed: str) -> None:
    assert clean(typed) == unicodedata.normalize("NFC", typed)


def test_a_heap_of_marks_on_one_sign_is_not_composed() -> None:
    """Two kinds of marks, half and half, is what takes longest to put in order."""
    cleaned = clean("a" + "\u0300" * 60_000 + "\u0316" * 60_000)
    assert cleaned is not None
    assert len(cleaned) <= 31
