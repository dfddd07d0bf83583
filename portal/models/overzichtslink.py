"""The mailed link to every message of one mailbox that waits for an answer."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from portal.domain import events
from portal.domain.errors import MoveNotAllowed
from portal.domain.event import LANDELIJK
from portal.models.base import Base, HasId
from portal.models.sealed import Sealed, sealed_column


class Overzichtslink(HasId, Base):
    """Works until `expires_at`, more than once and for whoever it is passed on to; whoever has it may end it."""

    __tablename__ = "overzichtslink"

    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    adres_sealed: Mapped[bytes] = sealed_column()

    adres = Sealed()

    def is_usable(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    def issue(self) -> events.OverzichtslinkIssued:
        """What the trail keeps of it. A mailbox belongs to no case."""
        return events.OverzichtslinkIssued(keten=LANDELIJK, overzichtslink_id=self.id)

    def revoke(self, now: datetime) -> events.OverzichtslinkRevoked:
        """It opens nothing any more. Raises MoveNotAllowed when it did not before."""
        if not self.is_usable(now):
            raise MoveNotAllowed("revoke a link that opens nothing")
        self.revoked_at = now
        return events.OverzichtslinkRevoked(keten=LANDELIJK, overzichtslink_id=self.id)
