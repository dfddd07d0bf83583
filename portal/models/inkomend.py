"""Mail that came in: the whole of it, sealed, and what was understood."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.errors import MoveNotAllowed
from portal.domain.event import LANDELIJK
from portal.domain.inkomend import TE_LEZEN, Mailband, Mailgevolg, Mailsoort
from portal.models.base import Base, HasId, value_enum
from portal.models.sealed import Sealed, sealed_column


class Inkomend(HasId, Base):
    """One received mail. `sha256` is that of the mail and its envelope: the same mail is kept once.

    `ruw` is the mail itself in base64, attachments and all; it is loaded only when asked for and never opened here.
    Without `organisatie_id` nobody knows yet what it is about, or it is about a daily digest: many cases at once.
    """

    __tablename__ = "inkomend"
    __table_args__ = (
        Index("ix_inkomend_verzoek_id", "verzoek_id"),
        Index("ix_inkomend_kennisgeving_id", "kennisgeving_id"),
        Index("ix_inkomend_bericht_id", "bericht_id"),
        Index("ix_inkomend_dagoverzicht_id", "dagoverzicht_id", postgresql_where=text("dagoverzicht_id IS NOT NULL")),
        Index(
            "ix_inkomend_te_lezen", "organisatie_id", "verzoek_id",
            postgresql_where=text("handled_at IS NULL AND gevolg IN ('lezen', 'uitzoeken')"),
        ),
        Index("ix_inkomend_onbekend", "received_at", "id", postgresql_where=text("verzoek_id IS NULL")),
    )  # fmt: skip

    sha256: Mapped[str] = mapped_column(unique=True)
    received_at: Mapped[datetime]
    soort: Mapped[Mailsoort] = mapped_column(value_enum(Mailsoort))
    code: Mapped[str]
    band: Mapped[Mailband] = mapped_column(value_enum(Mailband))
    gevolg: Mapped[Mailgevolg] = mapped_column(value_enum(Mailgevolg))
    afgekapt: Mapped[bool]
    kennisgeving_id: Mapped[UUID | None] = mapped_column(ForeignKey("kennisgeving.id", ondelete="CASCADE"))
    bericht_id: Mapped[UUID | None] = mapped_column(ForeignKey("bericht.id", ondelete="CASCADE"))
    dagoverzicht_id: Mapped[UUID | None] = mapped_column(ForeignKey("dagoverzicht.id", ondelete="SET NULL"))
    verzoek_id: Mapped[UUID | None] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"))
    organisatie_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisatie.id"))
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id"))
    ruw_sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    envelop_sealed: Mapped[bytes] = sealed_column()
    afzender_sealed: Mapped[bytes] = sealed_column()
    onderwerp_sealed: Mapped[bytes] = sealed_column()
    tekst_sealed: Mapped[bytes] = sealed_column()
    diagnose_sealed: Mapped[bytes] = sealed_column()
    bijlagen_sealed: Mapped[bytes] = sealed_column()

    ruw = Sealed()
    envelop = Sealed()
    afzender = Sealed()
    onderwerp = Sealed()
    tekst = Sealed()
    diagnose = Sealed()
    bijlagen = Sealed()

    @property
    def keten(self) -> UUID:
        """The chain of its case, or of what belongs to nobody yet."""
        return self.verzoek_id or LANDELIJK

    @property
    def is_te_lezen(self) -> bool:
        """Whether somebody must still look at it."""
        return self.gevolg in TE_LEZEN and self.handled_at is None

    def handle(
        self, now: datetime, medewerker_id: UUID | None, kennisgeving_id: UUID | None = None
    ) -> events.InkomendHandled:
        """Somebody read it, and did what it asks for; `kennisgeving_id`: the message that it turned out to answer.

        Raises MoveNotAllowed when that was done.
        """
        if not self.is_te_lezen:
            raise MoveNotAllowed("handle a mail that asks for nothing (any more)")
        self.handled_at, self.handled_by = now, medewerker_id
        self.kennisgeving_id = self.kennisgeving_id or kennisgeving_id
        return events.InkomendHandled(keten=self.keten, inkomend_id=self.id, kennisgeving_id=self.kennisgeving_id)

    def tie(self, verzoek_id: UUID, organisatie_id: UUID, medewerker_id: UUID) -> events.InkomendTied:
        """Somebody saw what it is about: it goes to that case. Raises MoveNotAllowed when it has one."""
        if self.verzoek_id is not None:
            raise MoveNotAllowed("tie a mail that has a case")
        self.verzoek_id, self.organisatie_id = verzoek_id, organisatie_id
        self.band, self.gevolg = Mailband.KENMERK, Mailgevolg.LEZEN
        self.handled_at = self.handled_by = None
        return events.InkomendTied(keten=verzoek_id, inkomend_id=self.id, medewerker_id=medewerker_id)
