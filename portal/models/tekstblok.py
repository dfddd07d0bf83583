"""Sentences that an organisatie uses often, to begin a question or an explanation with."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.models.base import Base, HasId, value_enum


class Bloksoort(StrEnum):
    """Where a text block is used."""

    VRAAG = "vraag"
    NIET_GOEDKEUREN = "niet_goedkeuren"


class Tekstblok(HasId, Base):
    """One text of one organisatie. It says nothing about a person: whoever uses it completes it."""

    __tablename__ = "tekstblok"
    __table_args__ = (UniqueConstraint("organisatie_id", "soort", "titel"),)

    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    soort: Mapped[Bloksoort] = mapped_column(value_enum(Bloksoort))
    titel: Mapped[str]
    tekst: Mapped[str]
    changed_at: Mapped[datetime]

    def write(self, titel: str, tekst: str, now: datetime) -> events.TekstblokWritten:
        """Give it these words."""
        self.titel, self.tekst, self.changed_at = titel, tekst, now
        return events.TekstblokWritten(keten=self.organisatie_id, tekstblok_id=self.id, soort=self.soort)
