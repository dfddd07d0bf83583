"""What every frozen outgoing message has, to a schuldeiser or to a hulpvrager."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.errors import MoveNotAllowed
from portal.domain.keten import parts_hash
from portal.domain.status import VERZENDING, Pogingresultaat, Verzendstatus
from portal.models.base import Base, HasId, value_enum
from portal.models.sealed import Sealed, sealed_column

TAKEN = 250
"""The reply code of a mail server that takes a message (RFC 5321)."""


class Frozen(HasId):
    """A message as it was issued: subject, text and HTML are sealed once, hashed, and never change.

    `message_id` is fixed at issue, so that a repeated hand-over is recognisable. `envelope_token` is the local part of
    the envelope sender: a bounce names the delivery with it. `attempt_started_at` is set before the first hand-over is
    tried: from then on it may have arrived, whatever the status says. `afzender_naam` and `antwoord_aan` stand in From
    and Reply-To; they are empty where the message must not tell who sent it.
    """

    status: Mapped[Verzendstatus] = mapped_column(value_enum(Verzendstatus), default=Verzendstatus.KLAAR)
    aan_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    onderwerp_sealed: Mapped[bytes] = sealed_column()
    tekst_sealed: Mapped[bytes] = sealed_column()
    html_sealed: Mapped[bytes] = sealed_column()
    sha256: Mapped[str]
    sjabloon: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    envelope_token: Mapped[str] = mapped_column(unique=True)
    afzender_naam: Mapped[str]
    antwoord_aan: Mapped[str]
    issued_at: Mapped[datetime]
    attempt_started_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]

    aan = Sealed()
    onderwerp = Sealed()
    tekst = Sealed()
    html = Sealed()

    @property
    def keten(self) -> UUID:
        """The audit chain to which its events belong."""
        dossier: UUID = self.verzoek_id  # type: ignore[attr-defined]
        return dossier

    def freeze(self, onderwerp: str, tekst: str, html: str) -> None:
        """Fix the words and their hash."""
        self.onderwerp, self.tekst, self.html = onderwerp, tekst, html
        self.sha256 = parts_hash(onderwerp, tekst, html)

    @property
    def is_intact(self) -> bool:
        """Whether the stored words still have the hash of the moment of issue."""
        return self.sha256 == parts_hash(self.onderwerp, self.tekst, self.html)

    @property
    def may_come_back(self) -> bool:
        """Whether a mail server may still say that it was not delivered.

        It can say so before we have noted that it took the message, but not of one that waits to be sent again.
        """
        under_way = self.attempt_started_at is not None and self.handed_over_at is None
        return self.status is Verzendstatus.AANGEBODEN or (self.status is Verzendstatus.KLAAR and under_way)

    def move_to(self, status: Verzendstatus) -> None:
        """Change the delivery status. Raises MoveNotAllowed."""
        if status not in VERZENDING[self.status]:
            raise MoveNotAllowed(f"{status} from {self.status}")
        self.status = status


class Poging(HasId, Base):
    """One attempt to hand a message over: when, what the mail server said, whether over TLS."""

    __tablename__ = "poging"
    __table_args__ = (
        CheckConstraint("num_nonnulls(kennisgeving_id, bericht_id, dagoverzicht_id) = 1", name="een_bericht"),
        Index(
            "ix_poging_kennisgeving_id",
            "kennisgeving_id",
            postgresql_where=text("kennisgeving_id IS NOT NULL"),
        ),
        Index("ix_poging_bericht_id", "bericht_id", postgresql_where=text("bericht_id IS NOT NULL")),
        Index("ix_poging_dagoverzicht_id", "dagoverzicht_id", postgresql_where=text("dagoverzicht_id IS NOT NULL")),
    )

    kennisgeving_id: Mapped[UUID | None] = mapped_column(ForeignKey("kennisgeving.id", ondelete="CASCADE"))
    bericht_id: Mapped[UUID | None] = mapped_column(ForeignKey("bericht.id", ondelete="CASCADE"))
    dagoverzicht_id: Mapped[UUID | None] = mapped_column(ForeignKey("dagoverzicht.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    resultaat: Mapped[Pogingresultaat] = mapped_column(value_enum(Pogingresultaat))
    code: Mapped[int | None]
    antwoord: Mapped[str]
    tls: Mapped[bool]

    @property
    def taken(self) -> dict[str, Any]:
        """What an event tells of one that a mail server took."""
        return {"code": self.code or TAKEN, "tls": self.tls, "poging_id": self.id}

    def kept(self, keten: UUID) -> events.PogingKept:
        """An attempt that decided nothing: temporary trouble, or a repeat."""
        return events.PogingKept(
            keten=keten,
            kennisgeving_id=self.kennisgeving_id,
            bericht_id=self.bericht_id,
            dagoverzicht_id=self.dagoverzicht_id,
            resultaat=self.resultaat,
            code=self.code,
            poging_id=self.id,
        )
