"""What people type, made whole: postcodes, telephone numbers, amounts, initials. Pure; None means: cannot be read."""

import re
import unicodedata

MAX_CENTS = 100_000_000_00
"""Cents. Assumption: a larger amount is a slip of the finger."""

_MARKS = str.maketrans("٫٬،", ".,,")  # the decimal sign, thousands sign and comma of an Arabic keyboard
_POSTCODE = re.compile(r"([1-9][0-9]{3})([A-Z]{2})")
_NEVER_ISSUED = {"SA", "SD", "SS"}  # letters that no Dutch postcode has
_HUISNUMMER = re.compile(r"([1-9][0-9]{0,4})(?:[\s\-/,.]*(\S.*))?", re.DOTALL)
_BETWEEN_DIGITS = re.compile(r"[\s\-.()/–—]+")
_FOREIGN = re.compile(r"\+[1-9][0-9]{7,14}")
_DUTCH = re.compile(r"0[1-8][0-9]{8}")  # 09 is paid for by who calls
_WHOLE_AND_CENTS = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+(?=$|,)|[0-9]{1,3}(?:,[0-9]{3})+(?=$|\.)")
_ABOUT = re.compile(r"(?i)^(?:ongeveer|circa|ca\.?|plm\.?|rond(?: de)?|zo'?n|±|\+/-|~)(?![a-z])")
_TEL = re.compile(r"(?i)^ *(?:tel(?:efoon)?|mob(?:iel)?)[.: ]*")
_UNKNOWN = {"weet ik niet", "weet niet", "onbekend", "geen idee", "?", "-", "--"}


def western(typed: str) -> str:
    """With the digits of any keyboard as 0-9, and every kind of space as a plain one."""
    return "".join(str(unicodedata.decimal(sign, sign)) if not sign.isspace() else " " for sign in typed)


def postcode(typed: str) -> str | None:
    """'3511 AB', whatever spaces, dots and case were typed."""
    found = _POSTCODE.fullmatch(re.sub(r"[\s.\-–]", "", western(typed)).upper())
    if found is None or found[2] in _NEVER_ISSUED:
        return None
    return f"{found[1]} {found[2]}"


def huisnummer(typed: str) -> tuple[str, str] | None:
    """Number and addition: '12 bis' and '12-bis' are 12 and 'bis'."""
    found = _HUISNUMMER.fullmatch(western(typed).strip())
    return (found[1], (found[2] or "").strip()) if found else None


def telefoon(typed: str) -> str | None:
    """Digits only: '06 12345678' or '0301234567' for a Dutch number, '+32470123456' for another."""
    bare = _BETWEEN_DIGITS.sub("", _TEL.sub("", western(typed)).replace("(0)", ""))
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    if bare.startswith("+31"):
        bare = "0" + bare[3:].removeprefix("0")
    if not bare.isascii():
        return None
    if _DUTCH.fullmatch(bare):
        return f"06 {bare[2:]}" if bare.startswith("06") else bare
    return bare if _FOREIGN.fullmatch(bare) else None


def email(typed: str) -> str:
    """Without what a telephone or a pasted mail puts in or around an address; whether it is one is judged elsewhere."""
    return "".join(typed.split()).strip("<>.,;").removeprefix("mailto:")


def is_unknown(typed: str) -> bool:
    """Whether somebody wrote that he does not know."""
    return typed.strip(" .!").casefold() in _UNKNOWN or typed.strip() in _UNKNOWN


def bedrag_cents(typed: str) -> int | None:
    """Cents of an amount as people write it: '€ 1.234,-', '1234,50', '1234.50', '1 234', 'ongeveer 500'."""
    bare = re.sub(r"(?i)eur(o's|os|o)?|€", "", western(typed).translate(_MARKS)).strip()
    bare = _ABOUT.sub("", bare).strip()
    bare = re.sub(r"[.,]\s*[-–—=]+$", "", bare).strip()
    if thousands := _THOUSANDS.match(bare):
        bare = re.sub(r"[., ]", "", thousands[0]) + bare[thousands.end() :]
    found = _WHOLE_AND_CENTS.fullmatch(bare)
    if found is None or not bare.isascii():
        return None
    cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    return cents if cents <= MAX_CENTS else None


def written_bedrag(cents: int | None) -> str:
    """An amount as it is put back into its box: '1234,50'."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02}"


def voorletters(typed: str) -> str:
    """Initials. A whole first name becomes its first letter: a schuldeiser needs no more."""
    words = typed.replace(".", ". ").split()
    return "".join(f"{word[0].upper()}." if len(word.rstrip(".")) > 3 else _dotted(word) for word in words)


def _dotted(word: str) -> str:
    """'F' and 'F.' are 'F.', 'FA' is 'F.A.', 'Chr' is 'Chr.'."""
    bare = word.rstrip(".")
    if bare.isupper() and len(bare) > 1 and bare.isalpha():
        return "".join(f"{letter}." for letter in bare)
    return f"{bare[:1].upper()}{bare[1:]}."
