"""The burgerservicenummer. Source: Wet algemene bepalingen burgerservicenummer; the elfproef of the BRP."""

import re
import unicodedata

_GROUPED = re.compile(r"[0-9]+(?:[\W_]+[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn(typed: str) -> bool:
    """Whether these are nine digits that pass the elfproef. Nine zeros pass the sum, and are nobody's number."""
    if len(typed) != len(_WEIGHTS) or not (typed.isascii() and typed.isdecimal()) or int(typed) == 0:
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, typed, strict=True)) % 11 == 0


def contains_bsn(typed: str) -> bool:
    """Whether a text holds a number that may be a BSN, also in groups (1234.56.782), behind zeros, before a letter, or
    in the digits of another script.

    One in eleven nine-digit case numbers passes the elfproef too: better left out of a letter than a BSN in it.
    """
    plain = "".join(map(_ascii_digit, unicodedata.normalize("NFKC", typed)))
    return any(_holds_bsn(_GROUP.findall(grouped)) for grouped in _GROUPED.findall(plain))


def _holds_bsn(groups: list[str]) -> bool:
    """Whether some groups in a row make a BSN together."""
    for first in range(len(groups)):
        number = ""
        for group in groups[first:]:
            number += group
            if is_bsn(number) or is_bsn(number.lstrip("0")):
                return True
            if len(number.lstrip("0")) >= len(_WEIGHTS):
                break
    return False


def _ascii_digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
