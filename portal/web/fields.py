"""Form fields that WTForms does not have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

if TYPE_CHECKING:
    from wtforms.meta import _MultiDictLikeWithGetlist

PARTS = ("dag", "maand", "jaar")

# People who type on a keyboard may write the month as a word, whole or shortened.
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


class DagMaandJaarField(Field):
    """A date in three boxes; `data` is a date or None, and `dag`, `maand` and `jaar` keep what was typed.

    The boxes are named `<name>-dag`, `<name>-maand` and `<name>-jaar`. Three empty boxes are "not filled in",
    so that InputRequired and Optional work as they do on other fields.
    """

    # Field.widget stays unset: the macro `date` writes the boxes.

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.dag = self.maand = self.jaar = ""
        self._refused: tuple[str, ...] = ()
        super().__init__(*args, **kwargs)

    def process(
        self, formdata: _MultiDictLikeWithGetlist | None, data: Any = unset_value, extra_filters: Any = None
    ) -> None:
        typed = _typed(formdata, self.name) if formdata is not None else None
        filled = typed is not None and any(typed)
        self._refused = ()
        super().process(MultiDict({self.name: typed}) if filled else None, data, extra_filters)
        if typed is not None and not filled:
            self.process_data(None)
        # Validators look at the first raw value only: joined, an empty day alone is not an empty date.
        self.raw_data = ["-".join(typed)] if typed and filled else []

    def pre_validate(self, form: BaseForm) -> None:
        """What could not be read needs no second sentence about being out of range."""
        if self.process_errors:
            raise StopValidation

    def process_data(self, value: date | None) -> None:
        self.data = value
        self.dag, self.maand, self.jaar = _written(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if not valuelist:
            return
        self.dag, self.maand, self.jaar = valuelist
        self.data = None
        self.data = self._read()

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The boxes to mark; an error that is about the date as a whole marks all three."""
        if not self.errors:
            return ()
        return self._refused or PARTS

    @property
    def focus_id(self) -> str:
        """Where the error summary leads: the first box that is wrong."""
        return f"{self.id}-{(self.wrong_parts or PARTS)[0]}"

    def _read(self) -> date:
        missing = tuple(part for part in PARTS if not getattr(self, part))
        if missing:
            raise self._refusal(missing, f"Vul ook {_and_list(missing)} in.")
        if (day := _number(self.dag, upto=31)) is None:
            raise self._refusal(("dag",), "Vul bij de dag een getal in van 1 tot en met 31.")
        if (month := _month(self.maand)) is None:
            raise self._refusal(("maand",), "Vul bij de maand een getal in van 1 tot en met 12.")
        if len(self.jaar) != 4 or (year := _number(self.jaar, upto=9999)) is None:
            raise self._refusal(("jaar",), "Vul het jaar in met 4 cijfers, bijvoorbeeld 1985.")
        try:
            return date(year, month, day)
        except ValueError:
            sentence = "Deze datum bestaat niet. Kijk de dag en de maand na."
            raise self._refusal(("dag", "maand"), sentence) from None

    def _refusal(self, parts: tuple[str, ...], sentence: str) -> ValueError:
        self._refused = parts
        return ValueError(sentence)


def _typed(formdata: _MultiDictLikeWithGetlist, name: str) -> list[str] | None:
    """The three boxes as sent, or None when the page did not have them."""
    names = [f"{name}-{part}" for part in PARTS]
    if not any(box in formdata for box in names):
        return None
    return ["".join(formdata.getlist(box)[:1]).strip() for box in names]


def _written(value: date | None) -> tuple[str, str, str]:
    return (str(value.day), str(value.month), f"{value.year:04}") if value else ("", "", "")


def _number(typed: str, *, upto: int) -> int | None:
    """1..upto, or None. The digits of an Arabic keyboard are decimal too, and int() understands them."""
    if not typed.isdecimal() or len(typed) > len(str(upto)):
        return None
    number = int(typed)
    return number if 1 <= number <= upto else None


def _month(typed: str) -> int | None:
    word = typed.rstrip(".").casefold()
    if word == "mrt":
        return 3
    named = [number for number, name in enumerate(_MONTHS, start=1) if len(word) >= 3 and name.startswith(word)]
    return named[0] if named else _number(typed, upto=12)


def _and_list(parts: Sequence[str]) -> str:
    words = [("het " if part == "jaar" else "de ") + part for part in parts]
    return words[0] if len(words) == 1 else " en ".join((", ".join(words[:-1]), words[-1]))
