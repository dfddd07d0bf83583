"""Which language is spoken now, and the words, dates and amounts of it. Dutch is the source of every sentence.

The catalogs are the `.po` files in `portal/translations`, read at their first use. Pages and mails share this module,
because mails are written where there is no request (docs/beslissingen/talen.md).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, SupportsIndex

from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency
from babel.support import Translations
from jinja2 import Environment
from markupsafe import escape

from portal import clock
from portal.domain.taal import Taal
from portal.texts.veilig import any_direction

CATALOGI = Path(__file__).resolve().parents[1] / "translations"

_spoken: ContextVar[Taal] = ContextVar("taal", default=Taal.NL)


# --- which language -------------------------------------------------------------------------------


def spoken() -> Taal:
    """The language of now."""
    return _spoken.get()


def speak(taal: Taal) -> None:
    """Go on in this language."""
    _spoken.set(taal)


@contextmanager
def speaking(taal: Taal) -> Iterator[None]:
    """In this language for a while."""
    before = _spoken.set(taal)
    try:
        yield
    finally:
        _spoken.reset(before)


# --- words ----------------------------------------------------------------------------------------


def gettext(message: str, **values: Any) -> str:
    """The sentence in the language of now, with `values` at its %(name)s; in Dutch where it has no translation."""
    words = catalog(spoken()).gettext(message)
    return words % values if values else words


def ngettext(one: str, more: str, number: int, **values: Any) -> str:
    """The sentence for this number, which may stand in it as %(num)s."""
    words = catalog(spoken()).ngettext(one, more, number)
    return words % {"num": number, **values}


def lazy(message: str, **values: Any) -> str:
    """A sentence that is written down before the language is known: the label of a field."""
    return _Lazy(message, values)


class _Lazy(str):
    """A string that is Dutch, and that is said in the language of the moment wherever it is shown or filled in."""

    message: str
    values: Mapping[str, Any]

    def __new__(cls, message: str, values: Mapping[str, Any]) -> "_Lazy":
        made = super().__new__(cls, message % values if values else message)
        made.message, made.values = message, values
        return made

    def __str__(self) -> str:
        return gettext(self.message, **self.values)

    def __html__(self) -> str:
        return escape(str(self))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __mod__(self, values: Any) -> str:
        return str(str(self) % values)

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        return str(self)[key]

    def format(self, *args: object, **values: object) -> str:
        return str(self).format(*args, **values)


def speak_in(environment: Environment) -> None:
    """`_()`, `ngettext()` and {% trans %} in its templates, with the room around a sentence trimmed."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]


@cache
def catalog(taal: Taal) -> NullTranslations:
    """The words of a language. Dutch needs none."""
    if taal is Taal.NL:
        return NullTranslations()
    with path(taal).open("rb") as source:
        words = read_po(source, locale=taal)
    if taal.richting == "rtl":
        _isolate_places(words)
    compiled = BytesIO()
    write_mo(compiled, words)
    compiled.seek(0)
    return Translations(compiled)


_PLACE = re.compile(r"%\(\w+\)s|\{\}")


def _isolate_places(words: Catalog) -> None:
    """What is filled in keeps an order of its own: else the full stop of 'Bank N.V.' stands before it among Arabic
    words, and a number begins with its last group.
    """
    for message in words:
        if isinstance(message.string, str):
            message.string = _isolated(message.string)
        else:
            message.string = tuple(_isolated(form) for form in message.string or ())


def _isolated(words: str) -> str:
    return _PLACE.sub(lambda place: any_direction(place[0]), words)


def path(taal: Taal) -> Path:
    """Where the catalog of a language is."""
    return CATALOGI / taal / "LC_MESSAGES" / "messages.po"


# --- dates and amounts ----------------------------------------------------------------------------

_DAY = {Taal.UK: "d MMMM y 'року'"}
_WEEKDAY = {Taal.UK: "EEEE, d MMMM y 'року'"}
"""Where the pattern of the language ends in an abbreviation: a sentence would end in two points."""


def day(value: date) -> str:
    """'9 februari 2027'."""
    return format_date(value, _DAY.get(spoken(), "long"), locale=spoken())


def weekday(value: date) -> str:
    """'dinsdag 9 februari 2027'."""
    return format_date(value, _WEEKDAY.get(spoken(), "full"), locale=spoken())


def moment(value: datetime) -> str:
    """'9 februari 2027 om 14:05', Dutch time."""
    here = value.astimezone(clock.NEDERLAND)
    return gettext("%(dag)s om %(tijd)s", dag=day(here.date()), tijd=f"{here:%H:%M}")


def hour(value: datetime) -> str:
    """'14.05 uur', Dutch time."""
    if spoken() is Taal.NL:
        return format_datetime(value, "HH.mm 'uur'", tzinfo=clock.NEDERLAND, locale="nl")
    return f"{value.astimezone(clock.NEDERLAND):%H:%M}"


def euro(cents: int) -> str:
    """'€ 1.234,50'."""
    return format_currency(cents / 100, "EUR", locale=spoken())
