"""Cells of CSV files that people open in a spreadsheet: what looks like a formula there stays text.

Source: OWASP, CSV injection. An apostrophe in front says to a spreadsheet that the rest is text.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def safe(cell: str) -> str:
    """The cell as it goes out."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """The cell that `safe` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A whole file, every cell safe."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return file.getvalue()
