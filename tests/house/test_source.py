"""Rules about the source itself."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.actions.consequences import CONSEQUENCES
from portal.domain import events
from portal.domain.bericht import BerichtSoort
from portal.texts import aanmeldbewijs, bericht, dagoverzicht, kennisgeving, teammail
from portal.web.hulpverlener import samenvatting
from portal.web.hulpvrager import gegevensblad

ROOT = Path(__file__).resolve().parents[2]
PORTAL = sorted((ROOT / "portal").rglob("*.py"))
TEMPLATES = ROOT / "templates"
MAX_FILE, MAX_FUNCTION = 300, 45
ASKS_FOR_TIME = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[tuple[str, str, int]]:
    """(object, attribute, line) of each call such as `datetime.now()`, whatever stands before the object."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            value = node.func.value
            owner = value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else ""
            yield owner, node.func.attr, node.lineno


def test_only_the_clock_asks_for_the_time():
    found = [
        f"{name_of(path)}:{line} {owner}.{attribute}()"
        for path in PORTAL
        for owner, attribute, line in calls(path)
        if (owner, attribute) in ASKS_FOR_TIME and name_of(path) != "portal/clock.py"
    ]
    assert found == []


def test_the_clock_does():
    """The check above sees what it looks for."""
    assert ("datetime", "now") in {(owner, attribute) for owner, attribute, _ in calls(ROOT / "portal" / "clock.py")}


# --- size -----------------------------------------------------------------------------------------


def test_no_file_is_longer_than_somebody_can_hold_in_mind():
    long = {name_of(path): n for path in PORTAL if (n := len(path.read_text(encoding="utf-8").splitlines())) > MAX_FILE}
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    long = {}
    for path in PORTAL:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION:
                    long[f"{name_of(path)}:{node.name}"] = length
    assert long == {}


# --- templates ------------------------------------------------------------------------------------

_IN_TEMPLATE = re.compile(r"""{%-?\s*(?:extends|include|import|from)\s+['"]([^'"]+)['"]""")
_FOLDERS = "|".join(path.name for path in sorted(TEMPLATES.iterdir()) if path.is_dir())
_IN_CODE = re.compile(rf"""['"]((?:{_FOLDERS})/[\w\-/.]+\.(?:html|txt))['"]""")


def templates() -> set[str]:
    return {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}


def referenced() -> tuple[set[str], list[str]]:
    """Templates named in templates or code, and patterns of names that code puts together."""
    names: set[str] = set()
    for path in TEMPLATES.rglob("*"):
        if path.is_file():
            names |= set(_IN_TEMPLATE.findall(path.read_text(encoding="utf-8")))
    patterns = []
    for path in [*PORTAL, *sorted((ROOT / "config").rglob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        names |= set(_IN_CODE.findall(text))
        patterns += [pattern for node in ast.walk(ast.parse(text)) if (pattern := _pattern(node))]
    return names, patterns


def _pattern(node: ast.AST) -> str | None:
    """f"hulpvrager/{name}.html" as a regular expression. The ending must be written out."""
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w\-/.]+" for p in node.values]
    pattern = "".join(parts)
    return (
        pattern
        if pattern.endswith((r"\.html", r"\.txt")) and any(isinstance(p, ast.Constant) for p in node.values)
        else None
    )


def used_by_pattern(name: str, patterns: list[str]) -> bool:
    return any(re.fullmatch(pattern, name) for pattern in patterns)


def test_no_template_is_unused():
    names, patterns = referenced()
    specific = [pattern for pattern in patterns if not pattern.startswith("[")]
    by_version = _by_version()
    unused = {name for name in templates() - names if not used_by_pattern(name, specific) and name not in by_version}
    assert unused == set()


def _by_version() -> set[str]:
    """The texts that leave the house are chosen by version and kind: a file per kind, no more and no less."""

    letters = {
        f"{kennisgeving.SJABLOON}/{name}"
        for name in ("brief.typ", "_bericht.txt", "_bericht.html", *(f"{s}.txt" for s in kennisgeving.ONDERWERPEN))
    }
    messages = {f"{bericht.SJABLOON}/{name}.txt" for name in (*BerichtSoort, "meelezen")}
    sheets = {
        f"{dagoverzicht.SJABLOON}/dagoverzicht.txt",
        *(f"{teammail.SJABLOON}/teammail.{kind}" for kind in ("txt", "html")),
        f"{aanmeldbewijs.SJABLOON}/aanmeldbewijs.txt",
        f"{samenvatting.SJABLOON}/brief.typ",
        f"{gegevensblad.SJABLOON}/brief.typ",
    }
    return letters | messages | sheets | {f"{bericht.SJABLOON}/bericht.html"}


def test_every_template_that_is_named_exists():
    names, _ = referenced()
    assert (names | _by_version()) - templates() == set()


# --- imports and events ---------------------------------------------------------------------------


def test_the_import_contracts_name_every_room():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")["layers"]
    named = {name.strip() for layer in layers for name in layer.split(":")}
    rooms = {
        f"portal.{path.parent.name}"
        for path in PORTAL
        if path.name == "__init__.py" and path.parent.parent.name == "portal"
    }
    assert rooms == named


def test_every_event_has_a_line_of_consequences():
    assert set(CONSEQUENCES) == set(events.all_events())


@pytest.mark.parametrize("folder", ["portal", "config", "migrations", "templates"])
def test_nothing_is_left_for_later(folder):
    """No marks of unfinished work: what is not done is an issue, not a comment."""
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{name_of(path)}:{number}"
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html", ".txt"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if marks.search(line)
    ]
    assert found == []
