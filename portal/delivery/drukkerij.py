"""Typst, kept warm: from words and facts to a PDF that is PDF/A-3a and PDF/UA-1 in one file.

Typst makes it from one JSON document. The same words give the same bytes: its date is that of the document.
"""

import io
import json
import threading
import unicodedata
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, cast

import segno
import typst
from fontTools.ttLib import TTFont

from portal.texts.sjablonen import TEMPLATES

STANDARDS: list[Any] = ["a-3a", "ua-1"]
"""For archives (with attached files, tagged) and for reading aloud. Typst refuses what breaks them."""

LETTERTYPE = TEMPLATES.parent / "static" / "lettertype"
"""Source Sans Pro, under the OFL that lies beside it. Typst brings no sans of its own."""

UNPRINTABLE = "?"
"""Stands in for a sign that the typeface does not have; PDF/A allows no empty place."""


class Drukkerij:
    """A first sheet costs a few times what the next ones do. May be used by many threads."""

    def __init__(self, sjabloon: str) -> None:
        folder = TEMPLATES / sjabloon
        fonts = LETTERTYPE
        self._compiler = typst.Compiler(
            str(folder / "brief.typ"),
            root=str(folder),
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]),
        )
        self._lock = threading.Lock()
        self._printable = frozenset(TTFont(fonts / "SourceSansPro-Regular.otf").getBestCmap())

    def print(self, words: dict[str, Any], dated_on: date, gegevens: bytes | None = None) -> bytes:
        """A letter in these words. `gegevens`: facts for a machine, to be attached."""
        letter = self._shown(words | {"jaar": dated_on.year, "maand": dated_on.month, "dag": dated_on.day})
        inputs = {"brief": json.dumps(letter, ensure_ascii=False)}
        if gegevens is not None:
            inputs["gegevens"] = gegevens.decode()
        at = int(datetime.combine(dated_on, time(), UTC).timestamp())
        with self._lock:
            made = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=at)
        return cast("bytes", made)

    def _shown(self, value: Any) -> Any:
        """The same, with every text in signs that the typeface has."""
        if isinstance(value, str):
            composed = unicodedata.normalize("NFC", value)
            return "".join(sign if ord(sign) in self._printable else UNPRINTABLE for sign in composed)
        if isinstance(value, dict):
            return {name: self._shown(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._shown(each) for each in value]
        return value


@cache
def drukkerij(sjabloon: str) -> Drukkerij:
    """The one of this process for a version of the letter."""
    return Drukkerij(sjabloon)


def print_sheet(sjabloon: str, words: dict[str, Any], dated_on: date) -> bytes:
    """A sheet in these words, by a version of its template."""
    return drukkerij(sjabloon).print(words, dated_on)


def qr(url: str, onderschrift: str, alt: str) -> dict[str, str]:
    """A QR code with what stands under it and what is read aloud."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False, nl=False)
    return {"svg": drawn.getvalue().decode(), "onderschrift": onderschrift, "alt": f"{alt}: {url}"}
