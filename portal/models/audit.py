"""The audit trail: append-only, each entry chained by hash to the one before it in its dossier."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.keten import entry_hash
from portal.domain.roles import ActorKind
from portal.models.base import Base, value_enum


class AuditEntry(Base):
    """One event. `keten` is the dossier (or organisatie), `volgnummer` counts from 1 within it."""

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("keten", "volgnummer"),
        Index(
            "ix_audit_at", "at", postgresql_using="brin"
        ),  # tiny, and enough: entries are stored in the order of time
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    keten: Mapped[UUID]
    volgnummer: Mapped[int]
    at: Mapped[datetime]
    gebeurtenis: Mapped[str]
    actor_kind: Mapped[ActorKind] = mapped_column(value_enum(ActorKind))
    actor_id: Mapped[UUID | None]
    feiten: Mapped[dict[str, Any]] = mapped_column(JSONB)
    vorige_hash: Mapped[str]
    hash: Mapped[str]

    def computed_hash(self) -> str:
        """SHA-256 over the previous hash and the canonical JSON of this entry."""
        return entry_hash(
            self.vorige_hash,
            keten=str(self.keten),
            volgnummer=self.volgnummer,
            at=self.at,
            gebeurtenis=self.gebeurtenis,
            actor_kind=str(self.actor_kind),
            actor_id=str(self.actor_id) if self.actor_id else None,
            feiten=self.feiten,
        )
