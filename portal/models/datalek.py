"""What a wrong party came to know of a hulpvrager, and what was done about it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, HasId
from portal.models.kennisgeving import Kennisgeving
from portal.models.sealed import Sealed, sealed_column


class Datalek(HasId, Base):
    """A message that went, or was to go, to the wrong party. `bereikt`: it may have arrived there, so data leaked.

    `wat` is what went wrong, in the words of who found it. Which facts it were stands in the message. Source: AVG art.
    33(5), every breach is documented.
    """

    __tablename__ = "datalek"
    __table_args__ = (
        Index("ix_datalek_verzoek_id", "verzoek_id"),
        Index("ix_datalek_kennisgeving_id", "kennisgeving_id"),
    )

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"))
    kennisgeving_id: Mapped[UUID] = mapped_column(ForeignKey("kennisgeving.id", ondelete="CASCADE"))
    found_at: Mapped[datetime]
    found_by: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id"))
    bereikt: Mapped[bool]
    wat_sealed: Mapped[bytes] = sealed_column()

    wat = Sealed()
    kennisgeving: Mapped[Kennisgeving] = relationship(lazy="raise")
