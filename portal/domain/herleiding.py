"""What the trail says that a case and its messages must look like: their columns, derived from the events in order.

What is frozen has a fingerprint in the event that made it; what moves on is moved here as the acts move it. Values have
the form of facts. A column that no event tells of is not here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from portal.domain import events
from portal.domain.feit import Fact, as_fact
from portal.domain.status import Antwoord, Eindreden, Move, Status, Verzendstatus, after


class Gebeurtenis(Protocol):
    """An entry of the trail."""

    gebeurtenis: Any
    at: Any
    actor_id: Any
    feiten: Any


Kolommen: TypeAlias = Mapping[str, Any]
"""Column → the value that it must have."""

Rij: TypeAlias = tuple[str, str]
"""Table and id."""

Rule: TypeAlias = Callable[[Kolommen, Gebeurtenis], Kolommen]
"""The columns before an event → those that it changes."""

NOTHING: Kolommen = {}


def _at(entry: Gebeurtenis) -> Fact:
    at: datetime = entry.at
    return as_fact(at)


def _taken(was: Kolommen, entry: Gebeurtenis) -> Kolommen:
    return {"status": Verzendstatus.AANGEBODEN, "handed_over_at": _at(entry)}


def _issued(was: Kolommen, entry: Gebeurtenis) -> Kolommen:
    """The facts of the issue, and what nothing has happened to yet."""
    fresh = dict.fromkeys(("handed_over_at", "acknowledged_at", "link_revoked_at", "told_at"))
    begun = {"status": Verzendstatus.KLAAR, "antwoord": Antwoord.GEEN_REACTIE}
    on_page = _taken(was, entry) if entry.feiten["kanaal"] == "portaal" else NOTHING
    return {**entry.feiten, **fresh, **begun, **on_page}


def _acknowledged(was: Kolommen, entry: Gebeurtenis) -> Kolommen:
    taken = NOTHING if was["status"] == Verzendstatus.AANGEBODEN else _taken(was, entry)
    return {**taken, "acknowledged_at": _at(entry)}


def _retried(was: Kolommen, entry: Gebeurtenis) -> Kolommen:
    told = ("kanaal", "aan_vingerafdruk", "gebundeld")
    return {"status": Verzendstatus.KLAAR, **{name: entry.feiten[name] for name in told}}


def _moved(status: Verzendstatus) -> Rule:
    return lambda was, entry: {"status": status}


def _no_change(was: Kolommen, entry: Gebeurtenis) -> Kolommen:
    return NOTHING


MESSAGE: Mapping[type[events.Event], Rule] = {
    events.KennisgevingIssued: _issued,
    events.KennisgevingTypeset: _no_change,
    events.KennisgevingHandedOver: _taken,
    events.KennisgevingAcknowledged: _acknowledged,
    events.KennisgevingPosted: _taken,
    events.KennisgevingRefused: _moved(Verzendstatus.NIET_BEZORGD),
    events.KennisgevingRetried: _retried,
    events.KennisgevingLapsed: _moved(Verzendstatus.VERVALLEN),
    events.AntwoordlinkConfirmed: _no_change,
    events.AntwoordlinkRevoked: lambda was, entry: {"link_revoked_at": _at(entry)},
    events.KennisgevingAnswered: lambda was, entry: {"antwoord": entry.feiten["antwoord"]},
    events.AntwoordHandled: _no_change,
    events.MeldingMade: _no_change,
    events.BerichtIssued: _issued,
    events.BerichtHandedOver: _taken,
    events.BerichtRefused: _moved(Verzendstatus.NIET_BEZORGD),
    events.PogingKept: _no_change,
    events.InkomendReceived: _no_change,
    events.HulpvragerTold: lambda was, entry: {"told_at": _at(entry)},
}
"""Every event that names a message, and what it does to it. A test compares this with the fields of the events."""


# --- the case -------------------------------------------------------------------------------------


def _step(move: Move, *named: str, **changes: Any) -> Rule:
    """A move of the state machine, the facts that are columns too, and what else it sets."""

    def rule(was: Kolommen, entry: Gebeurtenis) -> Kolommen:
        facts = {name: entry.feiten[name] for name in named}
        return {"status": after(move, Status(was["status"])), **facts, **changes}

    return rule


def _decided(move: Move, *named: str) -> Rule:
    step = _step(move, *named)
    return lambda was, entry: {**step(was, entry), "decided_by": as_fact(entry.actor_id), "decided_at": _at(entry)}


def _submitted(was: Kolommen, entry: Gebeurtenis) -> Kolommen:
    told = ("meldingsdatum", "dreigend", "eerste_gesprek_voor", "organisatie_id", "antwoorden_vingerafdruk")
    filed = {"gemeente_code": entry.feiten["gemeente"], "submitted_at": _at(entry)}
    return {**_step(Move.SUBMIT, *told)(was, entry), **filed}


_NOT_YET = ("behandelaar_id", "decided_at", "decided_by", "start_on", "eind_on", "eindreden")

CASE: Mapping[type[events.Event], Rule] = {
    events.PauzeverzoekStarted: lambda was, entry: {
        "kenmerk": entry.feiten["kenmerk"], "status": Status.CONCEPT, **dict.fromkeys(_NOT_YET),
        **dict.fromkeys(("submitted_at", "meldingsdatum", "organisatie_id", "eerste_gesprek_voor")),
    },
    events.PauzeverzoekSubmitted: _submitted,
    events.PauzeverzoekAssigned: _step(Move.ASSIGN, "behandelaar_id"),
    events.SupplementRequested: _step(Move.REQUEST_SUPPLEMENT),
    events.PauzeverzoekSupplemented: _step(Move.SUPPLEMENT),
    events.PauzeverzoekApproved: _decided(Move.APPROVE, "start_on", "eind_on"),
    events.PauzeverzoekDeclined: _decided(Move.DECLINE),
    events.PauzeverzoekWithdrawn: _step(Move.WITHDRAW, eindreden=Eindreden.INGETROKKEN),
    events.PauzeEnded: lambda was, entry: {
        **_step(Move.END)(was, entry), "eindreden": entry.feiten["reden"],
    },
    events.PauzeExpired: _step(Move.EXPIRE, eindreden=Eindreden.AFGEROND),
    events.ZandbakgevalMade: lambda was, entry: {"status": Status.INGETROKKEN, **dict.fromkeys(_NOT_YET)},
}  # fmt: skip
"""Every event that moves a case, and what it does to it. A test compares this with the state machine."""


# --- what is made once ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gemaakt:
    """A kind of row that an event makes: its table, the fact that names it, and column → the fact that it must have."""

    tabel: str
    naam: str
    feiten: Mapping[str, str]


MADE = (
    Gemaakt("schuld", "schuld_id", {"vingerafdruk": "vingerafdruk"}),
    Gemaakt("poging", "poging_id", {"vingerafdruk": "poging_vingerafdruk"}),
    Gemaakt("beantwoording", "beantwoording_id", {"vingerafdruk": "vingerafdruk"}),
    Gemaakt("aanmeldbewijs", "aanmeldbewijs_id", {"pdf_sha256": "pdf_sha256"}),
    Gemaakt("brief", "kennisgeving_id", {"pdf_sha256": "pdf_sha256", "gegevens_sha256": "gegevens_sha256"}),
)

# --------------------------------------------------------------------------------------------------


def derive(keten: UUID, entries: Iterable[Gebeurtenis]) -> dict[Rij, Kolommen]:
    """Every row of which a chain tells, with its columns: the case, its messages, and what belongs to them."""
    case = ("pauzeverzoek", str(keten))
    found: dict[Rij, Kolommen] = {}
    for entry in entries:
        if rule := _CASE.get(entry.gebeurtenis):
            found[case] = {**found.get(case, NOTHING), **rule(found.get(case, NOTHING), entry)}
        if rule := _MESSAGE.get(entry.gebeurtenis):
            for row in _messages(entry):
                was = found.get(row, {"verzoek_id": str(keten)})
                found[row] = {**was, **rule(was, entry)}
        found |= _made(entry)
        if entry.gebeurtenis == events.SchuldRemoved.__name__:
            found.pop(("schuld", entry.feiten["schuld_id"]), None)
    return found


def _messages(entry: Gebeurtenis) -> Iterator[Rij]:
    """The messages that an event names."""
    named = ((table, entry.feiten.get(f"{table}_id")) for table in ("kennisgeving", "bericht"))
    yield from ((table, id) for table, id in named if id)
    yield from (("bericht", id) for id in entry.feiten.get("berichten", ()))


def _made(entry: Gebeurtenis) -> dict[Rij, Kolommen]:
    facts = entry.feiten
    return {
        (kind.tabel, facts[kind.naam]): {column: facts[fact] for column, fact in kind.feiten.items()}
        for kind in MADE
        if facts.get(kind.naam) and facts.keys() >= set(kind.feiten.values())
    }


_CASE = {kind.__name__: rule for kind, rule in CASE.items()}
_MESSAGE = {kind.__name__: rule for kind, rule in MESSAGE.items()}
