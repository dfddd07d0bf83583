"""The names that the history of a case needs: which ids it holds, and who they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from portal.domain import events
from portal.domain.roles import ActorKind
from portal.models import AuditEntry

Feiten: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Namen:
    """The names behind the ids of the events: of staff, the directory, the recipients of messages, gemeenten."""

    medewerkers: Mapping[UUID, str]
    schuldeisers: Mapping[UUID, str]
    ontvangers: Mapping[UUID, str]
    gemeenten: Mapping[str, str] = field(default_factory=dict)

    def staff(self, id: UUID | None) -> str:
        return self.medewerkers.get(id, "een collega") if id else "een collega"

    def medewerker(self, id: str) -> str:
        return self.staff(UUID(id))

    def schuldeiser(self, id: str) -> str:
        return self.schuldeisers.get(UUID(id), "een partij uit de lijst")

    def gemeente(self, code: str) -> str:
        return self.gemeenten.get(code, code)

    def ontvanger(self, feiten: Feiten) -> str:
        return self.ontvangers.get(UUID(feiten["kennisgeving_id"]), "een schuldeiser")


def medewerker_ids(entries: Iterable[AuditEntry]) -> set[UUID]:
    """The members of staff that the history names."""
    named = ("behandelaar_id", "was", "medewerker_id", "vervanger_id")
    found = {
        UUID(entry.feiten[name]) for entry in entries for name in named
        if entry.gebeurtenis in _NAMES_STAFF and entry.feiten.get(name)
    }  # fmt: skip
    acted = {entry.actor_id for entry in entries if entry.actor_kind is ActorKind.MEDEWERKER and entry.actor_id}
    return found | acted


_NAMES_STAFF = {
    kind.__name__
    for kind in (
        events.PauzeverzoekAssigned,
        events.PauzeverzoekReleased,
        events.MedewerkerAdded,
        events.MedewerkerChanged,
        events.MedewerkerInvited,
        events.UitnodigingUsed,
        events.MedewerkerSignedIn,
        events.MedewerkerEnrolled,
        events.HerstelcodeUsed,
        events.WerkaccountTied,
        events.MedewerkerRestored,
        events.MedewerkerDeactivated,
        events.AfwezigheidRegistered,
        events.AfwezigheidEnded,
        events.SessiesRevoked,
        events.WachtwoordChanged,
        events.SchuldeisersMerged,
        events.LijstvoorstelDecided,
    )
}


def gemeente_codes(entries: Iterable[AuditEntry]) -> set[str]:
    """The gemeenten between which the history says that a case went."""
    went = events.PauzeverzoekForwarded.__name__
    return {entry.feiten[name] for entry in entries if entry.gebeurtenis == went for name in ("was", "gemeente")}


def schuldeiser_ids(entries: Iterable[AuditEntry]) -> set[UUID]:
    """The parties of the directory that the history names."""
    named = ("schuldeiser_id", "weg_id", "naar_id", "doorgegeven_aan")
    found = {UUID(entry.feiten[name]) for entry in entries for name in named if entry.feiten.get(name)}
    return found | {UUID(id) for entry in entries for id in entry.feiten.get("schuldeisers") or ()
                    if entry.gebeurtenis == events.SchuldMatched.__name__}  # fmt: skip
