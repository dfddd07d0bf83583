"""Who wrote a letter, and for whom."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from portal.domain.brieflezen.regels import Row, any_of
from portal.domain.bsn import contains_bsn

MAX_NAME = 60
"""Characters of a name. Longer is a sentence."""

CANDIDATES = 5

_WORD = r"[A-ZÀ-Þ0-9][\w&.'’-]*"
_SMALL = r"(?:de|van|der|den|het|en|voor|te|&|in|op)"
_NAME = rf"{_WORD}(?: (?:{_SMALL} )*{_WORD})*"
_LEGAL = r"(?:B\.V\.|N\.V\.|U\.A\.)"

_NAMENS = [
    re.compile(pattern)
    for pattern in (
        rf"[Oo]nze (?:opdrachtgever|cliënte?|klant),? (?:de |het )?({_NAME})",
        rf"^(?:Opdrachtgever|Cliënte?|Schuldeiser|Crediteur|Eiser|Namens|Vordering van)\b[ :]*({_NAME})",
        rf"[Ii]n opdracht van (?:de |het )?({_NAME})",
        rf"^(?:Inzake|Betreft)[ :]+({_NAME}) ?(?:/|contra|tegen)",
        rf"[Nn]amens (?:de |het )?({_NAME})",
        rf"(?:vordering|schuld) (?:van|aan|bij) ({_NAME})",
    )
]
_COLLECTOR = re.compile(r"(?i)incasso|deurwaarder|opdracht|vordering|advoca|factoring")
_NO_CLIENT = re.compile(r"(?i)^(?:minister|staatssecretaris|college|directie|bestuur|u|uw|ons|wij|dit)\b")

_COMPANY = re.compile(
    r"(?i)\b(?:stichting|gemeente|waterschap|belasting\w*|gerechtsdeurwaarders?|deurwaarders?|incasso\w*|\w*bank|bureau|"
    r"verzeker\w+|zorg\w*|energie|advocaten|coöperatie|wonen|woning\w*|telecom|mobiel|water\w*|groep|nederland)\b"
)
_LABEL = re.compile(r"^\w+:")
_LEGAL_NAME = re.compile(rf"({_NAME}) ?{_LEGAL}")
_SEPARATOR = re.compile(r" [·|+:•«»-] |, (?=Postbus|[0-9])| (?:is een|is ingeschreven|statutair)\b.*|,? Postbus.*")
_NO_SENDER = any_of(
    r"[€@]",
    r"\bIBAN\b",
    r"\bNL[0O]{2}\b",
    r"derdengelden",
    r"\b(?:www|tel|telefoon|kvk|btw|datum|postbus|postadres|bezoekadres)\b",
    r"^(?:de heer|heer|mevr|mevrouw|dhr|mw|aan|fam|familie|t\.a\.v|geachte|beste|hallo|hoi)",
    r"^(?:hoogachtend|groet|vriendelijke|met |betreft|onderwerp|inzake|vertrouwelijk|ministerie)",
    r"^(?:uw|ons|onze|u|wij|dit|namens|het|de|laatste|tweede|eerste) ",
    r"^(?:betaal|herinnering|aanmaning|sommatie|dwangbevel|rekening|factuur)",
    r"kenmerk",
    r"nummer\b",
    r"[0-9]{4} ?[A-Z]{2}\b",
    r"^[A-Z]\.",
    r"[a-z]{3} [0-9]+[ a-z]*$",
    r"\.$(?<!V\.)",
    r":$",
)
"""What stands in a letter and is nobody's name, and how a person is addressed."""

_DEPARTMENT = re.compile(r"(?i)^(?:afdeling|klantenservice|team|medewerker|consulent|debiteuren)\b")
_POSTCODE = re.compile(r"^[1-9][0-9]{3} ?[A-Z]{2}\b")
_ADDRESSEE = re.compile(r"(?i)^(?:aan|de heer|mevr|mevrouw|dhr|mw|fam|familie|t\.a\.v|vertrouwelijk)\b")
_GREETING = re.compile(r"(?i)\b(?:groet|groeten|groetjes|hoogachtend)\b")
SIGNED_ROWS = 6
"""Rows after the greeting in which the sender signs."""


