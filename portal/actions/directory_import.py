"""Landelijke entries of the directory from a file: read it whole, or say of each wrong line what is wrong."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select, text

from portal.actions.work import unit_of_work
from portal.clock import dutch_date
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.duur import MAX_MAANDEN
from portal.domain.email import is_email
from portal.domain.errors import OngeldigBestand
from portal.domain.event import LANDELIJK
from portal.domain.kennisgeving import Kanaal, Levering
from portal.domain.roles import Actor
from portal.models import Categorie, PartijRol, Schuldeiser, Schuldsoort

COLUMNS = (
    "naam", "handelsnamen", "rol", "categorie", "schuldsoort", "convenant", "convenant_vanaf", "convenant_tot",
    "default_maanden", "max_maanden", "kanaal", "levering", "email", "verified", "postadres", "actief",
)  # fmt: skip
"""Of the file. `handelsnamen` are divided by ;, the lines of `postadres` by |, dates are as 2027-01-01."""

IMPORT = "import"
"""Who vouches for an address that came verified from a file."""

MAX_CELL = 500
"""Characters. Assumption: no real value comes near."""

JA_NEE = {"ja": True, "nee": False}

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('directory import', 0))")

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


class Gevolg(StrEnum):
    """What a line did to the directory."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """A line with what it does, and the attributes that it changes."""

    regel: Regel
    gevolg: Gevolg
    changes: Mapping[str, Any]


# --- the file -------------------------------------------------------------------------------------


def read_regels(lines: Iterable[str]) -> list[Regel]:
    """Every line of the file. Raises OngeldigBestand with one sentence for each wrong line."""
    try:
        return _read(csv.DictReader(lines, strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise OngeldigBestand([f"This is no CSV file in UTF-8: {error}."]) from error


def _read(rows: "csv.DictReader[str]") -> list[Regel]:
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise OngeldigBestand([f"Line 1: the columns must be {','.join(COLUMNS)}."])
    regels, wrong, seen = [], [], dict[str, int]()
    for row in rows:
        number = rows.line_num
        checked = _Line(row)
        regel = checked.regel(number)
        earlier = seen.setdefault(regel.naam.casefold(), number)
        if earlier != number:
            checked.problems.append(f"{regel.naam} is on line {earlier} too")
        if checked.problems:
            wrong.append(f"Line {number}: {'; '.join(checked.problems)}.")
        regels.append(regel)
    if wrong:
        raise OngeldigBestand(wrong)
    return regels


class _Line:
    """The cells of one line; each reading notes what is wrong and goes on."""

    def __init__(self, row: Mapping[str | None, Any]) -> None:
        self.problems: list[str] = []
        if None in row or None in row.values():
            self.problems.append(f"there must be {len(COLUMNS)} columns")
        self.cells = {name: str(row.get(name) or "").strip() for name in COLUMNS}
        for name, cell in self.cells.items():
            if len(cell) > MAX_CELL or not cell.isprintable():
                self.problems.append(f"{name} is too long, or holds more than one line")

    def regel(self, number: int) -> Regel:
        cells = self.cells
        self._expect(bool(cells["naam"]), "naam is empty")
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

    def _check_together(self, values: Mapping[str, Any]) -> None:
        email, first, last = self.cells["email"], values["convenant_vanaf"], values["convenant_tot"]
        self._expect(not email or is_email(email), f"{email} is no e-mail address")
        self._expect(self.cells["verified"] != "ja" or bool(email), "verified is ja, but email is empty")
        self._expect(values["kanaal"] is not Kanaal.BRIEF or bool(values["postadres"]), "kanaal brief asks a postadres")
        self._expect(values["kanaal"] is not Kanaal.API, "kanaal must be email or brief; api goes under levering")
        by_mail = values["kanaal"] is Kanaal.EMAIL
        self._expect(by_mail or values["levering"] is Levering.LOS, "levering must be los when kanaal is brief")
        self._expect(values["default_maanden"] <= values["max_maanden"], "default_maanden is more than max_maanden")
        self._expect(not (first and last) or first <= last, "the convenant ends before it begins")

    def _expect(self, right: bool, otherwise: str) -> None:
        if not right:
            self.problems.append(otherwise)

    def _choice(self, name: str, kind: type[Choice]) -> Choice:
        try:
            return kind(self.cells[name])
        except ValueError:
            self.problems.append(f"{name} must be one of {', '.join(kind)}")
            return next(iter(kind))

    def _yes(self, name: str) -> bool:
        self._expect(self.cells[name] in JA_NEE, f"{name} must be ja or nee")
        return JA_NEE.get(self.cells[name], False)

    def _months(self, name: str) -> int:
        cell = self.cells[name]
        right = cell in {str(months) for months in range(1, MAX_MAANDEN + 1)}
        self._expect(right, f"{name} must be 1 to {MAX_MAANDEN}")
        return int(cell) if right else 1

    def _day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.cells[name]) if self.cells[name] else None
        except ValueError:
            self.problems.append(f"{name} must be a day such as 2027-01-01")
            return None


# --- the directory --------------------------------------------------------------------------------


def preview(session: ScopedSession, regels: Sequence[Regel]) -> list[Uitkomst]:
    """What `import_directory` would do now. Raises OngeldigBestand."""
    with session.acting_as(Actor.systeem()):
        return [outcome for outcome, _ in _compare(session, regels)]


def import_directory(session: ScopedSession, regels: Sequence[Regel]) -> list[Uitkomst]:
    """Add or change landelijke entries by name, all of them or none; what the file does not name stays as it is.

    Raises OngeldigBestand when the directory itself has a name twice.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        session.execute(_ONE_AT_A_TIME)
        compared = _compare(session, regels)
        today = dutch_date(work.now)
        for outcome, entry in compared:
            if entry is None:
                work.add(outcome.regel.new_entry(by=IMPORT, on=today))
                continue
            for name, value in outcome.changes.items():
                setattr(entry, name, value)
            if outcome.regel.verified and outcome.changes.keys() & {"email", "email_verified_by"}:
                entry.email_verified_on = today
        outcomes = [outcome for outcome, _ in compared]
        work.record(events.DirectoryImported(keten=LANDELIJK, **counts(outcomes)))
        return outcomes


