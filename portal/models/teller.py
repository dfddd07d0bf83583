"""Counters of attempts, shared by all processes."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class Teller(Base):
    """Attempts for one keyed purpose in one window; or one value that was used, with the moment it was made. The key is
    a keyed hash: no address or kenmerk is stored.
    """

    __tablename__ = "teller"
    __table_args__ = (Index("ix_teller_window_start", "window_start"),)

    sleutel: Mapped[bytes] = mapped_column(primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True)
    aantal: Mapped[int]
