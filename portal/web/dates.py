"""Dates as people write them, with the months as numbers or Dutch words. Pure; None means: cannot be read."""

import re
from collections.abc import Sequence
from datetime import date

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_BETWEEN = re.compile(r"[\s\-–/.,'’]+")
_DAY, _MONTH, _YEAR = slice(0, 2), slice(2, 4), slice(4, 8)  # of eight digits without anything between them


def spread(boxes: Sequence[str]) -> tuple[str, str, str]:
    """Day, month and year. A whole date in one box, the others empty, is taken apart: '3-5-80', 'zondag 3 mei 1980'."""
    day, month, year = boxes
    filled = [box for box in boxes if box]
    parts = _parts(filled[0]) if len(filled) == 1 else []
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (day, month, year)


def _parts(typed: str) -> list[str]:
    if len(typed) == 8 and typed.isdecimal():
        return [typed[_DAY], typed[_MONTH], typed[_YEAR]]
    parts = [part for part in _BETWEEN.split(typed) if part]
    if len(parts) == 4 and parts[0].casefold() in _WEEKDAYS:
        parts = parts[1:]
    return parts[::-1] if parts and len(parts[0]) == 4 else parts


def number(typed: str, *, upto: int) -> int | None:
    """1..upto. The digits of an Arabic keyboard are decimal too, and int() understands them."""
    if not typed.isdecimal() or len(typed) > len(str(upto)):
        return None
    found = int(typed)
    return found if 1 <= found <= upto else None


def month(typed: str) -> int | None:
    """A number, or the name of the month, whole or shortened."""
    word = typed.rstrip(".").casefold()
    if word == "mrt":
        return 3
    named = [at for at, name in enumerate(_MONTHS, start=1) if len(word) >= 3 and name.startswith(word)]
    return named[0] if named else number(typed, upto=12)


def year(typed: str, today: date, ahead_years: int) -> int | None:
    """Four digits, or the last two of a year that is at most so many years ahead."""
    if len(typed) == 4:
        return number(typed, upto=9999)
    if len(typed) != 2 or not typed.isdecimal():
        return None
    latest = today.year + ahead_years
    return latest - (latest - int(typed)) % 100
