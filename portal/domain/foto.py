"""The photo of a letter: its pages, one behind the other."""

import hashlib
from dataclasses import dataclass

from portal.domain.taal import mark

MAX_FOTOS = 80
"""Photos of one pauzeverzoek: one for each of the 60 schulden, and 20 for a second look."""

BRIEF_OP_FOTO = mark("Brief op een foto")
"""What a schuld is called of which nobody typed the sender: the letter says it."""

_LENGTH = 4  # bytes before each page that say how long it is


@dataclass(frozen=True, slots=True)
class Beeld:
    """Pages as JPEG, each after its length in four bytes."""

    inhoud: bytes

    @property
    def paginas(self) -> tuple[bytes, ...]:
        pages, at = [], 0
        while at < len(self.inhoud):
            begin = at + _LENGTH
            at = begin + int.from_bytes(self.inhoud[at:begin], "big")
            pages.append(self.inhoud[begin:at])
        return tuple(pages)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.inhoud).hexdigest()
