"""A file of a stranger becomes plain pages, or nothing."""

import base64
import io

import pytest
from PIL import Image

from portal.beeld import decoderen, kind
from portal.beeld.decoderen import OnleesbaarBestand, pages_of
from portal.domain.foto import Beeld
from tests.beeld import plaatjes

SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'

HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ACJpbG9jAAAAAERAAAEAAQAAAAABegABAAAAAAAAABMAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRt"
    "AAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA"
    "AAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xy"
    "bmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAABtt"
    "ZGF0AAAADygBrwQY/B3XPpvVl7ccYA=="
)
"""A white square, in the format of an iPhone."""


def pages(sent: bytes) -> tuple[bytes, ...]:
    return pages_of(sent).paginas


def opened(page: bytes) -> Image.Image:
    return Image.open(io.BytesIO(page))


def test_a_photo_loses_place_camera_and_comment() -> None:
    sent = plaatjes.jpeg()
    assert b"Geheime Camera" in sent
    (page,) = pages(sent)
    assert opened(page).format == "JPEG"
    assert not opened(page).getexif()
    assert not {"comment", "exif", "icc_profile", "xmp"} & set(opened(page).info)
    assert b"Camera" not in page
    assert b"Ann" not in page


def test_a_photo_is_turned_upright() -> None:
    (page,) = pages(plaatjes.jpeg(orientation=6))
    assert opened(page).size == plaatjes.SIZE[::-1]
    assert sum(opened(page).convert("RGB").getpixel((180, 20))) < 100


def test_a_large_photo_becomes_as_large_as_reading_needs() -> None:
    (page,) = pages(plaatjes.jpeg((4000, 3000)))
    assert opened(page).size == (2000, 1500)


def test_a_heic_photo_is_read() -> None:
    (page,) = pages(base64.b64decode(HEIC))
    assert opened(page).format == "JPEG"


def test_of_a_pdf_the_first_ten_pages_are_kept() -> None:
    assert len(pages(plaatjes.pdf(2))) == 2
    assert len(pages(plaatjes.pdf(10_000))) == kind.MAX_PAGES


def test_what_hides_behind_a_picture_is_gone() -> None:
    """A file that is a picture and a page of the web at once."""
    (page,) = pages(plaatjes.jpeg() + SCRIPT)
    assert SCRIPT not in page


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"geen foto",
        SVG,
        b"GIF89a" + bytes(40),
        b"%PDF-1.7\n" + bytes(500),
        plaatjes.jpeg()[:90],
        plaatjes.bomb(),
        SCRIPT + plaatjes.jpeg(),
        b"\0\0\0\x18ftypheic" + bytes(200),
    ],
    ids=["empty", "text", "svg", "gif", "broken pdf", "cut off", "bomb", "polyglot", "broken heic"],
)
def test_what_is_no_photo_is_refused(sent: bytes) -> None:
    with pytest.raises(OnleesbaarBestand):
        pages(sent)


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoderen, "WALL_SECONDS", 0)
    with pytest.raises(OnleesbaarBestand, match="too slow"):
        pages(plaatjes.jpeg())


def test_too_large_a_file_is_not_even_opened() -> None:
    with pytest.raises(OnleesbaarBestand, match="too large"):
        pages(bytes(decoderen.MAX_FILE_BYTES + 1))


def test_pages_that_lie_behind_each_other_are_told_apart() -> None:
    pages = (b"een", b"", b"drie" * 100)
    assert Beeld(b"".join(len(page).to_bytes(4, "big") + page for page in pages)).paginas == pages
