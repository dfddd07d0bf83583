"""Who usually collects for whom."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, HasId
from portal.models.schuldeiser import Schuldeiser


class Gemachtigde(HasId, Base):
    """An incassobureau or gerechtsdeurwaarder that usually collects for a schuldeiser. Knowledge of the directory: who
    is told about a schuld is the match of that schuld.
    """

    __tablename__ = "gemachtigde"
    __table_args__ = (
        UniqueConstraint("schuldeiser_id", "gemachtigde_id"),
        CheckConstraint("schuldeiser_id <> gemachtigde_id", name="een_ander"),
        Index("ix_gemachtigde_gemachtigde_id", "gemachtigde_id"),
    )

    schuldeiser_id: Mapped[UUID] = mapped_column(ForeignKey("schuldeiser.id", ondelete="CASCADE"))
    gemachtigde_id: Mapped[UUID] = mapped_column(ForeignKey("schuldeiser.id", ondelete="CASCADE"))

    schuldeiser: Mapped[Schuldeiser] = relationship(lazy="raise", foreign_keys=[schuldeiser_id])
    gemachtigde: Mapped[Schuldeiser] = relationship(lazy="raise", foreign_keys=[gemachtigde_id])
