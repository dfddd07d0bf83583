"""The child process that reads: one page as JPEG in, its text out. Made ready for Tesseract, which it starts itself.

Started by its path, as `kind.py` is, and imports nothing of the portal.
"""

import io
import resource
import subprocess
import sys
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps

LONG_SIDE = 3000
"""Pixels: an A4 page at some 250 dots an inch. Tesseract wants about 300, and more costs more time."""

LIGHT_PIXELS = 150
"""Width of the small picture from which the light on the paper is judged: letters are gone in it, a shadow is not."""

SLANT_PIXELS = 500
"""Width of the small picture from which the slant is judged."""

STRIP = 3
"""Times as long as it is wide: a till receipt. What is longer is judged from a narrower picture."""

SLANTS = tuple(step / 4 for step in range(-20, 21))
"""Degrees that are tried. Who holds a letter more askew than five turns it upright by himself."""

MEMORY_BYTES = 1024**3
CPU_SECONDS = 25
WALL_SECONDS = 30
"""Of Tesseract, for one page: a full one takes 2 to 5."""

UNREADABLE, NOT_NOW = 3, 4
"""Exit statuses: nothing can be read here; and there was no time or memory, so another time it may."""

LIMITS = (
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
)


def main(tesseract: str) -> int:
    """Reads from the standard input, writes to the standard output. Tesseract inherits the limits."""
    for what, limit in LIMITS:
        resource.setrlimit(what, (limit, limit))
    try:
        done = _read(tesseract, _png(sys.stdin.buffer.read()))
    except (MemoryError, subprocess.TimeoutExpired):
        return NOT_NOW
    sys.stdout.buffer.write(done.stdout)
    if done.returncode < 0:  # a limit ended it, or somebody
        return NOT_NOW
    return UNREADABLE if done.returncode else 0


def _png(sent: bytes) -> bytes:
    with Image.open(io.BytesIO(sent), formats=("JPEG",)) as page:
        ready = _ready(page)
    out = io.BytesIO()
    ready.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _read(tesseract: str, png: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [tesseract, "stdin", "stdout", "-l", "nld", "--psm", "6", "-c", "preserve_interword_spaces=1"]
    return subprocess.run(command, input=png, capture_output=True, timeout=WALL_SECONDS, check=False)


def _ready(page: Image.Image) -> Image.Image:
    """Grey, evenly lit, straight, and as large as print wants to be."""
    even = _evenly_lit(ImageOps.grayscale(page))
    straight = even.rotate(_slant(even), Image.Resampling.BICUBIC, fillcolor=255)
    factor = LONG_SIDE / max(straight.size)
    size = (round(straight.width * factor), round(straight.height * factor))
    return straight.resize(size, Image.Resampling.LANCZOS)


def _evenly_lit(grey: Image.Image) -> Image.Image:
    """What is as light as the paper around it becomes white, in the shade too."""
    small = _small(grey, LIGHT_PIXELS)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(4)).resize(grey.size)
    return ImageOps.autocontrast(ImageChops.add(grey, ImageChops.invert(paper)), cutoff=(1, 40))


def _slant(page: Image.Image) -> float:
    """Degrees to turn: the turn at which lines of print and the white between them differ most."""
    small = _small(page, SLANT_PIXELS)
    return max(SLANTS, key=lambda degrees: _stripes(small.rotate(degrees, fillcolor=255)))


def _small(page: Image.Image, width: int) -> Image.Image:
    """As wide as this; of a strip less, so that it is no longer than STRIP times that."""
    factor = min(width / page.width, STRIP * width / page.height)
    size = (max(1, round(page.width * factor)), max(1, round(page.height * factor)))
    return page.resize(size, Image.Resampling.BOX)


def _stripes(page: Image.Image) -> int:
    rows = list(page.resize((1, page.height), Image.Resampling.BOX).tobytes())
    return sum((above - below) ** 2 for above, below in pairwise(rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
