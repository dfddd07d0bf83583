"""One person of the demonstration world under way, and what an act on the case looks like."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from portal.db.engine import ScopedSession
from portal.dev.wereld.verhalen import Verhaal
from portal.domain.roles import Actor


@dataclass(slots=True)
class Geval:
    """One verhaal under way."""

    verhaal: Verhaal
    verzoek_id: UUID
    schulden: list[UUID]
    parties: dict[str, UUID]
    reviewer: Actor | None = None
    versie: int = field(default=0)


Act = Callable[[ScopedSession, Actor, Geval], None]
