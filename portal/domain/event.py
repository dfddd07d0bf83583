"""What every event is."""

from dataclasses import dataclass, fields
from uuid import UUID

from portal.domain.feit import Fact, as_fact

LANDELIJK = UUID(int=0)
"""The chain of what belongs to no organisatie: staff without one, mail of which nobody knows the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event in the chain `keten`: the id of a pauzeverzoek, or of an organisatie for what touches no dossier."""

    keten: UUID

    @property
    def name(self) -> str:
        return type(self).__name__

    def facts(self) -> dict[str, Fact]:
        """The fields but the chain itself, as JSON values."""
        return {f.name: as_fact(getattr(self, f.name)) for f in fields(self) if f.name != "keten"}
