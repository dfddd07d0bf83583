"""What the portal keeps of a session that the staff's own identity provider opened."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, HasId
from portal.models.sealed import Sealed, sealed_column


class Werksessie(HasId, Base):
    """Beside the `Sessie` of the same id: how the provider calls it (`sid`), and the token to ask it again with."""

    __tablename__ = "werksessie"

    id: Mapped[UUID] = mapped_column(ForeignKey("sessie.id", ondelete="CASCADE"), primary_key=True)
    sid: Mapped[str | None] = mapped_column(index=True)
    checked_at: Mapped[datetime]
    refresh_token_sealed: Mapped[bytes | None] = sealed_column(nullable=True)

    refresh_token = Sealed()
