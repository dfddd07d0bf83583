"""The photo of a letter, as somebody of the demonstration world could have made it."""

import io

from PIL import Image, ImageDraw, ImageFont

from portal.beeld.decoderen import pages_of
from portal.domain.foto import Beeld

PIXELS = (900, 1270)
MARGIN, LINE = 80, 46
PAPER, INK = "#f4f1ea", "#26221c"


def brieffoto(afzender: str) -> Beeld:
    """One page, taken in by the way that every photo goes. Not one word of it is about anybody."""
    letter = Image.new("RGB", PIXELS, PAPER)
    draw, font = ImageDraw.Draw(letter), ImageFont.load_default(size=30)
    lines = (
        afzender,
        "",
        "Betalingsherinnering",
        "",
        "Dossiernummer: 2026-104482",
        "",
        "U hebt onze rekening nog niet betaald.",
        "Totaal te betalen: 214,50 euro",
        "Betaal binnen 14 dagen.",
    )
    for place, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + place * LINE), line, fill=INK, font=font)
    taken = io.BytesIO()
    letter.rotate(1.5, fillcolor="#6b6459").save(taken, "JPEG")
    return pages_of(taken.getvalue())
