"""The machines of large schuldeisers: who may call the API, and the tokens in use."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, HasId
from portal.models.schuldeiser import Schuldeiser


class ApiClient(HasId, Base):
    """A client of one schuldeiser. The id is its OAuth client id; of its random secret only the SHA-256 is kept.

    `last_used_at` is the last time that it asked a token.
    """

    __tablename__ = "api_client"

    schuldeiser_id: Mapped[UUID] = mapped_column(ForeignKey("schuldeiser.id", ondelete="CASCADE"), index=True)
    naam: Mapped[str]
    geheim_sha256: Mapped[bytes]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    schuldeiser: Mapped[Schuldeiser] = relationship(lazy="raise")


class ApiToken(HasId, Base):
    """A bearer token in use, shared by all web processes. Only its SHA-256 is kept."""

    __tablename__ = "api_token"
    __table_args__ = (Index("ix_api_token_expires_at", "expires_at"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("api_client.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[bytes] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
