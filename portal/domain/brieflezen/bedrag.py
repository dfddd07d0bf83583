"""The amount that is to be paid, among all amounts of a letter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.domain.brieflezen.regels import Row, any_of

MAX_CENTS = 100_000_000_00
"""Cents, as on the form."""

_EUROS = r"(?:[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]{1,7})"
_CENTS = r"(?:\s?[,.]\s?(?:[0-9]{2}|[-–—]{1,2})(?![0-9]))"
_AMOUNT = re.compile(
    rf"(?:€|EUR|euro)[:\s]{{0,3}}(?P<one>{_EUROS}{_CENTS}?)|(?<![0-9.,])"
    rf"(?:(?P<two>{_EUROS}{_CENTS}?) euro\b|(?P<three>{_EUROS},[0-9]{{2}})(?![0-9.,]*[0-9]| ?%| ?procent))"
)
"""With a mark before it, or the word after it; of a table that has neither, a number with cents."""

_CENTS_MARK = re.compile(r"\s?[,.]\s?(?=(?:[0-9]{2}|[-–—]{1,2})$)")
_SENTENCE = re.compile(r"(?<=[a-z0-9]{2})[.!?] (?=[A-Z])")

_TOTAL = any_of(
    r"totaa?l",
    r"te betalen",
    r"verschuldigd",
    r"openstaand",
    r"openstaat",
    r"\bstaat er\b",
    r"\bsaldo\b",
    r"vordering bedraagt",
    r"(?:schuld|achterstand) is",
    r"restant",
    r"\bnog$",
    r"\bmoet u?\b.{0,25}$",
    r"moet betalen",
    r"\bbetaal\b.{0,40}$",
    r"hele (?:lening|bedrag)",
    r"eindbedrag",
)
_WHOLE = any_of(
    r"in totaal",
    r"totaal (?:te|openstaand|verschuldigd)",
    r"(?:nog te|nu nog)",
    r"hele (?:lening|schuld)",
    r"inclusief",
)
_PART = any_of(
    *(r"per maand", r"elke maand", r"\bbtw\b", r"rente\b", r"kosten\b", r"hoofdsom", r"termijn", r"verhoging"),
    *(r"waarvan", r"daarvan", r"ten minste", r"premie is", r"korting", r"betaald\b", r"voldaan", r"ontvangen"),
)
_AFTER_TOTAL = any_of(r"^ ?(?:open\b|(?:te |over te )?betalen|verschuldigd|over te maken)")
_AFTER_PART = any_of(r"^ ?(?:per |elke |aan |af te|bijstand|incasso|rente|btw|kosten)")

MAX_SUMMED = 200
"""Amounts of a letter of which sums are sought: each begin with each end is tried."""

NEAR, NEARER = 70, 30
"""Characters before an amount in which a word counts: for the whole, and for a part of it."""


@dataclass(frozen=True, slots=True)
class _Amount:
    cents: int
    before: str
    after: str
    place: int

    @property
    def weight(self) -> int:
        """How much speaks for this one."""
        near = self.before[-NEAR:]
        return (
            3 * bool(_TOTAL.search(near))
            + 2 * bool(_WHOLE.search(near))
            + 2 * bool(_AFTER_TOTAL.match(self.after))
            - 3 * bool(_PART.search(near[-NEARER:]) and not _WHOLE.search(near))
            - 3 * bool(_AFTER_PART.match(self.after))
        )


def bedrag_in(rows: Sequence[Row]) -> int | None:
    """Cents. The amount that is called the total, or that all others add up to; the only one also without a word."""
    found = list(_amounts(rows))
    if len({amount.cents for amount in found}) == 1:
        return found[0].cents
    sums = _sums(found)
    weighed = [(amount.weight + 3 * (amount.cents in sums), amount.cents, amount.place) for amount in found]
    best = max(weighed, default=None)
    return best[1] if best and best[0] > 0 else None


def _sums(amounts: Sequence[_Amount]) -> set[int]:
    """Amounts that two or more others before them add up to."""
    cents, found = [amount.cents for amount in amounts[:MAX_SUMMED]], set()
    for begin in range(len(cents)):
        total = 0
        for end in range(begin, len(cents)):
            if end - begin > 1 and total == cents[end]:
                found.add(total)
            total += cents[end]
    return found


def _amounts(rows: Sequence[Row]) -> Iterator[_Amount]:
    for place, row in enumerate(rows):
        running = len(row.cells) == 1 and place > 0
        above = rows[place - 1].text + " " if running else ""
        below = " " + rows[place + 1].text if running and place + 1 < len(rows) else ""
        text, earlier = above + row.text, 0
        for found in _AMOUNT.finditer(text):
            cents, before = _cents(found), text[earlier : found.start()]
            earlier = found.end()
            if cents is not None and found.start() >= len(above):
                after = text[found.end() : found.end() + NEAR] + below
                yield _Amount(cents, _SENTENCE.split(before)[-1].strip(), _SENTENCE.split(after)[0], place)


def _cents(found: re.Match[str]) -> int | None:
    whole, _, part = _CENTS_MARK.sub(",", found["one"] or found["two"] or found["three"]).partition(",")
    cents = int(re.sub(r"[. ]", "", whole)) * 100 + (int(part) if part.isdecimal() else 0)
    return cents if 0 < cents <= MAX_CENTS else None