def counts(outcomes: Iterable[Uitkomst]) -> dict[str, int]:
    """How many lines did what, by the name of what they did."""
    done = [outcome.gevolg for outcome in outcomes]
    return {str(gevolg): done.count(gevolg) for gevolg in Gevolg}


def _compare(session: ScopedSession, regels: Sequence[Regel]) -> list[tuple[Uitkomst, Schuldeiser | None]]:
    known: dict[str, list[Schuldeiser]] = {}
    landelijk = select(Schuldeiser).where(Schuldeiser.organisatie_id.is_(None)).order_by(Schuldeiser.id)
    if "work" in session.info:
        landelijk = landelijk.with_for_update()
    for entry in session.scalars(landelijk):
        known.setdefault(entry.naam.casefold(), []).append(entry)
    doubled = [regel for regel in regels if len(known.get(regel.naam.casefold(), ())) > 1]
    if doubled:
        raise OngeldigBestand([f"Line {r.number}: {r.naam} is in the directory more than once." for r in doubled])
    return [_compared(regel, next(iter(known.get(regel.naam.casefold(), ())), None)) for regel in regels]


def _compared(regel: Regel, entry: Schuldeiser | None) -> tuple[Uitkomst, Schuldeiser | None]:
    if entry is None:
        return Uitkomst(regel, Gevolg.ADDED, {}), None
    wanted = {"naam": regel.naam, **regel.values, **_address(regel, entry)}
    changes = {name: value for name, value in wanted.items() if getattr(entry, name) != value}
    return Uitkomst(regel, Gevolg.CHANGED if changes else Gevolg.UNCHANGED, changes), entry


def _address(regel: Regel, entry: Schuldeiser) -> dict[str, Any]:
    """No address in the file leaves the one that is there, and a person's word for the same address stays his."""
    same = regel.email == entry.email
    if regel.email is None or (same and entry.email_verified_by not in (None, IMPORT)):
        return {}
    if regel.verified:
        return {"email": regel.email, "email_verified_by": IMPORT}
    return {"email": regel.email, "email_verified_by": None, "email_verified_on": None}
