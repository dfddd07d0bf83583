"""What an e-mail address looks like."""

import re

MAX_ADDRESS = 254
"""Characters of a whole address (RFC 5321, 4.5.3.1.3: a path of 256, brackets included)."""

_EMAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")


def is_email(text: str) -> bool:
    """Whether a text is one plain address: no name, no list, at most MAX_ADDRESS characters."""
    return len(text) <= MAX_ADDRESS and text.isascii() and ".." not in text and bool(_EMAIL.fullmatch(text))
