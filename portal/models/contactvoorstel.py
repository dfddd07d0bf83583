"""What a schuldeiser asks by API to change about how it is reached. It holds only after a member of staff agreed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, HasId, value_enum
from portal.models.schuldeiser import Schuldeiser


class Voorstelstatus(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    OVERGENOMEN = "overgenomen"
    NIET_OVERGENOMEN = "niet_overgenomen"
    VERVANGEN = "vervangen"


class Contactvoorstel(HasId, Base):
    """Two keys for one door: the client of the schuldeiser asks, a member of staff decides. One is open at a time.

    None leaves what is there. These are addresses of a company, as in `Schuldeiser`.
    """

    __tablename__ = "contactvoorstel"
    __table_args__ = (
        CheckConstraint("num_nonnulls(email, postadres) > 0", name="iets"),
        CheckConstraint("(status IN ('open', 'vervangen')) = (decided_by IS NULL)", name="besloten"),
        UniqueConstraint("schuldeiser_id", "sleutel"),
        Index("ix_contactvoorstel_schuldeiser_id", "schuldeiser_id"),
        Index("uq_contactvoorstel_open", "schuldeiser_id", unique=True, postgresql_where=text("status = 'open'")),
    )

    schuldeiser_id: Mapped[UUID] = mapped_column(ForeignKey("schuldeiser.id", ondelete="CASCADE"))
    email: Mapped[str | None]
    postadres: Mapped[str | None]
    status: Mapped[Voorstelstatus] = mapped_column(value_enum(Voorstelstatus), default=Voorstelstatus.OPEN)
    sleutel: Mapped[str | None]
    requested_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id"))

    schuldeiser: Mapped[Schuldeiser] = relationship(lazy="raise")