def namens_in(rows: Sequence[Row]) -> str | None:
    """For whom is collected: only in the letter of somebody who collects."""
    if not any(_COLLECTOR.search(row.text) for row in rows):
        return None
    texts = [*(" ".join(row.cells[at:]) for row in rows for at in range(len(row.cells))), *_pairs(rows)]
    for pattern in _NAMENS:
        for text in texts:
            found = pattern.search(text)
            if found and _is_name(found[1]) and not _NO_CLIENT.match(found[1]):
                return _trimmed(found[1])
    return None


def _pairs(rows: Sequence[Row]) -> Iterator[str]:
    """Two rows as one: a name may begin on the first and end on the second."""
    return (f"{one.text} {two.text}" for one, two in pairwise(rows))


def afzenders_in(rows: Sequence[Row], namens: str | None, persoon: Sequence[str]) -> Sequence[str]:
    """Lines that may name the sender, the likeliest first: the head, the foot, the signature."""
    personal = _addressee(rows)
    weights: Counter[str] = Counter()
    order = 0
    signed = -1
    for place, row in enumerate(rows):
        signed = place if _GREETING.search(row.text) else signed
        for name in (each for cell in row.cells if (place, cell) not in personal for each in _names(cell)):
            if _may_be_sender(name, namens, persoon):
                by_signature = 2 * (0 <= place - signed <= SIGNED_ROWS and signed >= 0)
                weights[name] = max(weights[name], _weight(name, rows) + max(0, 4 - order) + by_signature)
                order += 1
    return [name for name, weight in weights.most_common(CANDIDATES) if weight > 0]


def _names(cell: str) -> Iterator[str]:
    """A name as a cell by itself, between separators, or before B.V. in a sentence."""
    for part in _SEPARATOR.split(cell):
        if (name := _trimmed(part or "")) and _is_name(name):
            yield name
    for found in _LEGAL_NAME.finditer(cell):
        if _is_name(name := _trimmed(found[0])):
            yield name


def _weight(name: str, rows: Sequence[Row]) -> int:
    """A legal form, the kind of company, and being named again speak for it; a small first letter alone is a speck."""
    core = " ".join(re.sub(_LEGAL, "", name).split()[:2])
    again = sum(core in row.text for row in rows) - 1
    form = 3 * bool(re.search(_LEGAL, name)) + 2 * bool(_COMPANY.search(name))
    speck = name[0].islower() and again < 1
    return form + min(again, 3) - 6 * bool(_DEPARTMENT.match(name)) - 6 * speck


def _may_be_sender(name: str, namens: str | None, persoon: Sequence[str]) -> bool:
    if _NO_SENDER.search(name) or _LABEL.match(name) or (namens and name.casefold().startswith(namens.casefold()[:12])):
        return False
    words = {word.strip(".,").casefold() for word in name.split()}
    return not any(own.casefold() in words for own in persoon)


def _addressee(rows: Sequence[Row]) -> set[tuple[int, str]]:
    """The cells of the address to which the letter goes: above a postcode, as far as it is a person and a street."""
    found: set[tuple[int, str]] = set()
    for place, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            if _POSTCODE.match(cell):
                above = [(at, rows[at].cells) for at in range(max(0, place - 2), place)]
                found |= {(at, cells[column]) for at, cells in above if column < len(cells)}
            if _ADDRESSEE.match(cell):
                found.add((place, cell))
    return found


def _is_name(text: str) -> bool:
    return 3 <= len(text) <= MAX_NAME and text[0].isalnum() and _is_word(text) and not contains_bsn(text)


def _is_word(text: str) -> bool:
    """More letters than digits, and two letters together somewhere."""
    letters, digits = sum(sign.isalpha() for sign in text), sum(sign.isdigit() for sign in text)
    return letters > digits and re.search(r"[^\W\d]{2}", text) is not None


def _trimmed(name: str) -> str:
    bare = name.strip(" ,:;-–·|")
    return bare if re.search(rf"{_LEGAL}$", bare) else bare.rstrip(".")


def without_legal_form(name: str) -> str:
    """As a company calls itself in its directory: 'Vitens N.V.' is 'Vitens'."""
    return re.sub(rf",? ?{_LEGAL}$", "", name.strip()).strip()
