"""Staff of an organisatie, and the server-side sessions of everybody who is signed in."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.roles import Actor, Role
from portal.models.base import Base, HasId, value_enum
from portal.models.gemeente import Organisatie
from portal.models.sealed import Sealed, sealed_column


class Medewerker(HasId, Base):
    """A member of staff. `organisatie_id` is empty for landelijk beheerders only.

    `totp_teller` is the last accepted TOTP time step: a code cannot be used twice. `sso_subject`: who comes in through
    the staff's own identity provider, and in no other way.
    """

    __tablename__ = "medewerker"

    organisatie_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisatie.id"), index=True)
    naam: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    wachtwoord_hash: Mapped[str]
    totp_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    totp_teller: Mapped[int | None]
    enrolled_at: Mapped[datetime | None]
    sso_subject: Mapped[str | None] = mapped_column(unique=True)
    rollen: Mapped[list[str]]
    actief: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    totp = Sealed()
    organisatie: Mapped[Organisatie | None] = relationship(lazy="raise")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(map(Role, self.rollen))

    def as_actor(self) -> Actor:
        return Actor.medewerker(self.id, self.organisatie_id, self.roles)


class SessieSoort(StrEnum):
    """Whose session it is."""

    MEDEWERKER = "medewerker"
    HULPVRAGER = "hulpvrager"


class Sessie(HasId, Base):
    """A signed-in browser. The cookie holds the token, this row only its hash: revoke the row and it is out.

    Of staff `apparaat` is what a person would call the browser, `middel` what stood in for the code app, if anything
    did.
    """

    __tablename__ = "sessie"
    __table_args__ = (Index("ix_sessie_expires_at", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(unique=True)
    soort: Mapped[SessieSoort] = mapped_column(value_enum(SessieSoort))
    medewerker_id: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id", ondelete="CASCADE"), index=True)
    verzoek_id: Mapped[UUID | None] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    apparaat: Mapped[str | None]
    middel: Mapped[str | None]
