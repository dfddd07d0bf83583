"""Gemeenten with their validity, the organisaties that work for them, and since when."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.domain.huisstijl import Huisstijl
from portal.domain.logo import MAX_BYTES, Logo
from portal.domain.termijn import BESCHIKKING_WEKEN
from portal.models.base import Base, HasId, code, value_enum


class Gemeente(Base):
    """A gemeente by its CBS code. `geldig_tot` is the first day on which it no longer exists."""

    __tablename__ = "gemeente"

    code: Mapped[str] = mapped_column(code(6), primary_key=True)
    naam: Mapped[str]
    geldig_vanaf: Mapped[date | None]
    geldig_tot: Mapped[date | None]
    opvolger: Mapped[str | None] = mapped_column(ForeignKey("gemeente.code"))

    def exists_on(self, day: date) -> bool:
        """Whether this gemeente exists on a Dutch calendar day."""
        return (self.geldig_vanaf is None or self.geldig_vanaf <= day) and (
            self.geldig_tot is None or day < self.geldig_tot
        )


class Organisatie(HasId, Base):
    """An uitvoerder: a gemeente itself or the organisation that works for some. Its contact data go into every
    letter.

    `briefhoofd` stands under the name on paper, `ondertekening` at the end of each Kennisgeving. An empty bewaartermijn
    is that of the settings; so is an empty `beschikking_weken`, the local term of Wgs art. 4a.
    `teammail`: the mailbox that gets the daily mail about the work; without one there is none.
    `twee_sleutels`: what is delicate needs a second member of staff. `huisstijl`: the colours of its pages, also those
    that its hulpvragers see; above the latter stands its `logo`, `logo_breedte` by `logo_hoogte` CSS pixels.
    """

    __tablename__ = "organisatie"
    __table_args__ = (
        CheckConstraint(
            "least(bewaar_ingetrokken_days, bewaar_niet_goedgekeurd_days, bewaar_goedgekeurd_days) > 0",
            name="bewaartermijnen",
        ),
        CheckConstraint(f"beschikking_weken BETWEEN 1 AND {BESCHIKKING_WEKEN}", name="beschikking_weken"),
        CheckConstraint(
            "num_nonnulls(logo_png, logo_sha256, logo_breedte, logo_hoogte) IN (0, 4)"
            f" AND octet_length(logo_png) <= {MAX_BYTES}",
            name="logo",
        ),
    )

    naam: Mapped[str] = mapped_column(unique=True)
    telefoon: Mapped[str]
    email: Mapped[str]
    postadres: Mapped[str]
    briefhoofd: Mapped[str | None]
    ondertekening: Mapped[str | None]
    teammail: Mapped[str | None]
    bewaar_ingetrokken_days: Mapped[int | None]
    bewaar_niet_goedgekeurd_days: Mapped[int | None]
    bewaar_goedgekeurd_days: Mapped[int | None]
    beschikking_weken: Mapped[int | None]
    twee_sleutels: Mapped[bool] = mapped_column(default=True)
    huisstijl: Mapped[Huisstijl] = mapped_column(value_enum(Huisstijl), default=Huisstijl.BLAUW)
    logo_png: Mapped[bytes | None] = deferred(mapped_column())
    logo_sha256: Mapped[str | None]
    logo_breedte: Mapped[int | None]
    logo_hoogte: Mapped[int | None]

    @property
    def logo(self) -> Logo | None:
        return Logo(self.logo_png) if self.logo_png else None

    @logo.setter
    def logo(self, logo: Logo | None) -> None:
        self.logo_png = logo.png if logo else None
        self.logo_sha256 = logo.sha256 if logo else None
        self.logo_breedte, self.logo_hoogte = logo.shown if logo else (None, None)


class Deelname(Base):
    """An organisatie takes the requests of a gemeente from a day, until (not including) another."""

    __tablename__ = "deelname"
    __table_args__ = (CheckConstraint("geldig_tot IS NULL OR geldig_tot > geldig_vanaf", name="geldig"),)

    gemeente_code: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    geldig_vanaf: Mapped[date] = mapped_column(primary_key=True)
    geldig_tot: Mapped[date | None]
    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"), index=True)
