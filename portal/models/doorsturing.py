"""A case that went from one gemeente to another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, HasId, code
from portal.models.gemeente import Gemeente
from portal.models.sealed import Sealed, sealed_column


class Doorsturing(HasId, Base):
    """Who gave a case to whom, and why (the hulpvrager read that too).

    The organisatie that gave it away keeps this row, and the trail up to and including entry `volgnummer`.
    """

    __tablename__ = "doorsturing"
    __table_args__ = (
        Index("ix_doorsturing_verzoek_id", "verzoek_id"),
        Index("ix_doorsturing_van", "van_organisatie_id", "forwarded_at", "id"),
    )

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"))
    kenmerk: Mapped[str] = mapped_column(code(14))
    van_code: Mapped[str] = mapped_column(ForeignKey("gemeente.code"))
    naar_code: Mapped[str] = mapped_column(ForeignKey("gemeente.code"))
    van_organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    naar_organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    forwarded_at: Mapped[datetime]
    forwarded_by: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id"))
    volgnummer: Mapped[int]
    toelichting_sealed: Mapped[bytes] = sealed_column()

    toelichting = Sealed()

    van: Mapped[Gemeente] = relationship(lazy="raise", foreign_keys=[van_code])
    naar: Mapped[Gemeente] = relationship(lazy="raise", foreign_keys=[naar_code])
