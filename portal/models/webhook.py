"""The webhook of an API client, and what waits to be announced through it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.webhook import OVERLAP, Webhookfout, new_secret
from portal.models.base import Base, HasId, value_enum
from portal.models.sealed import Sealed, sealed_column


class Webhook(HasId, Base):
    """Where the machine of a schuldeiser wants to be called. Has the id of its client; its secrets are sealed, the
    newest first.
    """

    __tablename__ = "webhook"

    id: Mapped[UUID] = mapped_column(ForeignKey("api_client.id", ondelete="CASCADE"), primary_key=True)
    schuldeiser_id: Mapped[UUID] = mapped_column(ForeignKey("schuldeiser.id", ondelete="CASCADE"), index=True)
    url: Mapped[str]
    geheimen_sealed: Mapped[bytes] = sealed_column()
    renewed_at: Mapped[datetime]
    pogingen: Mapped[int] = mapped_column(default=0)
    delivered_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    fout: Mapped[Webhookfout | None] = mapped_column(value_enum(Webhookfout))

    geheimen = Sealed()

    def renew(self, url: str, now: datetime) -> str:
        """A new secret, to be shown once. At the same address the former one signs along for a while."""
        former = list(self.geheimen or [])[:1] if url == self.url else []
        geheim = new_secret()
        self.url, self.geheimen, self.renewed_at = url, [geheim, *former], now
        return geheim

    def signing(self, now: datetime) -> Sequence[str]:
        """The secrets that sign a call at this moment."""
        known: list[str] = self.geheimen
        return known if now - self.renewed_at < OVERLAP else known[:1]

    def registered(self) -> events.WebhookRegistered:
        return events.WebhookRegistered(keten=self.schuldeiser_id, client_id=self.id)

    def removed(self) -> events.WebhookRemoved:
        return events.WebhookRemoved(keten=self.schuldeiser_id, client_id=self.id)

    def succeed(self, now: datetime) -> None:
        """A call arrived."""
        self.pogingen, self.delivered_at, self.fout = 0, now, None

    def fail(self, fout: Webhookfout, now: datetime) -> None:
        """A call did not arrive."""
        self.pogingen, self.failed_at, self.fout = self.pogingen + 1, now, fout

    def give_up(self, aantal: int) -> events.WebhookGivenUp:
        """So many Kennisgevingen are not announced any more; they can be fetched as before."""
        self.pogingen = 0
        return events.WebhookGivenUp(keten=self.schuldeiser_id, client_id=self.id, aantal=aantal)


class Webhookmelding(HasId, Base):
    """A Kennisgeving that waits to be announced. It is deleted when it was, or when that was given up."""

    __tablename__ = "webhookmelding"
    __table_args__ = (
        UniqueConstraint("webhook_id", "kennisgeving_id"),
        Index("ix_webhookmelding_wacht", "webhook_id", "at", "id"),
        Index("ix_webhookmelding_kennisgeving_id", "kennisgeving_id"),
    )

    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    kennisgeving_id: Mapped[UUID] = mapped_column(ForeignKey("kennisgeving.id", ondelete="CASCADE"))
    at: Mapped[datetime]
