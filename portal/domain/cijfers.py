"""Figures that tell of no person: counts in groups of at least MIN_GROEP, also after subtraction.

Nothing is hidden behind a dash. What is too small goes together with something else until the whole is large enough, so
that every number that can be had by adding and subtracting published numbers is 0 or large enough too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Any, TypeAlias

MIN_GROEP = 5
"""People in the smallest group that is told of. Assumption: as CBS and Divosa do in their own tables."""

OVERIG = "overig"
"""The key of what was too small to stand alone."""

Telling: TypeAlias = Mapping[str, Sequence[int]]
"""Counts by key, in the order in which they are shown; every key has as many as there are columns."""


@dataclass(frozen=True, slots=True)
class Rij:
    """One published group: the keys that it holds, and its count in each column."""

    sleutels: tuple[str, ...]
    aantallen: tuple[int, ...]

    @property
    def totaal(self) -> int:
        return sum(self.aantallen)

    @property
    def named(self) -> tuple[str, ...]:
        """The keys that are told: of OVERIG not what is in it."""
        return (OVERIG,) if OVERIG in self.sleutels else self.sleutels

    @property
    def may_stand(self) -> bool:
        """Whether each count is nobody or enough people."""
        return all(aantal == 0 or aantal >= MIN_GROEP for aantal in self.aantallen)

    def __add__(self, other: "Rij") -> "Rij":
        aantallen = tuple(one + two for one, two in zip(self.aantallen, other.aantallen, strict=True))
        return Rij((*self.sleutels, *other.sleutels), aantallen)


@dataclass(frozen=True, slots=True)
class Tabel:
    """Published groups that together are the whole. Without rows only the whole is told, when even that may be."""

    naam: str
    kolommen: tuple[str, ...]
    rijen: tuple[Rij, ...]
    totaal: int | None

    def tells(self, sleutels: Iterable[str]) -> bool:
        """Whether these keys together are told of: no group holds some of them and others too."""
        wanted = {OVERIG, *sleutels}
        return bool(self.rijen) and all(
            wanted.issuperset(rij.sleutels) or wanted.isdisjoint({*rij.sleutels} - {OVERIG}) for rij in self.rijen
        )

    def as_json(self) -> dict[str, Any]:
        rijen = [{"sleutels": list(rij.named), "aantallen": list(rij.aantallen)} for rij in self.rijen]
        return {"naam": self.naam, "kolommen": list(self.kolommen), "rijen": rijen, "totaal": self.totaal}

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> "Tabel":
        rijen = tuple(Rij(tuple(rij["sleutels"]), tuple(rij["aantallen"])) for rij in said["rijen"])
        return cls(said["naam"], tuple(said["kolommen"]), rijen, said["totaal"])


def pooled(naam: str, kolommen: Sequence[str], telling: Telling, *, most: int | None = None) -> Tabel:
    """A table of groups without an order of their own: the largest `most` by name, what is too small as OVERIG."""
    rows = sorted(_rows(telling), key=lambda rij: -rij.totaal)
    head = rows[:most]
    kept, small = [rij for rij in head if rij.may_stand], [rij for rij in rows if not rij.may_stand or rij not in head]
    if not small:
        return _table(naam, kolommen, telling, kept)
    rest = reduce(Rij.__add__, small)
    while not rest.may_stand and kept:
        rest += kept.pop()
    return _table(
        naam, kolommen, telling, [*kept, Rij((OVERIG, *rest.sleutels), rest.aantallen)] if rest.may_stand else []
    )


def bundled(naam: str, kolommen: Sequence[str], telling: Telling) -> Tabel:
    """A table of groups in an order: what is too small goes together with its neighbours."""
    groups: list[Rij] = []
    for rij in _rows(telling):
        if groups and not groups[-1].may_stand:
            groups[-1] += rij
        else:
            groups.append(rij)
    while len(groups) > 1 and not groups[-1].may_stand:
        last = groups.pop()
        groups[-1] += last
    return _table(naam, kolommen, telling, groups if groups and groups[-1].may_stand else [])


def within(parent: Tabel, sleutels: Iterable[str], make: Callable[[], Tabel]) -> list[Tabel]:
    """A table about a part of another one, when that part is told of there: else the difference would tell too much."""
    return [make()] if parent.tells(sleutels) else []


def _rows(telling: Telling) -> list[Rij]:
    return [Rij((sleutel,), tuple(aantallen)) for sleutel, aantallen in telling.items()]


def _table(naam: str, kolommen: Sequence[str], telling: Telling, rijen: Sequence[Rij]) -> Tabel:
    totaal = sum(sum(aantallen) for aantallen in telling.values())
    told = totaal if totaal == 0 or totaal >= MIN_GROEP else None
    return Tabel(naam, tuple(kolommen), tuple(rijen) if totaal else (), told)


# --- quarters -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Kwartaal:
    """A quarter of the Dutch calendar. Quarters do not overlap, so no two publications can be subtracted."""

    jaar: int
    nummer: int

    @classmethod
    def of(cls, day: date) -> "Kwartaal":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str) -> "Kwartaal | None":
        """'2027-1'; None for what is no quarter."""
        jaar, _, nummer = text.partition("-")
        right = (
            len(jaar) == 4 and jaar.isascii() and jaar.isdigit() and nummer in {"1", "2", "3", "4"} and jaar > "2000"
        )
        return cls(int(jaar), int(nummer)) if right else None

    @property
    def eerste(self) -> date:
        return date(self.jaar, 3 * self.nummer - 2, 1)

    @property
    def laatste(self) -> date:
        return self.volgend.eerste - timedelta(days=1)

    @property
    def volgend(self) -> "Kwartaal":
        return Kwartaal(self.jaar + 1, 1) if self.nummer == 4 else Kwartaal(self.jaar, self.nummer + 1)

    def __str__(self) -> str:
        return f"{self.jaar}-{self.nummer}"


def kwartalen(first: date, last: date) -> list[Kwartaal]:
    """Every quarter from the one of `first` up to and including the one of `last`."""
    found, each = [], Kwartaal.of(first)
    while each <= Kwartaal.of(last):
        found.append(each)
        each = each.volgend
    return found
