"""The letter of a Kennisgeving, made once by the worker from the frozen facts, and the same facts for a machine."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.models.base import Base, HasId
from portal.models.kennisgeving import Kennisgeving
from portal.models.sealed import SealedBytes, sealed_column


class Brief(HasId, Base):
    """PDF and JSON of one Kennisgeving, with their hashes: sealed once, never changed. Has the id of its message.

    A table of its own, because lists of messages are read often and letters are large.
    """

    __tablename__ = "brief"

    id: Mapped[UUID] = mapped_column(ForeignKey("kennisgeving.id", ondelete="CASCADE"), primary_key=True)
    pdf_sealed: Mapped[bytes] = sealed_column()
    gegevens_sealed: Mapped[bytes] = sealed_column()
    pdf_sha256: Mapped[str]
    gegevens_sha256: Mapped[str]
    typeset_at: Mapped[datetime]

    pdf = SealedBytes()
    gegevens = SealedBytes()

    @classmethod
    def keep(cls, kennisgeving_id: UUID, pdf: bytes, gegevens: bytes, now: datetime) -> "Brief":
        """What the printer made."""
        return cls(
            id=kennisgeving_id,
            pdf=pdf,
            gegevens=gegevens,
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            gegevens_sha256=hashlib.sha256(gegevens).hexdigest(),
            typeset_at=now,
        )

    @property
    def is_intact(self) -> bool:
        """Whether both files still have the hash of the moment they were made."""
        kept = (self.pdf_sha256, self.gegevens_sha256)
        return kept == (hashlib.sha256(self.pdf).hexdigest(), hashlib.sha256(self.gegevens).hexdigest())

    def typeset(self, kennisgeving: Kennisgeving) -> events.KennisgevingTypeset:
        """What the trail keeps of it."""
        return events.KennisgevingTypeset(
            keten=kennisgeving.verzoek_id,
            kennisgeving_id=self.id,
            pdf_sha256=self.pdf_sha256,
            gegevens_sha256=self.gegevens_sha256,
        )
