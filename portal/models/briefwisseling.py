"""Everything that was sent to one recipient of a case: which message counts, and which one the recipient may know."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.domain.kennisgeving import ASKING, CLOSING, Soort
from portal.domain.schuldenaar import Schuldenaar
from portal.domain.status import Verzendstatus
from portal.models.kennisgeving import Kennisgeving, Sleutel
from portal.models.schuldeiser import Schuldeiser


@dataclass(frozen=True, slots=True)
class Briefwisseling:
    """The messages to one recipient, oldest first; at least one of them asks for a pause."""

    berichten: tuple[Kennisgeving, ...]

    @property
    def schuldeiser(self) -> Schuldeiser:
        return self.berichten[0].schuldeiser

    @property
    def schuldenaar(self) -> Schuldenaar | None:
        """Whose schulden they are about, when they are not the hulpvrager's alone."""
        return self.berichten[0].schuldenaar

    @property
    def sleutel(self) -> Sleutel:
        return self.berichten[0].sleutel

    @property
    def gevraagd(self) -> Kennisgeving:
        """The message that counts: the last that asks for a pause, whether it has left or not."""
        return self._asking[-1]

    @property
    def gekend(self) -> Kennisgeving | None:
        """The last that asks for a pause and of which the recipient may know."""
        return next((each for each in reversed(self._asking) if each.may_have_arrived), None)

    @property
    def begun_on(self) -> date:
        """The first day that was ever asked for: months are counted from it, also after an end and a new beginning."""
        return min(each.start_on for each in self._asking)

    @property
    def open(self) -> tuple[Kennisgeving, ...]:
        """What asks or reminds: all but what tells of an end."""
        return tuple(each for each in self.berichten if each.soort not in CLOSING)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is asked of this recipient any more: told so, or what was asked never leaves."""
        last = self.gevraagd
        told = any(each.soort in CLOSING and each.issued_at >= last.issued_at for each in self.berichten)
        return told or last.status is Verzendstatus.VERVALLEN

    @property
    def is_recalled(self) -> bool:
        """Whether it was called back: it went to the wrong party."""
        return any(each.soort is Soort.INTREKKING for each in self.berichten)

    @property
    def reached(self) -> Kennisgeving | None:
        """The last message of any kind that may have arrived."""
        return next((each for each in reversed(self.berichten) if each.may_have_arrived), None)

    def runs(self, today: date) -> bool:
        """Whether the pause that is asked of this recipient still runs."""
        return not self.is_closed and not self.gevraagd.is_over(today)

    def is_told_of_end(self, today: date) -> bool:
        """Whether an early end concerns the recipient: it may know of the pause, and that pause still runs."""
        known = self.gekend
        return known is not None and not self.is_closed and not known.is_over(today)

    def next_number(self, soort: Soort) -> int:
        """The number of the next message of a kind."""
        return 1 + max((each.nummer for each in self.berichten if each.soort is soort), default=0)

    @property
    def _asking(self) -> list[Kennisgeving]:
        return [each for each in self.berichten if each.soort in ASKING]


def briefwisselingen(issued: Iterable[Kennisgeving]) -> list[Briefwisseling]:
    """The messages of a case per recipient and set of persons, by name. `issued` is in order of issue, each with its
    recipient.
    """
    per_key: dict[Sleutel, list[Kennisgeving]] = defaultdict(list)
    for each in issued:
        per_key[each.sleutel].append(each)
    asked = (each for each in per_key.values() if any(message.soort in ASKING for message in each))
    found = [Briefwisseling(tuple(each)) for each in asked]
    return sorted(found, key=_by_name)


def _by_name(each: Briefwisseling) -> tuple[str, str, str]:
    return each.schuldeiser.naam.casefold(), str(each.schuldeiser.id), each.schuldenaar or ""
