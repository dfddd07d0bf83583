"""What one check found."""

from dataclasses import dataclass
from enum import StrEnum

TXT_MAX = 255
"""Characters in one string of a TXT record (RFC 1035); a longer text is several strings."""


class Verdict(StrEnum):
    """`unseen`: the check could not be made from here. That is not a fault."""

    RIGHT = "ok"
    WRONG = "WRONG"
    UNSEEN = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one subject; `record` is the line for the zone file that would mend it."""

    verdict: Verdict
    subject: str
    sentence: str
    record: str = ""

    def __str__(self) -> str:
        mend = f"\n{'':13}Put in DNS: {self.record}" if self.record else ""
        return f"{self.verdict:<12} {self.subject}: {self.sentence}{mend}"


def right(subject: str, sentence: str) -> Finding:
    return Finding(Verdict.RIGHT, subject, sentence)


def wrong(subject: str, sentence: str, record: str = "") -> Finding:
    return Finding(Verdict.WRONG, subject, sentence, record)


def unseen(subject: str, sentence: str) -> Finding:
    return Finding(Verdict.UNSEEN, subject, sentence)


def txt_record(name: str, text: str) -> str:
    """The line for a zone file, its text divided as DNS wants it."""
    parts = (f'"{text[start : start + TXT_MAX]}"' for start in range(0, len(text), TXT_MAX))
    return f"{name}. IN TXT {' '.join(parts)}"
