"""The logo of an organisatie: one small picture above the pages of its hulpvragers."""

import hashlib
from dataclasses import dataclass

MAX_BYTES = 40 * 1024
"""Of the picture that is kept: one more request of at most this, once a browser."""

MIN_SHOWN = 12
"""CSS pixels of the shorter side: a smaller one is a stain. Assumption."""

DENSITY = 2.5
"""Pixels kept for a CSS pixel, so that it is sharp on a telephone. Of 600 by 100 kept, 240 by 40 are shown: as wide as
a telephone of 320 has room for.
"""


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG on white, as the portal made it anew."""

    png: bytes

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height, from the header of the file (PNG specification, 11.2.2)."""
        return int.from_bytes(self.png[16:20], "big"), int.from_bytes(self.png[20:24], "big")

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height in CSS pixels. At least 1: what is that small is refused by the page."""
        width, height = self.pixels
        return max(1, round(width / DENSITY)), max(1, round(height / DENSITY))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.png).hexdigest()
