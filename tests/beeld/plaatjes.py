"""Files as people send them, and as nobody should: made here, never taken from a real person."""

import io
import struct
import zlib

from PIL import Image, TiffImagePlugin
from pypdf import PdfWriter

SIZE = (300, 200)


def picture(size: tuple[int, int] = SIZE, colour: str = "white") -> Image.Image:
    """A plain one with a dark corner, so that turning it shows."""
    made = Image.new("RGB", size, colour)
    made.paste("black", (0, 0, size[0] // 4, size[1] // 4))
    return made


def jpeg(size: tuple[int, int] = SIZE, *, orientation: int = 1) -> bytes:
    """A photo as a telephone makes it: with the place and the camera in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Geheime Camera"
    exif.get_ifd(0x8825)[2] = tuple(TiffImagePlugin.IFDRational(n) for n in (52, 5, 33))
    return _saved(picture(size), "JPEG", exif=exif.tobytes(), comment=b"Thuis bij Ann")


def png(size: tuple[int, int] = SIZE) -> bytes:
    return _saved(picture(size), "PNG")


def pdf(pages: int = 1) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(210, 297)
    writer.write(out)
    return out.getvalue()


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that says to be of `side` × `side` pixels."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1_000_000), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def _saved(made: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    made.save(out, kind, **options)
    return out.getvalue()
