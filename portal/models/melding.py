"""A report of the hulpvrager after filing, and what became of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain import events
from portal.domain.antwoorden import Schuldgegevens
from portal.domain.errors import MoveNotAllowed
from portal.domain.melding import Meldingsoort, Post
from portal.models.base import Base, HasId, value_enum
from portal.models.kennisgeving import Kennisgeving
from portal.models.sealed import Sealed, sealed_column


class Melding(HasId, Base):
    """Post that came all the same, a forgotten schuld, or a fact that is wrong. `kennisgeving_id`: the message to who
    sent the post. `reactie` is what the hulpverlener answered, for the hulpvrager to read.
    """

    __tablename__ = "melding"
    __table_args__ = (
        Index("ix_melding_verzoek_id", "verzoek_id"),
        Index("ix_melding_kennisgeving_id", "kennisgeving_id"),
        Index("ix_melding_open", "verzoek_id", postgresql_where=text("handled_at IS NULL")),
    )

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"))
    soort: Mapped[Meldingsoort] = mapped_column(value_enum(Meldingsoort))
    made_at: Mapped[datetime]
    kennisgeving_id: Mapped[UUID | None] = mapped_column(ForeignKey("kennisgeving.id", ondelete="CASCADE"))
    gegevens_sealed: Mapped[bytes] = sealed_column()
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id"))
    reactie_sealed: Mapped[bytes | None] = sealed_column(nullable=True)

    gegevens = Sealed()
    reactie = Sealed()
    kennisgeving: Mapped[Kennisgeving | None] = relationship(lazy="raise")

    @property
    def post(self) -> Post:
        """What came, of a report of that kind."""
        return Post.read(self.gegevens)

    @property
    def schuld(self) -> Schuldgegevens:
        """The forgotten schuld, of a report of that kind."""
        return Schuldgegevens.read(self.gegevens)

    @property
    def tekst(self) -> str:
        """What is wrong and how it should be, of a report of that kind."""
        tekst: str = self.gegevens["tekst"]
        return tekst

    def make(self) -> events.MeldingMade:
        """What the trail keeps of it."""
        return events.MeldingMade(
            keten=self.verzoek_id, melding_id=self.id, soort=self.soort, kennisgeving_id=self.kennisgeving_id
        )

    def handle(self, now: datetime, medewerker_id: UUID | None, reactie: str) -> events.MeldingHandled:
        """Somebody did what it asks for. Raises MoveNotAllowed when that was done."""
        if self.handled_at is not None:
            raise MoveNotAllowed("handle a melding that was handled")
        self.handled_at, self.handled_by = now, medewerker_id
        self.reactie = reactie or None
        return events.MeldingHandled(keten=self.verzoek_id, melding_id=self.id)
