"""Kenmerken and toegangscodes: made to be read aloud over a bad telephone line.

The alphabet has no vowels (no words by accident) and no 0/O, 1/I/L, 5/S, 8/B pairs. The last sign of a kenmerk is a
check sign, so that a slip of the pen is told apart from an unknown case.
"""

import re
import secrets

ALPHABET = "234679CDFGHJKMNPQRTVWXYZ"
_LETTERS = "".join(sign for sign in ALPHABET if sign.isalpha())
_BETWEEN = re.compile(r"[\s\-.\u2010-\u2015\u2212]")  # spaces, dots and every dash that a word processor makes of one
_KENMERK = re.compile(rf"PK([{ALPHABET}]{{9}})")

CODE_LENGTH = 12
"""Signs in a toegangscode or controlecode: 24^12, about 55 bits."""


def new_kenmerk() -> str:
    """A new opaque kenmerk such as PK-H4X-9TQ-27F. The first sign is a letter: a kenmerk is never a number."""
    body = secrets.choice(_LETTERS) + "".join(secrets.choice(ALPHABET) for _ in range(7))
    return _grouped("PK", body + _check_sign(body))


def normalise_kenmerk(typed: str) -> str | None:
    """The kenmerk as stored, whatever case, spaces or dashes were typed; None when it cannot be one."""
    match = _KENMERK.fullmatch(_bare(typed))
    if match is None or _check_sign(match[1][:-1]) != match[1][-1]:
        return None
    return _grouped("PK", match[1])


def new_toegangscode() -> str:
    """A new toegangscode such as H4X9-TQ27-FKM3. Shown once; only a keyed hash is kept."""
    return code_of(secrets.token_bytes(32))


def code_of(digest: bytes) -> str:
    """The code that belongs to 32 bytes of chance or of a keyed hash."""
    number = int.from_bytes(digest)
    signs = "".join(ALPHABET[number // 24**at % 24] for at in range(CODE_LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def normalise_code(typed: str) -> str:
    """The bare signs of a typed code, upper case."""
    return _bare(typed)


def _bare(typed: str) -> str:
    return _BETWEEN.sub("", typed).upper()


def _check_sign(body: str) -> str:
    """Weighted sum modulo 23 (prime): finds each wrong sign but one pair, and each swap of neighbours."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(body, start=1))
    return ALPHABET[total % 23]


def _grouped(prefix: str, signs: str) -> str:
    return "-".join([prefix, signs[:3], signs[3:6], signs[6:]])
