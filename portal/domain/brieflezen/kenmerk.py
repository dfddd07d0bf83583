"""The number by which the sender finds the file."""

import re
from collections.abc import Iterator, Sequence

from portal.domain.brieflezen.regels import Row
from portal.domain.bsn import contains_bsn

MIN_DIGITS = 3
MAX_LENGTH = 30
"""Characters. Longer is a row of numbers that were taken together."""

_NUMBER = r"[- ]?(?:nummer|nr\.?|no\.?)"
_RANKED = (
    rf"(?:dossier|zaak|boete|cjib|aanslag|beschikkings?|vorderings?)(?:{_NUMBER}|kenmerk)",
    r"(?:ons|onze) (?:kenmerk|referentie|ref\.?)|dossier|zaak",
    rf"(?:klant|debiteure?n?|relatie|contract|lening|polis|huurders?|lid|order|account|cliënt)(?:{_NUMBER}|code)",
    rf"kenmerk|referentie(?:{_NUMBER})?",
    rf"(?:factuur|nota){_NUMBER}",
    r"betalings?kenmerk",
)
"""Labels, those by which the file is surely found first. 'Uw kenmerk' is the reader's own, or that of another."""

_LABELS = [
    re.compile(rf"(?i)(?<![\w-])(?P<uw>uw )?(?:{label})(?P<of> cliënte?| opdrachtgever)?(?!\w)") for label in _RANKED
]
_OWN = re.compile(r"(?i)kenmerk|ref")
_VALUE = re.compile(r"[\s:.]*((?:[A-Z]{1,5} )?[A-Z0-9][A-Z0-9./-]*(?: [A-Z0-9./-]*[0-9][A-Z0-9./-]*)*)")
_DATE = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}|[0-9]{1,2} [A-Z].*")


def kenmerk_in(rows: Sequence[Row]) -> str | None:
    """The best number with a label before it or above it; never one that may be a BSN."""
    for label in _LABELS:
        for value in _labelled(rows, label):
            if (found := _number(value)) is not None:
                return found
    return None


def _labelled(rows: Sequence[Row], label: re.Pattern[str]) -> Iterator[str]:
    """What stands behind a label, and else in the cell below it."""
    for place, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            for found in label.finditer(cell):
                if found["of"] or (found["uw"] and _OWN.search(found[0])):
                    continue
                rest = cell[found.end() :].strip(" :.")
                if rest:
                    yield rest
                    continue
                if found.start() > 0:
                    continue
                yield from _beside_or_below(rows, place, column)


def _beside_or_below(rows: Sequence[Row], place: int, column: int) -> Iterator[str]:
    """Labels that stand in one row have their numbers in the next; a label alone has its number beside it."""
    cells = rows[place].cells
    if column + 1 < len(cells):
        yield cells[column + 1]
    if place + 1 < len(rows) and len(rows[place + 1].cells) == len(cells):
        yield rows[place + 1].cells[column]


def _number(value: str) -> str | None:
    found = _VALUE.match(value)
    if found is None:
        return None
    number = found[1].strip(" .-/")
    digits = sum(sign.isdigit() for sign in number)
    if digits < MIN_DIGITS or len(number) > MAX_LENGTH or _DATE.fullmatch(number) or contains_bsn(number):
        return None
    return number
