"""A question for a second key: what somebody wants to do, until another member of staff decides or it expires."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain import events
from portal.domain.akkoord import ALWAYS_TWO, Akkoordsoort, Akkoordstatus
from portal.domain.errors import AlreadyDecided, NotAllowed
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor
from portal.models.base import Base, HasId, value_enum
from portal.models.medewerker import Medewerker
from portal.models.schuldeiser import Schuldeiser
from portal.models.sealed import Sealed, sealed_column

_ALWAYS = ", ".join(f"'{soort}'" for soort in sorted(ALWAYS_TWO))


class Akkoordvraag(HasId, Base):
    """One question. `onderwerp_id` is what it is about: nobody asks the same twice while it is open.

    `asked_by` is empty when the machine of a schuldeiser asks about its own addresses. `alleen`: the organisatie works
    with one key, so nobody else agreed. None in `email` or `postadres` leaves what is there; these are addresses of a
    company, as in `Schuldeiser`. `inhoud` is the list of a mass act.
    """

    __tablename__ = "akkoordvraag"
    __table_args__ = (
        CheckConstraint("(status IN ('akkoord', 'niet_akkoord')) = (decided_by IS NOT NULL)", name="besloten"),
        CheckConstraint("decided_by IS NULL OR asked_by IS NULL OR asked_by <> decided_by OR alleen", name="twee"),
        CheckConstraint(f"NOT (alleen AND soort IN ({_ALWAYS}))", name="altijd_twee"),
        CheckConstraint("asked_by IS NOT NULL OR soort = 'contactgegevens'", name="gevraagd"),
        CheckConstraint(
            "soort <> 'contactgegevens' OR (schuldeiser_id IS NOT NULL AND num_nonnulls(email, postadres) > 0)",
            name="adressen",
        ),
        UniqueConstraint("schuldeiser_id", "sleutel"),
        Index("ix_akkoordvraag_schuldeiser_id", "schuldeiser_id"),
        Index("ix_akkoordvraag_verzoek_id", "verzoek_id"),
        Index("ix_akkoordvraag_open", "organisatie_id", "expires_at", postgresql_where=text("status = 'open'")),
        Index(
            "uq_akkoordvraag_open", "soort", "onderwerp_id", unique=True,
            postgresql_where=text("status = 'open' AND asked_by IS NOT NULL"),
        ),
        Index(
            "uq_akkoordvraag_open_koppeling", "onderwerp_id", unique=True,
            postgresql_where=text("status = 'open' AND asked_by IS NULL"),
        ),
    )  # fmt: skip

    soort: Mapped[Akkoordsoort] = mapped_column(value_enum(Akkoordsoort))
    status: Mapped[Akkoordstatus] = mapped_column(value_enum(Akkoordstatus), default=Akkoordstatus.OPEN)
    organisatie_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisatie.id"))
    onderwerp_id: Mapped[UUID]
    schuldeiser_id: Mapped[UUID | None] = mapped_column(ForeignKey("schuldeiser.id", ondelete="CASCADE"))
    verzoek_id: Mapped[UUID | None] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"))
    email: Mapped[str | None]
    postadres: Mapped[str | None]
    inhoud_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    reden_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    sleutel: Mapped[str | None]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id"))
    decided_at: Mapped[datetime | None]
    antwoord_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    alleen: Mapped[bool] = mapped_column(default=False)

    inhoud = Sealed()
    reden = Sealed()
    antwoord = Sealed()
    schuldeiser: Mapped[Schuldeiser | None] = relationship(lazy="raise")
    vrager: Mapped[Medewerker | None] = relationship(lazy="raise", foreign_keys=[asked_by])
    beslisser: Mapped[Medewerker | None] = relationship(lazy="raise", foreign_keys=[decided_by])

    @property
    def keten(self) -> UUID:
        """The chain that tells of it: of the case, of the schuldeiser that asks, else of the organisatie."""
        if self.asked_by is None and self.schuldeiser_id is not None:
            return self.schuldeiser_id
        return self.decided_keten

    @property
    def decided_keten(self) -> UUID:
        """The chain in which staff decides."""
        return self.verzoek_id or self.organisatie_id or LANDELIJK

    def is_open(self, now: datetime) -> bool:
        return self.status is Akkoordstatus.OPEN and now < self.expires_at

    def ask(self) -> events.AkkoordAsked:
        return events.AkkoordAsked(keten=self.keten, akkoordvraag_id=self.id, soort=self.soort)

    def decide(
        self, actor: Actor, now: datetime, antwoord: str, *, akkoord: bool, alleen: bool = False
    ) -> events.AkkoordGiven | events.AkkoordRefused:
        """The second key, or the only one where the organisatie says so. Raises AlreadyDecided, NotAllowed."""
        if not self.is_open(now):
            raise AlreadyDecided(f"akkoordvraag {self.status}")
        if actor.id is None or (actor.id == self.asked_by and not alleen):
            raise NotAllowed("somebody else must agree")
        self.status = Akkoordstatus.AKKOORD if akkoord else Akkoordstatus.NIET_AKKOORD
        self.decided_by, self.decided_at, self.antwoord, self.alleen = actor.id, now, antwoord, alleen
        kind = events.AkkoordGiven if akkoord else events.AkkoordRefused
        return kind(keten=self.decided_keten, akkoordvraag_id=self.id, soort=self.soort, alleen=alleen)

    def take_back(self) -> None:
        """Another wish of the same machine takes its place."""
        self.status = Akkoordstatus.VERVANGEN

    def expire(self) -> events.AkkoordExpired:
        """Nobody decided in time."""
        self.status = Akkoordstatus.VERLOPEN
        return events.AkkoordExpired(keten=self.decided_keten, akkoordvraag_id=self.id, soort=self.soort)
