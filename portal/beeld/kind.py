"""The child process: one file in on the standard input, its pages out as plain JPEG on the standard output; or, called
with `logo`, one small PNG.

It is started by its path and imports nothing of the portal, so that it starts fast and has nothing to give away.
A damaged file may break this process, and nothing else.
"""

import io
import resource
import sys
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps

MAX_PAGES = 10
"""Pages that are kept of one PDF. Assumption: a letter with its annexes has fewer."""

MAX_PIXELS = 64_000_000
"""Pixels of one picture. The largest photo that telephones make by themselves has 50 million."""

LONG_SIDE = 2000
"""Pixels of the longer side that is kept: an A4 page at about 170 dots an inch, which reads well."""

QUALITY = 80
"""Of the JPEG: small print stays sharp."""

LOGO_PIXELS, LOGO_BYTES = (600, 100), 40 * 1024
"""Of a logo that is kept: width and height, and bytes. See portal/domain/logo.py."""

LOGO_COLOURS = (256, 64, 16)
"""As many as fit in LOGO_BYTES; 16 always do, at half a byte a pixel."""

MEMORY_BYTES = 2 * 1024**3
"""Address space, of which the libraries alone take a third. 64 million pixels are 192 MB."""

CPU_SECONDS = 15
UNREADABLE = 3
"""Exit status: this is no picture that can be read."""

FORMATS = ("JPEG", "PNG", "HEIF")
JPEG_MAGIC, PNG_MAGIC, PDF_MAGIC = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})


def main() -> int:
    """Read, decode, write. What cannot be read ends with UNREADABLE, whatever the library says about it."""
    _limit()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    sent = sys.stdin.buffer.read()
    try:
        pages = [_logo(sent)] if sys.argv[1:] == ["logo"] else [_jpeg(page) for page in _pages(sent)]
    except Exception:  # a decoder may raise anything about a file that a stranger made
        return UNREADABLE
    if not pages:
        return UNREADABLE
    for page in pages:
        sys.stdout.buffer.write(len(page).to_bytes(4, "big") + page)
    return 0


def _limit() -> None:
    """No file of any size, no more memory and time than a letter takes."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def _pages(sent: bytes) -> Iterator[Image.Image]:
    """By what the file is, never by its name or by what the browser says."""
    if sent.startswith(PDF_MAGIC):
        return _pdf(sent)
    if sent[4:8] == b"ftyp" and sent[8:12] in HEIF_BRANDS:
        from pi_heif import register_heif_opener

        register_heif_opener()
    elif not sent.startswith((JPEG_MAGIC, PNG_MAGIC)):
        return iter(())
    return iter([_picture(sent)])


def _picture(sent: bytes) -> Image.Image:
    with Image.open(io.BytesIO(sent), formats=FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        opened.draft("RGB", (LONG_SIDE, LONG_SIDE))
        opened.load()
        return ImageOps.exif_transpose(opened)


def _pdf(sent: bytes) -> Iterator[Image.Image]:
    from pypdfium2 import PdfDocument

    document = PdfDocument(sent)
    for number in range(min(len(document), MAX_PAGES)):
        page = document[number]
        yield page.render(scale=LONG_SIDE / max(page.get_size())).to_pil()


def _jpeg(page: Image.Image) -> bytes:
    """Pixels only: a new picture on white, without place, time, camera, colour profile or comment."""
    page.thumbnail((LONG_SIDE, LONG_SIDE))
    out = io.BytesIO()
    _on_white(page).save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    shown = picture.convert("RGBA")
    clean = Image.new("RGB", shown.size, "white")
    clean.paste(shown, mask=shown.getchannel("A"))
    return clean


def _logo(sent: bytes) -> bytes:
    """A PNG or JPEG as a small PNG on white, with as many colours as there is room for."""
    if not sent.startswith((JPEG_MAGIC, PNG_MAGIC)):
        raise ValueError("no PNG or JPEG")
    clean = _on_white(_picture(sent))  # before it gets smaller: of a palette no pixels can be mixed
    clean.thumbnail(LOGO_PIXELS)
    for colours in LOGO_COLOURS:
        out = io.BytesIO()
        clean.quantize(colours).save(out, "PNG", optimize=True)
        if out.tell() <= LOGO_BYTES:
            break
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
