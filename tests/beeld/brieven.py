"""Letters of companies that do not exist, typeset and then photographed as people do: aslant, blurred, in the shade."""

import io
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import typst
from PIL import Image, ImageChops, ImageFilter

POST = Path(__file__).with_name("post")
LETTERTYPE = Path(__file__).resolve().parents[2] / "static" / "lettertype"
PPI = 200
QUALITY = 60
TABLE = (96, 84, 74)
"""The colour of what lies under the letter."""


def brieven() -> Mapping[str, Any]:
    """Every letter by its name; `waar` is what stands in it."""
    found: Mapping[str, Any] = json.loads((POST / "brieven.json").read_text())
    return found


def scanned(brief: Mapping[str, Any]) -> Image.Image:
    """The first page, as straight and clean as no photo is."""
    made = _compiler().compile(format="png", ppi=PPI, sys_inputs={"brief": json.dumps(brief)})
    return Image.open(io.BytesIO(made)).convert("RGB")


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(LETTERTYPE)])
    return typst.Compiler(str(POST / "brief.typ"), root=str(POST), font_paths=fonts)


def _aslant(page: Image.Image, chance: Random) -> Image.Image:
    """Held up to three degrees askew, the top further away than the bottom, something of the table in view."""
    wide, high = page.size
    edge = wide // 20
    table = Image.new("RGB", (wide + 2 * edge, high + 2 * edge), TABLE)
    table.paste(page, (edge, edge))
    turned = table.rotate(chance.choice((-1, 1)) * chance.uniform(1, 3), Image.Resampling.BICUBIC, fillcolor=TABLE)
    wide, high = turned.size
    near, far = wide * chance.uniform(0.005, 0.02), high * chance.uniform(0, 0.01)
    corners = (-near, -far, 0, high, wide, high, wide + near, -far)
    return turned.transform(turned.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=TABLE)


def _blurred(page: Image.Image, chance: Random) -> Image.Image:
    return _aslant(page, chance).filter(ImageFilter.GaussianBlur(chance.uniform(1.0, 1.5)))


def _shaded(page: Image.Image, chance: Random) -> Image.Image:
    """The lamp on one side, a hand in front of it, and yellow light."""
    held = _aslant(page, chance)
    shade = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).point(lambda light: 90 + light * 0.6)
    hand = Image.new("L", (16, 16), 255)
    hand.paste(150, (chance.randrange(9), chance.randrange(9), 16, 16))
    lit = [each.resize(held.size, Image.Resampling.BICUBIC) for each in (shade, hand)]
    light = ImageChops.multiply(*lit)
    return ImageChops.multiply(held, Image.merge("RGB", (light, light, light.point(lambda value: value * 0.8))))


CONDITIONS: Mapping[str, Callable[[Image.Image, Random], Image.Image]] = {
    "scan": lambda page, chance: page,
    "aslant": _aslant,
    "blurred": _blurred,
    "shaded": _shaded,
}
"""The first is a scan; the others are held askew and lie on a table as well."""


def photographed(brief: Mapping[str, Any], condition: str) -> bytes:
    """A JPEG, the same on every run."""
    made, out = CONDITIONS[condition](scanned(brief), Random(f"{brief['hoofd'][0]} {condition}")), io.BytesIO()
    made.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
