"""The history of a case in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from portal.domain import events
from portal.domain.roles import ActorKind
from portal.models import AuditEntry
from portal.web.hulpverlener.namen import Namen
from portal.web.hulpverlener.zinnen import HULPVRAGER, PORTAAL, ZINNEN
from portal.web.templating import moment


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of the history; `daarbij`: the sentences of what else the same act did, oldest first."""

    at: datetime
    zin: str
    daarbij: tuple[str, ...] = ()


FILED = events.PauzeverzoekSubmitted.__name__

BEFORE_FILING = "De hulpvrager vulde de vragen in."

_BY_NAME = {kind.__name__: zin for kind, zin in ZINNEN.items()}


def regels(entries: Sequence[AuditEntry], namen: Namen) -> list[Regel]:
    """The history, in the order of the entries."""
    return [Regel(entry.at, _sentence(entry, namen)) for entry in entries]


def in_brief(entries: Sequence[AuditEntry], namen: Namen) -> list[Regel]:
    """The same for entries newest first, with all that one approval issued in its own line, and in one line all that
    the hulpvrager did before filing.
    """
    filed = _filed(entries)
    lines, before = [], entries[filed:]
    for at, same in groupby(entries[:filed], key=lambda entry: entry.at):
        act = list(same)
        approved = [entry for entry in act if entry.gebeurtenis == events.PauzeverzoekApproved.__name__]
        if approved:
            issued = (_sentence(entry, namen) for entry in reversed(act) if entry not in approved)
            lines.append(Regel(at, _sentence(approved[0], namen), tuple(issued)))
        else:
            lines += regels(act, namen)
    return lines + (regels(before, namen) if len(before) < 2 else [_as_one(before, namen)])


def _filed(entries: Sequence[AuditEntry]) -> int:
    """How many entries, newest first, there are from the filing on; all when staff did something before it."""
    names = [entry.gebeurtenis for entry in entries]
    filed = names.index(FILED) + 1 if FILED in names else len(entries)
    by_staff = any(entry.actor_kind is ActorKind.MEDEWERKER for entry in entries[filed:])
    return len(entries) if by_staff else filed


def _as_one(before: Sequence[AuditEntry], namen: Namen) -> Regel:
    said = (f"{moment(regel.at)}: {regel.zin}" for regel in reversed(regels(before, namen)))
    return Regel(before[0].at, BEFORE_FILING, tuple(said))


def _sentence(entry: AuditEntry, namen: Namen) -> str:
    zin = _BY_NAME[entry.gebeurtenis](_actor(entry, namen), entry.feiten, namen)
    return zin if zin.endswith(".") else f"{zin}."


def _actor(entry: AuditEntry, namen: Namen) -> str:
    match entry.actor_kind:
        case ActorKind.HULPVRAGER:
            return HULPVRAGER
        case ActorKind.MEDEWERKER:
            return namen.medewerkers.get(entry.actor_id, "Een medewerker") if entry.actor_id else "Een medewerker"
        case _:
            return PORTAAL


def is_noted_answer(entry: AuditEntry) -> bool:
    """Whether a member of staff wrote down what the hulpvrager answered on the telephone."""
    return entry.gebeurtenis == events.PauzeverzoekSupplemented.__name__ and entry.actor_kind is ActorKind.MEDEWERKER
