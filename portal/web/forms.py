"""The base of every form: Dutch sentences, limits on the server, no control characters, nothing typed is lost."""

import unicodedata
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid5

from flask import g
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, FileField, HiddenField, ValidationError
from wtforms.validators import DataRequired

from portal.domain.bsn import contains_bsn
from portal.domain.email import is_email
from portal.texts.talen import gettext, lazy

MAX_LINE = 120
"""Characters in a one-line answer, unless a field says otherwise."""

MAX_TEXT = 2000
"""Characters in an answer of several lines."""

MAX_MARKS = 30
"""Combining marks on one sign. Source: Unicode Standard Annex 15, stream-safe text format."""

TYPED = "typed"
"""Where a request keeps what was sent with a page that no longer counts, so that its form shows it again."""

_BIDI = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b"))
_NO_TEXT = frozenset({"Cc", "Cs", "Cn"})  # control characters, half characters, and what is no character at all


class HouseForm(FlaskForm):
    """A form to which everything that is sent is cleaned the same way: also what a checkbox or a date box holds."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            sent = super().wrap_formdata(form, formdata)
            if sent is None and formdata is not None:
                sent = g.get(TYPED)
            if not sent:
                return sent
            pairs = ((name, each) for name in sent for each in sent.getlist(name))
            return MultiDict([(name, _taken(form, name, each)) for name, each in pairs])


def _taken(form: Any, name: str, sent: Any) -> Any:
    """Cleaned text, or a file where the form asks for one; a file in the place of a word is nothing."""
    if isinstance(sent, str):
        return clean(sent)
    return sent if name in form and isinstance(form[name], FileField) else ""


def clean(typed: str | None) -> str | None:
    """Composed characters, no invisible direction marks, no other control characters but line ends, no space around."""
    if typed is None:
        return None
    composed = (
        unicodedata.normalize("NFC", _stream_safe(typed)).translate(_BIDI).replace("\r\n", "\n").replace("\r", "\n")
    )
    return "".join(sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in _NO_TEXT).strip()


def _stream_safe(typed: str) -> str:
    """Without the marks that no language piles on one sign: composing them takes time by the square of their number."""
    if typed.isascii():
        return typed
    kept, marks = [], 0
    for sign in typed:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MAX_MARKS:
            kept.append(sign)
    return "".join(kept)


def required(message: str) -> DataRequired:
    """The answer is needed; `message` says what to fill in."""
    return DataRequired(message)


class OneLine:
    """At most `maximum` characters, on one line."""

    def __init__(self, maximum: int = MAX_LINE, what: str = lazy("Dit antwoord")) -> None:
        self.maximum, self.what = maximum, what

    def __call__(self, form: Any, field: Field) -> None:
        text = field.data or ""
        if "\n" in text:
            raise ValidationError(gettext("%(what)s past op één regel. Haal de nieuwe regels weg.", what=self.what))
        if len(text) > self.maximum:
            raise ValidationError(
                gettext(
                    "%(what)s is te lang. Gebruik hoogstens %(maximum)s tekens.", what=self.what, maximum=self.maximum
                )
            )


class MaxText:
    """At most `maximum` characters, on several lines."""

    def __init__(self, maximum: int = MAX_TEXT, what: str = lazy("Uw tekst")) -> None:
        self.maximum, self.what = maximum, what

    def __call__(self, form: Any, field: Field) -> None:
        if len(field.data or "") > self.maximum:
            raise ValidationError(
                gettext(
                    "%(what)s is te lang. Gebruik hoogstens %(maximum)s tekens.", what=self.what, maximum=self.maximum
                )
            )


class ZonderBsn:
    """No number that may be a BSN: the text goes out in a message."""

    def __call__(self, form: Any, field: Field) -> None:
        if contains_bsn(field.data or ""):
            raise ValidationError(
                gettext("Hierin staat een nummer dat een BSN kan zijn. Een BSN mag niet in een bericht.")
            )


class EmailAddress:
    """Looks like an e-mail address that a mail server would take."""

    def __call__(self, form: Any, field: Field) -> None:
        if not is_email(field.data or ""):
            raise ValidationError(gettext("Dit is geen geldig e\u2011mailadres. Bijvoorbeeld: naam@voorbeeld.nl"))


class MerkForm(HouseForm):
    """A page with a mark of its own, so that sending it twice adds one thing."""

    merk = HiddenField(validators=[OneLine(64)], default=lambda: token_hex(16))

    def row_id(self, belongs_to: UUID) -> UUID:
        """The id of what this page adds there, whatever stands on it."""
        return uuid5(belongs_to, self.merk.data or "")
