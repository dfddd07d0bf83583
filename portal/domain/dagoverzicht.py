"""The daily digest, every Kennisgeving of a day for one schuldeiser in one mail: its index, and when it leaves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.domain.kennisgeving import Soort

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """One Kennisgeving in the index: enough to file it, nothing about the person. `bestanden`: name → SHA-256."""

    bericht_id: UUID
    kenmerk: str
    uw_kenmerken: tuple[str, ...]
    soort: Soort
    eind_on: date
    bestanden: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DagoverzichtFeiten:
    """What one mail says: of a Dutch calendar day, and which part of how many where one mail would be too large."""

    ontvanger: str
    dag: date
    deel: int
    delen: int
    regels: tuple[Regel, ...]


def leaves_at(ready: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The first moment at the hour `at` in `zone` after a message was ready."""
    local = ready.astimezone(zone)
    day = local.date() if local.time() < at else local.date() + timedelta(days=1)
    return datetime.combine(day, at, zone)


def parts(items: Iterable[tuple[Item, int]], most: int) -> Iterator[Sequence[Item]]:
    """The items in their order, in parts of at most `most` bytes together; what is larger by itself goes alone."""
    part: list[Item] = []
    size = 0
    for item, bytes_ in items:
        if part and size + bytes_ > most:
            yield part
            part, size = [], 0
        part.append(item)
        size += bytes_
    if part:
        yield part
