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

from portal import clock
from portal.texts.talen import gettext, lazy
from portal.web import dates

if TYPE_CHECKING:
    from wtforms.meta import _MultiDictLikeWithGetlist

PARTS = ("dag", "maand", "jaar")

_MISSING = {
    ("dag",): lazy("Vul ook de dag in."),
    ("maand",): lazy("Vul ook de maand in."),
    ("jaar",): lazy("Vul ook het jaar in."),
    ("dag", "maand"): lazy("Vul ook de dag en de maand in."),
    ("dag", "jaar"): lazy("Vul ook de dag en het jaar in."),
    ("maand", "jaar"): lazy("Vul ook de maand en het jaar in."),
}
"""The sentence for the boxes that are empty while another is filled in."""

AHEAD_YEARS = 10
"""How far the year may lie ahead that is written with two digits. Assumption: no plan for schulden runs longer."""


class DagMaandJaarField(Field):
    """A date in three boxes; `data` is a date or None, and `dag`, `maand` and `jaar` keep what was typed.

    The boxes are named `<name>-dag`, `<name>-maand` and `<name>-jaar`. Three empty boxes are "not filled in",
    so that InputRequired and Optional work as they do on other fields. A whole date in one box is spread over all.
    A year of two digits is the last one that is at most `ahead_years` ahead: 0 for a date that has been.
    """

    # Field.widget stays unset: the macro `date` writes the boxes.

    def __init__(self, *args: Any, ahead_years: int = AHEAD_YEARS, **kwargs: Any) -> None:
        self.ahead_years = ahead_years
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
        self.dag, self.maand, self.jaar = dates.spread(valuelist)
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
            raise self._refusal(missing, _MISSING[missing])
        if (day := dates.number(self.dag, upto=31)) is None:
            raise self._refusal(("dag",), gettext("Vul bij de dag een getal in van 1 tot en met 31."))
        if (month := dates.month(self.maand)) is None:
            raise self._refusal(("maand",), gettext("Vul bij de maand een getal in van 1 tot en met 12."))
        if (year := dates.year(self.jaar, clock.today(), self.ahead_years)) is None:
            raise self._refusal(("jaar",), gettext("Vul het jaar in met 4 cijfers, bijvoorbeeld 1985."))
        try:
            return date(year, month, day)
        except ValueError:
            sentence = gettext("Deze datum bestaat niet. Kijk de dag en de maand na.")
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
