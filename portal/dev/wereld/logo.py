"""The logo of an organisatie of the demonstration world, drawn here."""

import io

from PIL import Image, ImageDraw, ImageFont

from portal.beeld.decoderen import logo_of
from portal.domain.logo import Logo

HEIGHT = 100
BLUE, GREEN = "#0b4a6f", "#2f7d4f"


def drawn_logo(naam: str) -> Logo:
    """A disc and the name, taken in by the way that every logo goes."""
    font = ImageFont.load_default(size=44)
    drawn = Image.new("RGB", (120 + round(font.getlength(naam)), HEIGHT), "white")
    draw = ImageDraw.Draw(drawn)
    draw.pieslice((4, 4, 96, 96), 180, 360, fill=BLUE)
    draw.pieslice((4, 4, 96, 96), 0, 180, fill=GREEN)
    draw.text((116, HEIGHT // 2), naam, fill=BLUE, font=font, anchor="lm")
    sent = io.BytesIO()
    drawn.save(sent, "PNG")
    return logo_of(sent.getvalue())
