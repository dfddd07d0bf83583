"""Who acts. The actor is an explicit argument of every act and the key to every row: it is evidence."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a medewerker may do."""

    HULPVERLENER = "hulpverlener"
    TEAMLEIDER = "teamleider"
    BEHEERDER = "beheerder"
    LANDELIJK_BEHEERDER = "landelijk_beheerder"
    AUDITOR = "auditor"


REVIEWERS = frozenset({Role.HULPVERLENER, Role.TEAMLEIDER})
"""Roles that decide on cases."""

READERS = REVIEWERS | {Role.AUDITOR}
"""Roles that see cases."""

BEHEERDERS = frozenset({Role.BEHEERDER, Role.LANDELIJK_BEHEERDER})
"""Roles that look after colleagues' accounts."""


OF_AN_ORGANISATIE = frozenset(Role) - {Role.LANDELIJK_BEHEERDER}
"""Roles that a beheerder gives to colleagues."""


class ActorKind(StrEnum):
    """The kinds of actor that row-level security knows."""

    SYSTEEM = "systeem"
    MEDEWERKER = "medewerker"
    HULPVRAGER = "hulpvrager"
    SCHULDEISER = "schuldeiser"
    BEZOEKER = "bezoeker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One acting party. `id` is the medewerker, the pauzeverzoek of a hulpvrager, or the schuldeiser; None for systeem
    and bezoeker.
    """

    kind: ActorKind
    id: UUID | None = None
    organisatie_id: UUID | None = None
    roles: frozenset[Role] = frozenset()

    @classmethod
    def systeem(cls) -> "Actor":
        """The portal itself: the worker, the command line, the front door. Sees every row, so used with care."""
        return cls(kind=ActorKind.SYSTEEM)

    @classmethod
    def bezoeker(cls) -> "Actor":
        """Somebody unknown: sees gemeenten and the schuldeiser directory's names, no case."""
        return cls(kind=ActorKind.BEZOEKER)

    @classmethod
    def hulpvrager(cls, verzoek_id: UUID) -> "Actor":
        """The person behind one pauzeverzoek: sees that one only."""
        return cls(kind=ActorKind.HULPVRAGER, id=verzoek_id)

    @classmethod
    def schuldeiser(cls, schuldeiser_id: UUID) -> "Actor":
        """A party of the directory: sees the Kennisgevingen to itself and what it answered, no case."""
        return cls(kind=ActorKind.SCHULDEISER, id=schuldeiser_id)

    @classmethod
    def medewerker(cls, id: UUID, organisatie_id: UUID | None, roles: frozenset[Role]) -> "Actor":
        """A member of staff: sees the cases of the own organisatie only."""
        return cls(kind=ActorKind.MEDEWERKER, id=id, organisatie_id=organisatie_id, roles=roles)

    @property
    def is_reviewer(self) -> bool:
        return bool(self.roles & REVIEWERS)
