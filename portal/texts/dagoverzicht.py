"""The words of a daily digest, its index for a machine, and the file in which everything goes along."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.domain.dagoverzicht import DagoverzichtFeiten, Regel
from portal.domain.kennisgeving import KennisgevingFeiten
from portal.texts.bericht import blokken
from portal.texts.kennisgeving import ONDERWERPEN, safe
from portal.texts.sjablonen import datum, fill_in
from portal.texts.tekst import Tekst
from portal.texts.veilig import single_line

SJABLOON = "dagoverzicht/v1"

INDEX = "overzicht.json"
"""Name of the index within the file."""

_READABLE = 0o644 << 16
_UNIX = 3


def render(feiten: DagoverzichtFeiten, informatie_url: str) -> Tekst:
    """The mail: how many, and a line for each. Nothing about a person is in its subject."""
    number = len(feiten.regels)
    deel = f", deel {feiten.deel} van {feiten.delen}" if feiten.delen > 1 else ""
    onderwerp = f"Dagoverzicht {datum(feiten.dag)}: {number} {'bericht' if number == 1 else 'berichten'}{deel}"
    values = {"feiten": feiten, "soorten": ONDERWERPEN, "bestand": file_name(feiten), "url": informatie_url}
    tekst = fill_in(f"{SJABLOON}/dagoverzicht.txt", ontvanger=single_line(feiten.ontvanger), **values)
    html = fill_in("bericht/v1/bericht.html", onderwerp=onderwerp, blokken=blokken(tekst), url=informatie_url)
    return Tekst(onderwerp=onderwerp, tekst=tekst, html=html, sjabloon=SJABLOON)


def regel(feiten: KennisgevingFeiten, nummer: int, pdf_sha256: str, gegevens_sha256: str) -> Regel:
    """The line of one Kennisgeving, with the names of its files: numbered, for a kenmerk may occur more than once."""
    facts = safe(feiten)
    name = f"{nummer:04}-{facts.kenmerk}"
    return Regel(
        bericht_id=facts.bericht_id,
        kenmerk=facts.kenmerk,
        uw_kenmerken=tuple(dict.fromkeys(each.referentie for each in facts.verwijzingen if each.referentie)),
        soort=facts.soort,
        eind_on=facts.eind_on,
        bestanden={f"{name}.pdf": pdf_sha256, f"{name}.json": gegevens_sha256},
    )


def file_name(feiten: DagoverzichtFeiten) -> str:
    deel = f"-deel-{feiten.deel}" if feiten.delen > 1 else ""
    return f"dagoverzicht-{feiten.dag.isoformat()}{deel}.zip"


def bundle(feiten: DagoverzichtFeiten, files: Iterable[tuple[str, bytes]]) -> bytes:
    """The index and the files in one: the same bytes each time. Not compressed, because versions of zlib differ."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in [(INDEX, _index(feiten)), *files]:
            archive.writestr(_entry(name, feiten.dag), content)
    return held.getvalue()


def _entry(name: str, dag: date) -> zipfile.ZipInfo:
    """No hour, user or system of the machine that made it."""
    entry = zipfile.ZipInfo(name, (dag.year, dag.month, dag.day, 0, 0, 0))
    entry.create_system, entry.external_attr = _UNIX, _READABLE
    return entry


def _index(feiten: DagoverzichtFeiten) -> bytes:
    document: dict[str, Any] = {
        "versie": 1,
        "dag": feiten.dag.isoformat(),
        "deel": feiten.deel,
        "delen": feiten.delen,
        "berichten": [
            {
                "bericht_id": str(each.bericht_id),
                "kenmerk": each.kenmerk,
                "uw_kenmerken": list(each.uw_kenmerken),
                "soort": str(each.soort),
                "laatste_dag": each.eind_on.isoformat(),
                "bestanden": [{"naam": name, "sha256": sha256} for name, sha256 in each.bestanden.items()],
            }
            for each in feiten.regels
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
