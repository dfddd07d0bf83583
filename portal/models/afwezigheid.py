"""When a member of staff is away, and who has his cases then."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.errors import MoveNotAllowed
from portal.models.base import Base, HasId


class Afwezigheid(HasId, Base):
    """The days on which somebody is away, the first and the last included. Why is nobody's business and not kept."""

    __tablename__ = "afwezigheid"
    __table_args__ = (
        CheckConstraint("eind_on >= start_on", name="dagen"),
        CheckConstraint("vervanger_id <> medewerker_id", name="ander"),
        Index("ix_afwezigheid_medewerker_id", "medewerker_id", postgresql_where=text("ended_at IS NULL")),
    )

    medewerker_id: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id", ondelete="CASCADE"))
    vervanger_id: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id", ondelete="CASCADE"))
    start_on: Mapped[date]
    eind_on: Mapped[date]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def register(self, keten: UUID) -> events.AfwezigheidRegistered:
        """What the trail keeps of it."""
        return events.AfwezigheidRegistered(
            keten=keten,
            afwezigheid_id=self.id,
            medewerker_id=self.medewerker_id,
            vervanger_id=self.vervanger_id,
            start_on=self.start_on,
            eind_on=self.eind_on,
        )

    def end(self, keten: UUID, now: datetime) -> events.AfwezigheidEnded:
        """Back earlier, or not away at all. Raises MoveNotAllowed when that was said before."""
        if self.ended_at is not None:
            raise MoveNotAllowed("end an absence that was ended")
        self.ended_at = now
        return events.AfwezigheidEnded(keten=keten, afwezigheid_id=self.id, medewerker_id=self.medewerker_id)
