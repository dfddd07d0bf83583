"""The file of landelijke entries: read it whole or say of each wrong line what is wrong, and write it."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from portal.domain.duur import MAX_MAANDEN
from portal.domain.email import is_email
from portal.domain.errors import Fout, OngeldigBestand
from portal.domain.kennisgeving import Kanaal, Levering
from portal.models import Categorie, PartijRol, Schuldeiser, Schuldsoort
from portal.texts.cel import bare, written

COLUMNS = (
    "naam", "handelsnamen", "rol", "categorie", "schuldsoort", "convenant", "convenant_vanaf", "convenant_tot",
    "default_maanden", "max_maanden", "kanaal", "levering", "email", "verified", "postadres", "actief",
)  # fmt: skip
"""Of the file. `handelsnamen` are divided by ;, the lines of `postadres` by |, dates are as 2027-01-01."""

MAX_CELL = 2000
"""Characters. Assumption: no real value comes near."""

JA_NEE = {"ja": True, "nee": False}
_YES = {yes: word for word, yes in JA_NEE.items()}

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Regel:
    """A right line of the file. `values` are attributes of a Schuldeiser, all but its address for mail."""

    number: int
    naam: str
    email: str | None
    verified: bool
    values: Mapping[str, Any]

    def new_entry(self, *, by: str, on: date) -> Schuldeiser:
        """A landelijke entry; `by` vouches for its address when the line says that somebody did."""
        entry = Schuldeiser(naam=self.naam, email=self.email, **self.values)
        if self.email and self.verified:
            entry.verify_email(self.email, by=by, on=on)
        return entry


def read_regels(lines: Iterable[str]) -> list[Regel]:
    """Every line of the file. Raises OngeldigBestand with one sentence for each wrong line."""
    try:
        return _read(csv.DictReader(lines, strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise OngeldigBestand([Fout(1, "", f"This is no CSV file in UTF-8: {error}")]) from error


def _read(rows: "csv.DictReader[str]") -> list[Regel]:
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise OngeldigBestand([Fout(1, "", f"the columns must be {','.join(COLUMNS)}")])
    regels, wrong, seen = [], list[Fout](), dict[str, int]()
    for row in rows:
        number = rows.line_num
        checked = _Line(row)
        regel = checked.regel(number)
        earlier = seen.setdefault(regel.naam.casefold(), number)
        if earlier != number:
            checked.expect(False, "naam", f"{regel.naam} is on line {earlier} too")
        wrong += [Fout(number, kolom, sentence) for kolom, sentence in checked.problems]
        regels.append(regel)
    if wrong:
        raise OngeldigBestand(wrong)
    return regels


class _Line:
    """The cells of one line; each reading notes what is wrong and goes on."""

    def __init__(self, row: Mapping[str | None, Any]) -> None:
        self.problems: list[tuple[str, str]] = []
        whole = None not in row and None not in row.values()
        self.expect(whole, "", f"there must be {len(COLUMNS)} columns")
        self.cells = {name: bare(str(row.get(name) or "").strip()) for name in COLUMNS}
        for name, cell in self.cells.items():
            right = len(cell) <= MAX_CELL and cell.isprintable()
            self.expect(right, name, f"{name} is too long, or holds more than one line")

    def regel(self, number: int) -> Regel:
        cells = self.cells
        self.expect(bool(cells["naam"]), "naam", "naam is empty")
        values = {
            "handelsnamen": [naam.strip() for naam in cells["handelsnamen"].split(";") if naam.strip()],
            "rol": self._choice("rol", PartijRol),
            "categorie": self._choice("categorie", Categorie),
            "schuldsoort": self._choice("schuldsoort", Schuldsoort),
            "convenant": cells["convenant"] or None,
            "convenant_vanaf": self._day("convenant_vanaf"),
            "convenant_tot": self._day("convenant_tot"),
            "default_maanden": self._months("default_maanden"),
            "max_maanden": self._months("max_maanden"),
            "kanaal": self._choice("kanaal", Kanaal),
            "levering": self._choice("levering", Levering),
            "postadres": "\n".join(part.strip() for part in cells["postadres"].split("|")) or None,
            "actief": self._yes("actief"),
        }
        self._check_together(values)
        return Regel(number, cells["naam"], cells["email"] or None, self._yes("verified"), values)

    def expect(self, right: bool, kolom: str, otherwise: str) -> None:
        """Note what is wrong in a column; "" is the line as a whole."""
        if not right:
            self.problems.append((kolom, otherwise))

    def _check_together(self, values: Mapping[str, Any]) -> None:
        cells, kanaal = self.cells, values["kanaal"]
        email, first, last = cells["email"], values["convenant_vanaf"], values["convenant_tot"]
        by_mail, single = kanaal is Kanaal.EMAIL, values["levering"] is Levering.LOS
        in_time = not (first and last) or first <= last
        self.expect(not email or is_email(email), "email", f"{email} is no e-mail address")
        self.expect(cells["verified"] != "ja" or bool(email), "verified", "verified is ja, but email is empty")
        self.expect(
            kanaal is not Kanaal.BRIEF or bool(values["postadres"]), "postadres", "kanaal brief asks a postadres"
        )
        self.expect(kanaal is not Kanaal.API, "kanaal", "kanaal must be email or brief; api goes under levering")
        self.expect(by_mail or single, "levering", "levering must be los when kanaal is brief")
        too_long = values["default_maanden"] > values["max_maanden"]
        self.expect(not too_long, "default_maanden", "default_maanden is more than max_maanden")
        self.expect(in_time, "convenant_tot", "the convenant ends before it begins")

    def _choice(self, name: str, kind: type[Choice]) -> Choice:
        try:
            return kind(self.cells[name])
        except ValueError:
            self.expect(False, name, f"{name} must be one of {', '.join(kind)}")
            return next(iter(kind))

    def _yes(self, name: str) -> bool:
        self.expect(self.cells[name] in JA_NEE, name, f"{name} must be ja or nee")
        return JA_NEE.get(self.cells[name], False)

    def _months(self, name: str) -> int:
        cell = self.cells[name]
        right = cell in {str(months) for months in range(1, MAX_MAANDEN + 1)}
        self.expect(right, name, f"{name} must be 1 to {MAX_MAANDEN}")
        return int(cell) if right else 1

    def _day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.cells[name]) if self.cells[name] else None
        except ValueError:
            self.expect(False, name, f"{name} must be a day such as 2027-01-01")
            return None


def write_regels(entries: Iterable[Schuldeiser]) -> str:
    """The file that these entries would be read from. What looks like a formula stays text."""
    return written(COLUMNS, (_cells(entry) for entry in entries))


def _cells(entry: Schuldeiser) -> list[str]:
    said: dict[str, Any] = {name: getattr(entry, name, None) for name in COLUMNS} | {
        "handelsnamen": ";".join(entry.handelsnamen),
        "verified": _YES[entry.email_verified_on is not None],
        "postadres": (entry.postadres or "").replace("\n", "|"),
        "actief": _YES[entry.actief],
    }
    return ["" if said[name] is None else str(said[name]) for name in COLUMNS]
