"""A schuldeiser that was asked for a pause and does not answer."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.bewaking import Stilte
from portal.models.base import Base, value_enum
from portal.models.kennisgeving import Kennisgeving


class Stilzwijgen(Base):
    """One silence, of one first Kennisgeving; an answer ends it and takes the row away. `sinds` is the Dutch day on
    which it came where it stands.
    """

    __tablename__ = "stilzwijgen"
    __table_args__ = (
        Index("ix_stilzwijgen_stand", "organisatie_id", "stand"),
        Index("ix_stilzwijgen_sinds", "stand", "sinds"),
        Index("ix_stilzwijgen_schuldeiser_id", "schuldeiser_id"),
    )

    kennisgeving_id: Mapped[UUID] = mapped_column(ForeignKey("kennisgeving.id", ondelete="CASCADE"), primary_key=True)
    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    schuldeiser_id: Mapped[UUID] = mapped_column(ForeignKey("schuldeiser.id"))
    stand: Mapped[Stilte] = mapped_column(value_enum(Stilte))
    sinds: Mapped[date]

    @classmethod
    def of(cls, kennisgeving: Kennisgeving, today: date) -> "Stilzwijgen":
        """A new one: today it is reminded."""
        return cls(
            kennisgeving_id=kennisgeving.id,
            verzoek_id=kennisgeving.verzoek_id,
            organisatie_id=kennisgeving.organisatie_id,
            schuldeiser_id=kennisgeving.schuldeiser_id,
            stand=Stilte.HERINNERD,
            sinds=today,
        )

    def move_on(self, stand: Stilte, today: date) -> events.StilteNoticed:
        """The silence goes on: the next thing is to be done about it."""
        self.stand, self.sinds = stand, today
        return self.noticed()

    def broken(self) -> events.StilteBroken:
        """There is an answer: the row can go."""
        return events.StilteBroken(keten=self.verzoek_id, kennisgeving_id=self.kennisgeving_id)

    def noticed(self) -> events.StilteNoticed:
        """Where it stands now."""
        return events.StilteNoticed(keten=self.verzoek_id, kennisgeving_id=self.kennisgeving_id, stand=self.stand)
