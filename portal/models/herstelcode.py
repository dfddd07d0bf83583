"""The way in for who does not have the phone at hand."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, HasId


class Herstelcode(HasId, Base):
    """One code of a set of ten: it stands in for the second factor, once. Only its keyed hash is kept."""

    __tablename__ = "herstelcode"

    medewerker_id: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
