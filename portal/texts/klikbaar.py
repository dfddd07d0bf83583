"""What may be pressed in the HTML of a message, and what stays on one line of it."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from portal.domain.kenmerk import ALPHABET

_KENMERK = rf"PK(?:-[{ALPHABET}]{{3}}){{3}}"

_MARK = Markup('<a href="tel:{}" style="white-space:nowrap">{}</a>')
_WHOLE = Markup('<span style="white-space:nowrap">{}</span>')


def klikbaar(regel: str, nummers: Iterable[str] = ()) -> Markup:
    """A line of text for HTML: these telephone numbers can be called, and a kenmerk is not broken over lines."""
    known = [re.escape(nummer) for nummer in nummers if _call(nummer)]
    either = re.compile(rf"({_KENMERK}|(?<![0-9])(?:{'|'.join(known)})(?![0-9]))" if known else f"({_KENMERK})")
    pieces = either.split(regel)  # by turns what stands between and what was found
    found = [_found(piece) if number % 2 else escape(piece) for number, piece in enumerate(pieces)]
    return Markup("").join(found)


def _found(piece: str) -> Markup:
    return _WHOLE.format(piece) if re.fullmatch(_KENMERK, piece) else _MARK.format(_call(piece), piece)


def _call(nummer: str) -> str:
    """The number as a telephone dials it."""
    return re.sub(r"[^0-9+]", "", nummer)
