"""The partner: the second person of a request, with an own toestemming, contact and secret address."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain import events
from portal.domain.antwoorden import Adres, Contact, Persoon
from portal.models.base import Base, HasId
from portal.models.sealed import Sealed, sealed_column
from portal.models.zoekindex import search_index


class Partnertoestemming(HasId, Base):
    """One consent of the partner to one version of the text. At most one is in force. `heard_by`: who heard it."""

    __tablename__ = "partnertoestemming"
    __table_args__ = (
        Index("uq_partnertoestemming_in_force", "partner_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
    )

    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), index=True)
    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    versie: Mapped[str]
    tekst_sha256: Mapped[str]
    given_at: Mapped[datetime]
    heard_by: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id"))
    revoked_at: Mapped[datetime | None]


class Partner(HasId, Base):
    """One in a request at most. What is known is one sealed document, shaped like the answers of the hulpvrager."""

    __tablename__ = "partner"
    __table_args__ = (
        UniqueConstraint("verzoek_id"),
        Index("ix_partner_naam_index", "naam_index"),
        Index("ix_partner_geboorte_index", "geboorte_index"),
    )

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"))
    gegevens_sealed: Mapped[bytes] = sealed_column()
    naam_index: Mapped[bytes | None]
    geboorte_index: Mapped[bytes | None]
    added_at: Mapped[datetime]

    gegevens = Sealed()
    toestemmingen: Mapped[list[Partnertoestemming]] = relationship(
        lazy="raise", order_by=Partnertoestemming.given_at, cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def persoon(self) -> Persoon:
        return Persoon.read(self.gegevens)

    @property
    def contact(self) -> Contact:
        return Contact.read(self.gegevens)

    @property
    def geheim(self) -> bool:
        """Whether schuldeisers may not read where the partner lives."""
        return Adres.read(self.gegevens).geheim

    @property
    def toestemming(self) -> Partnertoestemming | None:
        """The toestemming in force, or None."""
        return next((each for each in self.toestemmingen if each.revoked_at is None), None)

    def tell(self, secties: dict[str, dict[str, Any]]) -> tuple[str, ...]:
        """Keep what is known of the partner and make the case findable by it; returns which sections are other now."""
        was = self.gegevens if self.gegevens_sealed is not None else {}
        self.gegevens = secties
        persoon = self.persoon
        self.naam_index = search_index("naam", persoon.achternaam)
        self.geboorte_index = search_index("geboren", persoon.geboren_on.isoformat()) if persoon.geboren_on else None
        return tuple(name for name, sectie in secties.items() if was.get(name) != sectie)

    def revoke(self, now: datetime) -> events.PartnertoestemmingRevoked | None:
        """The consent in force, if there is one, no longer holds."""
        given = self.toestemming
        if given is None:
            return None
        given.revoked_at = now
        return events.PartnertoestemmingRevoked(keten=self.verzoek_id, versie=given.versie)
