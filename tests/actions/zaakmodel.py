"""One case on paper: what should have been sent to whom, worked out from the rules and from nothing of the portal."""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

ASKING = ("kennisgeving", "verlenging", "correctie")
CLOSING = ("beeindiging", "intrekking")
OPEN = ("ingediend", "in_behandeling", "aanvulling_gevraagd")
WITHDRAWABLE = (*OPEN, "goedgekeurd")
EIGHT = 8


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a month that lacks it."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass
class Brief:
    """One message to a schuldeiser. `begun`: it may have arrived while its status says that it is ready."""

    soort: str
    nummer: int
    start: date
    eind: date
    status: str = "klaar"
    begun: bool = False
    made: bool = False
    answer: str = ""
    answers: int = 0

    @property
    def arrived(self) -> bool:
        return self.status == "aangeboden" or (self.status == "klaar" and self.begun)

    def is_over(self, today: date) -> bool:
        return self.eind < today


@dataclass
class Partij:
    """A schuldeiser of the case and everything that was sent to it, oldest first."""

    naam: str
    maximum: int
    per_mail: bool
    tied: bool = False
    brieven: list[Brief] = field(default_factory=list)

    @property
    def asking(self) -> list[Brief]:
        return [brief for brief in self.brieven if brief.soort in ASKING]

    @property
    def asked(self) -> Brief:
        return self.asking[-1]

    @property
    def known(self) -> Brief | None:
        return next((brief for brief in reversed(self.asking) if brief.arrived), None)

    @property
    def is_recalled(self) -> bool:
        return any(brief.soort == "intrekking" for brief in self.brieven)

    @property
    def is_closed(self) -> bool:
        after = self.brieven[self.brieven.index(self.asked) :]
        return any(brief.soort in CLOSING for brief in after) or self.asked.status == "vervallen"

    def runs(self, today: date) -> bool:
        return bool(self.asking) and not self.is_closed and not self.asked.is_over(today)

    def holds(self, brief: Brief, today: date) -> bool:
        """Whether this message is still what is asked."""
        later = [each for each in self.brieven[self.brieven.index(brief) + 1 :] if each.status != "vervallen"]
        replaced = any(each.soort in (*CLOSING, "verlenging", "correctie") for each in later)
        gone = brief.soort in CLOSING or brief.status == "vervallen"
        return not (gone or replaced or brief.is_over(today))

    def send(self, soort: str, start: date, eind: date) -> Brief:
        nummer = 1 + sum(brief.soort == soort for brief in self.brieven)
        self.brieven.append(Brief(soort, nummer, start, eind))
        return self.brieven[-1]

    def follow(self, soort: str, start: date, eind: date) -> None:
        """The next message; for who cannot know of an earlier one it is the first. What has not left stays here."""
        kind = soort if self.known else "kennisgeving"
        self.lapse()
        self.send(kind, start, eind)

    def lapse(self, *, closing: bool = False) -> None:
        for brief in self.brieven:
            if brief.status in ("klaar", "niet_bezorgd") and (closing or brief.soort not in CLOSING):
                brief.status = "vervallen"

    def end(self, today: date) -> None:
        known = self.known
        told = known if known and not self.is_closed and not known.is_over(today) else None
        self.lapse()
        if told:
            self.send("beeindiging", told.start, today)


