"""The hulpvrager's consent that schuldeisers are told: versioned, dated, withdrawable."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, HasId


class Toestemming(HasId, Base):
    """One consent to one version of the text. At most one is in force. `heard_by`: who heard it by word of mouth."""

    __tablename__ = "toestemming"
    __table_args__ = (
        Index("uq_toestemming_in_force", "verzoek_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
    )

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    versie: Mapped[str]
    tekst_sha256: Mapped[str]
    given_at: Mapped[datetime]
    heard_by: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id"))
    revoked_at: Mapped[datetime | None]
