"""The mailed link with which a member of staff chooses a password."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, HasId


class Uitnodiging(HasId, Base):
    """Short-lived, to be spent once, revocable. `is_herstel`: not for a new account but to let somebody in again.

    `mailed_at`: a mail server took it; `refused_at`: the portal gave up. Neither: it is under way.
    """

    __tablename__ = "uitnodiging"

    medewerker_id: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id", ondelete="CASCADE"), index=True)
    is_herstel: Mapped[bool]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]

    def is_usable(self, now: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and now < self.expires_at

    def is_to_mail(self, now: datetime) -> bool:
        return self.mailed_at is None and self.refused_at is None and self.is_usable(now)
