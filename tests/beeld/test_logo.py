"""The logo of an organisatie is made anew: small, on white, and nothing but a picture."""

import io
import os

import pytest
from PIL import Image

from portal.beeld.decoderen import OnleesbaarBestand, logo_of
from portal.domain.logo import MAX_BYTES, Logo
from tests.beeld import plaatjes


def opened(logo: Logo) -> Image.Image:
    return Image.open(io.BytesIO(logo.png))


def saved(made: Image.Image) -> bytes:
    out = io.BytesIO()
    made.save(out, "PNG", pnginfo=None, icc_profile=b"Geheim")
    return out.getvalue()


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (plaatjes.png((1200, 200)), (240, 40)),
        (plaatjes.png((300, 300)), (40, 40)),
        (plaatjes.jpeg((2400, 200)), (240, 20)),
        (plaatjes.png((100, 50)), (40, 20)),
    ],
    ids=["as wide as there is room", "a square", "wider than high", "smaller than there is room"],
)
def test_a_logo_fits_its_place_whatever_was_sent(sent: bytes, shown: tuple[int, int]) -> None:
    logo = logo_of(sent)
    assert logo.shown == shown
    assert opened(logo).format == "PNG"
    assert opened(logo).size == logo.pixels


def test_what_one_can_see_through_is_white() -> None:
    glass = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    glass.paste("#c00000", (0, 0, 100, 100))
    shown = opened(logo_of(saved(glass))).convert("RGB")
    assert shown.getpixel((200, 50)) == (255, 255, 255)
    assert shown.getpixel((50, 50)) == (0xC0, 0, 0)


def test_even_noise_is_small() -> None:
    """The worst that a picture of this size can be."""
    noise = Image.frombytes("RGB", (600, 100), os.urandom(600 * 100 * 3))
    assert len(logo_of(saved(noise)).png) <= MAX_BYTES


def test_nothing_stays_that_is_no_picture() -> None:
    sent = saved(plaatjes.picture()) + b"<script>alert(1)</script>"
    logo = logo_of(sent)
    assert not opened(logo).info
    assert b"script" not in logo.png
    assert b"Camera" not in logo_of(plaatjes.jpeg()).png


@pytest.mark.parametrize(
    "sent",
    [b"", b"geen plaatje", b"<svg/>", plaatjes.pdf(), plaatjes.bomb(), plaatjes.png()[:90], b"GIF89a" + bytes(40)],
    ids=["empty", "text", "svg", "pdf", "bomb", "cut off", "gif"],
)
def test_what_is_no_png_or_jpeg_is_refused(sent: bytes) -> None:
    with pytest.raises(OnleesbaarBestand):
        logo_of(sent)
