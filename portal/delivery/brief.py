"""The letter as PDF: PDF/A-3a and PDF/UA-1 in one file, with the machine-readable facts attached.

Typst makes it from one JSON document. The same facts give the same bytes: its date is that of the message.
"""

import io
import json
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from typing import Any, cast

import segno
import typst
from fontTools.ttLib import TTFont

from portal.domain.kennisgeving import KennisgevingFeiten, Wegwijzers
from portal.texts import gegevens, kennisgeving
from portal.texts.sjablonen import TEMPLATES, dag, spreker

STANDARDS: list[Any] = ["a-3a", "ua-1"]
"""For archives (with attached files, tagged) and for reading aloud. Typst refuses what breaks them."""

LETTERTYPE = TEMPLATES.parent / "static" / "lettertype"
"""Source Sans Pro, under the OFL that lies beside it. Typst brings no sans of its own."""

UNPRINTABLE = "?"
"""Stands in for a sign that the typeface does not have; PDF/A allows no empty place."""

_AT_THE_TOP = frozenset({"Aan", "Datum", "Afzender", "E-mail", "Post"})
"""Rows that a letter shows above its text."""


@dataclass(frozen=True, slots=True)
class Stukken:
    """The letter, and the facts that are attached to it."""

    pdf: bytes
    gegevens: bytes


class Drukkerij:
    """Typst, kept warm: a first letter costs a few times what the next ones do. May be used by many threads."""

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

    def typeset(self, feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> Stukken:
        """The letter of one message."""
        attached = gegevens.as_bytes(feiten, wegwijzers)
        letter = self._shown(_letter(feiten, wegwijzers))
        inputs = {"brief": json.dumps(letter, ensure_ascii=False), "gegevens": attached.decode()}
        at = int(datetime.combine(feiten.dated_on, time(), UTC).timestamp())
        with self._lock:
            made = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=at)
        return Stukken(cast("bytes", made), attached)

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
    """The one of this process for a version of the templates."""
    return Drukkerij(sjabloon)


def _letter(feiten: KennisgevingFeiten, wegwijzers: Wegwijzers) -> dict[str, Any]:
    """What the template shows."""
    facts = kennisgeving.safe(feiten)
    afzender = facts.afzender
    postadres = facts.ontvanger_postadres or ""
    words = kennisgeving.inhoud(feiten, wegwijzers)
    return {
        **asdict(replace(words, contact=tuple(rij for rij in words.contact if rij.naam not in _AT_THE_TOP))),
        "kenmerk": facts.kenmerk,
        "datum": dag(facts.dated_on),
        "jaar": facts.dated_on.year,
        "maand": facts.dated_on.month,
        "dag": facts.dated_on.day,
        "geadresseerde": kennisgeving.address_lines(facts.ontvanger, postadres),
        "afzender": {
            "naam": spreker(afzender.organisatie, afzender.gemeente),
            "regels": [*afzender.postadres.splitlines(), afzender.telefoon, afzender.email],
        },
        "qr": list(_codes(facts.kenmerk, wegwijzers)),
    }


def _codes(kenmerk: str, wegwijzers: Wegwijzers) -> Iterator[dict[str, str]]:
    check = wegwijzers.scan_url(kenmerk)
    yield _qr(check, "Controleren", "QR-code om te controleren of dit bericht echt is")
    if wegwijzers.antwoord_url:
        yield _qr(wegwijzers.antwoord_url, "Antwoorden", "QR-code om te antwoorden")


def _qr(url: str, onderschrift: str, alt: str) -> dict[str, str]:
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False, nl=False)
    return {"svg": drawn.getvalue().decode(), "onderschrift": onderschrift, "alt": f"{alt}: {url}"}
