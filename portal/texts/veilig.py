"""Text from people made fit for a message: no control characters, no marks that turn the reading direction.

A line break in a subject would be a new header; a direction mark makes a reference read as another one.
"""

import unicodedata
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

MAX_LINE = 200
"""Signs in one line of a message. Assumption: longer than any name, reference or address."""

MAX_PARAGRAPHS = 4000
"""Signs in a text of more lines, such as an explanation."""

_TO_SPACE = {"Cc", "Zl", "Zp"}
_DROPPED = {"Cf", "Cs", "Cn", "Co"}

Facts = TypeVar("Facts")


def single_line(text: str, max: int = MAX_LINE) -> str:
    """One line of at most `max` signs: every run of white space is one space."""
    return _shortened(" ".join(_visible(text).split()), max)


def multi_line(text: str, max: int = MAX_PARAGRAPHS) -> str:
    """As single_line per line; more than one empty line becomes one."""
    lines = [single_line(line, max) for line in text.splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return _shortened("\n".join(kept).strip(), max)


def left_to_right(text: str) -> str:
    """Between the marks of Unicode that keep it in one direction, also among words from right to left."""
    return f"\u2066{text}\u2069" if text else ""


def any_direction(text: str) -> str:
    """Between the marks of Unicode that keep it apart from the words around it, whichever way it reads itself."""
    return f"\u2068{text}\u2069"


def cleaned(facts: Facts, *, paragraphs: frozenset[str] = frozenset()) -> Facts:
    """The same dataclass with every text in it made safe; fields named in `paragraphs` keep their lines."""
    values = {
        each.name: _clean(getattr(facts, each.name), paragraphs, each.name in paragraphs)
        for each in fields(facts)  # type: ignore[arg-type]
    }
    return replace(facts, **values)  # type: ignore[type-var]


def _clean(value: Any, paragraphs: frozenset[str], keeps_lines: bool) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return multi_line(value) if keeps_lines else single_line(value)
    if isinstance(value, tuple):
        return tuple(_clean(item, paragraphs, keeps_lines) for item in value)
    if is_dataclass(value):
        return cleaned(value, paragraphs=paragraphs)
    return value


def _visible(text: str) -> str:
    kinds = ((sign, unicodedata.category(sign)) for sign in text)
    return "".join(" " if kind in _TO_SPACE else sign for sign, kind in kinds if kind not in _DROPPED)


def _shortened(text: str, max: int) -> str:
    return text if len(text) <= max else text[: max - 1].rstrip() + "…"
