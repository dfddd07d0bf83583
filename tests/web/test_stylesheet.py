"""What the style sheet promises: contrast in both schemes, a small size, and no dead rules."""

import gzip
import hashlib
import re
from itertools import product
from pathlib import Path

import pytest

from portal.domain.huisstijl import Huisstijl

ROOT = Path(__file__).parents[2]
PORTAL_CSS = (ROOT / "static/portal.css").read_text()
PALETTE = (ROOT / "static/bouw/palette.css").read_text()
LAYOUT = (ROOT / "static/bouw/layout.css").read_text()
TEMPLATES = {path: path.read_text() for path in sorted((ROOT / "templates").rglob("*.html"))}

HUISSTIJLEN = (ROOT / "static/bouw/huisstijlen.css").read_text()
DARK_ONLY = "@media screen and (prefers-color-scheme: dark)"


def own_colours(huisstijl: str, dark: bool) -> str:
    """The colours of a huisstijl; the other ones are the same in all."""
    found = re.search(rf"\.pk-huisstijl-{huisstijl} {{(.*)}}", HUISSTIJLEN.split(DARK_ONLY)[dark])
    assert found, huisstijl
    return found[1]


SCHEMES = {
    f"{huisstijl}, {name}": own_colours(huisstijl, dark) + PALETTE.split(DARK_ONLY)[dark]
    for huisstijl, (dark, name) in product(Huisstijl, enumerate(["light", "dark"]))
}
"""The colours of every huisstijl in the light and in the dark."""

TEXT = [  # (text, ground); WCAG 1.4.3
    *product(["ink", "muted", "link", "error"], ["paper", "surface"]),
    *product(["ink", "link"], ["info-tint", "ok-tint", "warning-tint", "error-tint"]),
    *((kind, f"{kind}-tint") for kind in ("info", "ok", "warning", "error")),
    *(("paper", kind) for kind in ("info", "ok", "warning", "error")),
    ("muted", "info-tint"),
    ("on-brand", "brand"),
    ("on-button", "button"),
    ("on-button", "button-hover"),
]
EDGES = [  # borders of controls and the focus ring; WCAG 1.4.11
    *product(["control", "button", "error"], ["paper", "surface"]),
    ("button", "info-tint"),
    ("halo", "brand"),
]


def colour(scheme: str, name: str) -> list[float]:
    found = re.search(rf"--{name}: #([0-9a-f]+);", SCHEMES[scheme])
    assert found, f"--{name} is missing from the {scheme} palette"
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def luminance(channels: list[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(scheme: str, one: str, other: str) -> float:
    darker, lighter = sorted(luminance(colour(scheme, name)) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_formula_knows_black_on_white() -> None:
    assert luminance([1, 1, 1]) == pytest.approx(1)
    assert luminance([0, 0, 0]) == 0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    assert contrast(scheme, text, ground) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_controls_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    assert contrast(scheme, edge, ground) >= 3


def test_both_schemes_name_the_same_colours() -> None:
    names = [set(re.findall(r"--[\w-]+(?=:)", palette)) for palette in SCHEMES.values()]
    assert all(each == names[0] for each in names)


def test_the_style_sheet_fits_its_budget() -> None:
    assert len(gzip.compress(PORTAL_CSS.encode(), 9)) <= 8 * 1024


def test_the_built_file_is_built_from_the_present_sources() -> None:
    names = ["build.mjs", "fold.mjs", "huisstijlen.css", "layout.css", "package.json", "palette.css", "tokens.json"]
    sources = b"".join((ROOT / "static/bouw" / name).read_bytes() for name in names)
    assert f"Built from {hashlib.sha256(sources).hexdigest()[:16]} */" in PORTAL_CSS


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert "url(" not in PORTAL_CSS
    assert "@import" not in PORTAL_CSS
    assert "@font-face" not in PORTAL_CSS


def test_the_skip_link_comes_into_view_when_it_has_the_focus() -> None:
    hidden, shown = (
        re.search(rf"\.utrecht-skip-link--visible-on-focus{state}{{([^}}]*)}}", PORTAL_CSS) for state in ("", ":focus")
    )
    assert hidden
    assert shown
    assert "inset-block-start:-200%" in hidden[1]
    assert "inset-block-start:0" in shown[1].replace("calc(0px + 0px)", "0")


def test_every_own_class_has_a_rule_and_every_rule_a_page() -> None:
    ruled = set(re.findall(r"\.(pk-[\w-]+)", PORTAL_CSS))
    used = {name for text in TEMPLATES.values() for name in re.findall(r"\bpk-[a-z][\w-]*", text)}
    widths = {"pk-s", "pk-m", "pk-l"}  # the macro `text` puts these together
    looks = {f"pk-huisstijl-{each}" for each in Huisstijl}
    assert used - {"pk-huisstijl-"} <= ruled
    assert looks <= ruled - used <= widths | looks


def test_utrecht_classes_with_a_rule_are_used() -> None:
    texts = "\n".join(TEMPLATES.values())
    plain = {"heading-2"}  # offered beside the plain element
    composed = {"alert", "button", "form-label", "status-badge"}  # <block>--{{ kind }}
    for name in set(re.findall(r"\.(utrecht-[\w-]+)", PORTAL_CSS)):
        block = name.removeprefix("utrecht-").split("--")[0]
        assert name in texts or block in composed | plain, name


def test_what_one_moment_of_a_timeline_holds_gets_no_dots_of_the_timeline() -> None:
    rules = [rule for rule in PORTAL_CSS.split("@media print")[0].split("}") if ".pk-timeline" in rule]
    assert any(".pk-timeline>li:before" in rule for rule in rules)
    assert not [rule for rule in rules if ".pk-timeline li" in rule]


def test_no_template_carries_inline_style_or_script() -> None:
    for path, text in TEMPLATES.items():
        if {"kennisgeving", "bericht", "teammail"} & set(path.parts):
            continue  # mail, not pages
        assert not re.search(r"<style|<script(?! src=)|\sstyle=|\son[a-z]+=|javascript:", text), path


def test_directions_are_logical_so_that_arabic_can_be_mirrored() -> None:
    assert not re.search(r"(margin|padding|border|inset)-(left|right)|text-align: (left|right)", LAYOUT)
