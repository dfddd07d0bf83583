"""The rows of a letter, each cut where there is a column of white; without the specks that look like signs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_ROWS = 300
"""Of a letter. Two full pages have some 120."""

MAX_LENGTH = 250
"""Characters of a row. A row of small print has 150."""

_COLUMN = re.compile(r"\s{3,}|\s*_{2,}\s*|\s+_\s*|\s_(?=\w)")
_SPECKS = " \t|_~«»‘’`*°¦"
_DASHES = {"-", "–", "—", "=", "-="}
TABLE = 3
"""Cells from which a row is one of a table."""

_LEGAL = re.compile(r"\b([BN])[.,‚]? ?V\b[.,‚]?(?![.,]\w)")


def any_of(*patterns: str) -> re.Pattern[str]:
    """One of these, in capitals or not."""
    return re.compile("|".join(patterns), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """`cells`: one or more, none of them empty."""

    cells: Sequence[str]

    @property
    def text(self) -> str:
        return " ".join(self.cells)


def rows_of(text: str) -> Sequence[Row]:
    """The rows in which something stands."""
    found = (_row(line[:MAX_LENGTH]) for line in text.splitlines()[:MAX_ROWS])
    return [row for row in found if row.cells]


def _row(line: str) -> Row:
    """A dash in a table holds its column; a speck does not."""
    cells = [_LEGAL.sub(r"\1.V.", cell.strip(_SPECKS)) for cell in _COLUMN.split(line.strip())]
    table = len(cells) >= TABLE and any(len(cell) > 1 for cell in cells)
    return Row([cell for cell in cells if _says_something(cell) or (table and cell in _DASHES)])


def _says_something(cell: str) -> bool:
    return any(sign.isalnum() for sign in cell) and (len(cell) > 1 or cell.isdigit())
