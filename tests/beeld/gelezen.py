"""How much of a letter is read right: the same measure for the test and for `bench/brieven.py`."""

import re
from collections.abc import Mapping
from typing import Any

from portal.beeld.decoderen import pages_of
from portal.beeld.lezen import text_of
from portal.domain import brieflezen
from tests.beeld.brieven import photographed

FIELDS = ("afzender", "namens", "kenmerk", "bedrag_cents")
RIGHT, WRONG, NOTHING = "right", "wrong", "nothing"


def judged(brief: Mapping[str, Any], condition: str) -> dict[str, str]:
    """Of each field that the letter has, or that was proposed: right, wrong, or nothing proposed."""
    text = text_of(pages_of(photographed(brief, condition)).paginas)
    assert text is not None, "Tesseract with Dutch is needed here"
    lezing = brieflezen.read(text)
    proposed = {
        "afzender": next(iter(lezing.afzenders), None),
        "namens": lezing.namens,
        "kenmerk": lezing.kenmerk,
        "bedrag_cents": lezing.bedrag_cents,
    }
    pairs = {name: (proposed[name], brief["waar"][name]) for name in FIELDS}
    return {name: _judge(*pair) for name, pair in pairs.items() if pair != (None, None)}


def _judge(proposed: Any, true: Any) -> str:
    if proposed is None:
        return NOTHING
    return RIGHT if _plain(proposed) == _plain(true) else WRONG


def _plain(value: Any) -> Any:
    """Spaces, marks, capitals and the legal form do not count in a name or a number."""
    if not isinstance(value, str):
        return value
    return re.sub(r"\W", "", re.sub(r"(?i)\b[bn]\.?v\.?$", "", value.strip())).casefold()
