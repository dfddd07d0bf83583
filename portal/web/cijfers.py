"""Tables of figures as a page shows them and as a file holds them. The charts are drawn here, as SVG."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.domain.cijfers import Kwartaal, Rij, Tabel
from portal.texts.cel import written
from portal.texts.cijfers import KOLOMMEN, UITLEG, groep

BREED = 320
"""Units of the drawing from left to right: as many as the narrowest screen has pixels."""

ROW, TEXT, LEGEND = 42, 13, 18
"""Units: a bar with its label, the height of a label, a line of the legend."""

MAX_LABEL = 40
"""Signs of a label in the drawing; the table has the whole of it."""

KOLOM_CSV = ("kwartaal", "onderwerp", "groep", "kolom", "aantal")


@dataclass(frozen=True, slots=True)
class Staafrij:
    """A row of the table with its bar: pieces from x, so wide, in a colour by number. Nobody is no bar."""

    label: str
    kort: str
    aantallen: tuple[int, ...]
    totaal: int
    y: int
    staven: list[tuple[float, float, int]]


@dataclass(frozen=True, slots=True)
class Blok:
    """One table in words and numbers, with its drawing."""

    naam: str
    titel: str
    zin: str
    eerste: str
    kolommen: list[str]
    rijen: list[Staafrij]
    totaal: int | None
    sommen: list[int]
    hoogte: int
    legenda: list[tuple[int, str, int, int]]


def blok(tabel: Tabel) -> Blok:
    uitleg = UITLEG[tabel.naam]
    kolommen = [KOLOMMEN[naam] for naam in tabel.kolommen]
    legenda = [(at, naam, 160 * (at % 2), LEGEND * (at // 2)) for at, naam in enumerate(kolommen) if len(kolommen) > 1]
    top = LEGEND * -(-len(legenda) // 2)
    most = max((rij.totaal for rij in tabel.rijen), default=0)
    rijen, bottom = [], top
    for rij in tabel.rijen:
        rijen.append(_row(tabel.naam, rij, bottom + TEXT, most))
        bottom += ROW if rij.totaal else 0
    return Blok(
        naam=tabel.naam, titel=uitleg.titel, zin=uitleg.zin, eerste=uitleg.eerste, kolommen=kolommen, rijen=rijen,
        totaal=tabel.totaal, sommen=[sum(column) for column in zip(*(r.aantallen for r in tabel.rijen), strict=True)],
        hoogte=bottom, legenda=legenda,
    )  # fmt: skip


def _row(naam: str, rij: Rij, y: int, most: int) -> Staafrij:
    label = groep(naam, rij)
    staven, x = [], 0.0
    for colour, aantal in enumerate(rij.aantallen):
        wide = round(BREED * aantal / most, 1) if most else 0.0
        if wide:
            staven.append((round(x, 1), max(wide - 1, 1), colour))  # a sliver of light between two pieces
        x += wide
    short = label if len(label) <= MAX_LABEL else f"{label[: MAX_LABEL - 1]}…"
    return Staafrij(label, short, rij.aantallen, rij.totaal, y, staven)


def as_csv(kwartaal: Kwartaal, tabellen: Iterable[Tabel]) -> str:
    """A line for each number, so that every table fits in one file."""
    lines = [
        (str(kwartaal), UITLEG[tabel.naam].titel, groep(tabel.naam, rij), KOLOMMEN[kolom], str(aantal))
        for tabel in tabellen
        for rij in tabel.rijen
        for kolom, aantal in zip(tabel.kolommen, rij.aantallen, strict=True)
    ]
    return "\ufeff" + written(KOLOM_CSV, lines)


def kwartaalnaam(kwartaal: Kwartaal) -> str:
    """'eerste kwartaal van 2027'."""
    return f"{('eerste', 'tweede', 'derde', 'vierde')[kwartaal.nummer - 1]} kwartaal van {kwartaal.jaar}"
