"""Who looks at which case at this moment."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class Bekijker(Base):
    """A member of staff who has a case in front of him. It is nothing to keep: unlogged, and gone within minutes."""

    __tablename__ = "bekijker"
    __table_args__ = (Index("ix_bekijker_medewerker_id", "medewerker_id"), {"prefixes": ["UNLOGGED"]})

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), primary_key=True)
    medewerker_id: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id", ondelete="CASCADE"), primary_key=True)
    seen_at: Mapped[datetime]