@dataclass
class Zaak:
    """The case: status, parties, and how often the hulpvrager was told what. `end_told_on`: of an end, when it left."""

    partijen: list[Partij]
    toestemming: bool
    status: str = "ingediend"
    behandelaar: int | None = None
    start: date | None = None
    eind: date | None = None
    verteld: Counter[str] = field(default_factory=lambda: Counter(ontvangen=1))
    end_told_on: date | None = None

    @property
    def told(self) -> list[Partij]:
        """Parties of whom something was asked."""
        return [partij for partij in self.partijen if partij.asking]

    @property
    def last_day(self) -> date:
        assert self.start
        return months_after(self.start, EIGHT)

    def assign(self, to: int | None) -> None:
        """To one of them, or to nobody."""
        self.behandelaar = to
        if to is None:
            self.status = "ingediend"
        elif self.status == "ingediend":
            self.status = "in_behandeling"

    def refuses_approval(self, months: list[int]) -> str | None:
        """The name of the rule that stands in the way, the first that is looked at."""
        if not all(partij.tied for partij in self.partijen):
            return "NietGekoppeld"
        if any(month > partij.maximum for month, partij in zip(months, self.partijen, strict=True)):
            return "DuurOngeldig"
        if not self.toestemming:
            return "GeenToestemming"
        return None if self.status == "in_behandeling" else "MoveNotAllowed"

    def approve(self, today: date, months: list[int]) -> None:
        for month, partij in zip(months, self.partijen, strict=True):
            partij.send("kennisgeving", today, months_after(today, month))
        self.status, self.start = "goedgekeurd", today
        self.eind = max(partij.asked.eind for partij in self.partijen)
        self.verteld["goedgekeurd"] += 1

    def extendable(self, until: date, today: date) -> list[tuple[Partij, date]]:
        """Who can be asked for longer, each until its own last day."""
        found = []
        for partij in self.told:
            last = min(until, self.last_day, months_after(partij.asked.start, partij.maximum))
            if partij.tied and partij.runs(today) and last > partij.asked.eind:
                found.append((partij, last))
        return found

    def extend(self, until: date, today: date) -> None:
        assert self.eind
        for partij, last in self.extendable(until, today):
            partij.follow("verlenging", partij.asked.start, last)
            self.eind = max(self.eind, last)
        self.verteld["verlengd"] += 1

    def correct(self, today: date) -> None:
        """Another name: everybody of whom something is asked hears it."""
        if self.status != "goedgekeurd":
            return
        running = [partij for partij in self.told if partij.runs(today)]
        for partij in running:
            if partij.tied:
                partij.follow("correctie", partij.asked.start, partij.asked.eind)
        self.eind = max((partij.asked.eind for partij in running), default=self.eind)

    def late_ones(self, today: date) -> list[tuple[Partij, date, date]]:
        """Who was tied since and hears of the pause for the first time, with its first and last day."""
        assert self.start
        assert self.eind
        start = max(today, self.start)
        fresh = [partij for partij in self.partijen if partij.tied and not partij.asking]
        ends = ((partij, min(self.eind, months_after(start, partij.maximum))) for partij in fresh)
        return [(partij, start, eind) for partij, eind in ends if eind > start]

    def stop(self, status: str, today: date) -> None:
        """End: not approved, early by a hulpverlener, or by the hulpvrager."""
        self.verteld[status] += 1
        for partij in self.told:
            partij.end(today)
        self.status, self.end_told_on = status, None
        self.toestemming = self.toestemming and status != "ingetrokken"

    def recall(self, partij: Partij) -> None:
        reached = next((brief for brief in reversed(partij.brieven) if brief.arrived), None)
        partij.lapse(closing=True)
        if reached:
            partij.send("intrekking", reached.start, reached.eind)
        partij.tied = False

    def let_time_end(self, today: date) -> None:
        """What is over by now: the pause, and what still asks for one."""
        if self.status == "goedgekeurd" and self.eind and self.eind < today:
            self.status = "afgelopen"
            self.verteld["afgelopen"] += 1
            for partij in self.partijen:
                partij.lapse()
        for partij in self.partijen:
            for brief in partij.brieven:
                stuck = brief.status in ("klaar", "niet_bezorgd")
                if stuck and brief.soort not in CLOSING and brief.is_over(today):
                    brief.status = "vervallen"

    def may_go_again(self, partij: Partij, brief: Brief, today: date) -> bool:
        if brief.soort in CLOSING:
            return True
        return self.status == "goedgekeurd" and partij.holds(brief, today)


def is_longer_than_allowed(brief: Brief, partij: Partij) -> bool:
    """Whether a message asks for more than the pair or the law allows."""
    return brief.eind > months_after(brief.start, min(partij.maximum, EIGHT))
