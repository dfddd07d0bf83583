"""The audit trail: append-only, each entry chained by hash to the one before it in its dossier."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.roles import ActorKind
from portal.models.base import Base, value_enum

GENESIS = "0" * 64
"""What the first entry of a chain is chained to."""


class AuditEntry(Base):
    """One event. `keten` is the dossier (or organisatie), `volgnummer` counts from 1 within it."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("keten", "volgnummer"),)

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
        body = [
            str(self.keten),
            self.volgnummer,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.gebeurtenis,
            str(self.actor_kind),
            str(self.actor_id) if self.actor_id else None,
            self.feiten,
        ]
        canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(f"{self.vorige_hash}\n{canonical}".encode()).hexdigest()
