"""Messages that are no Kennisgeving, and the questions of the hulpverlener."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, and_, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.bericht import BerichtFeiten, BerichtSoort
from portal.domain.status import Verzendstatus
from portal.domain.taal import Taal
from portal.models.base import Base, HasId, value_enum
from portal.models.frozen import Frozen, Poging
from portal.models.pauzeverzoek import Pauzeverzoek
from portal.models.sealed import Sealed, sealed_column


class BerichtKanaal(StrEnum):
    """By mail, or for a person without e-mail on the status page only."""

    EMAIL = "email"
    PORTAAL = "portaal"


class Bericht(Frozen, Base):
    """One message to one hulpvrager. Also readable on the status page, except access links. `told_at`: it could not be
    delivered, and a hulpverlener told it. `met_bewijs`: the Bewijs van aanmelding goes along. With a `taal` it was sent
    in that language, and `tekst_nl` is what it says in Dutch, frozen with it; without one it is Dutch.

    With `bevestigt_id` it is a receipt: it went to the schuldeiser who answered that Kennisgeving, and the hulpvrager
    does not see it.
    """

    __tablename__ = "bericht"
    __table_args__ = (
        Index(
            "ix_bericht_niet_verteld", "verzoek_id",
            postgresql_where=text("status = 'niet_bezorgd' AND told_at IS NULL"),
        ),
        Index("ix_bericht_bevestigt_id", "bevestigt_id", postgresql_where=text("bevestigt_id IS NOT NULL")),
        CheckConstraint("(soort = 'antwoord_ontvangen') = (bevestigt_id IS NOT NULL)", name="bevestigt"),
        CheckConstraint("(taal IS NULL) = (tekst_nl_sealed IS NULL)", name="vertaald"),
    )  # fmt: skip

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    soort: Mapped[BerichtSoort] = mapped_column(value_enum(BerichtSoort))
    kanaal: Mapped[BerichtKanaal] = mapped_column(value_enum(BerichtKanaal))
    told_at: Mapped[datetime | None]
    met_bewijs: Mapped[bool] = mapped_column(default=False)
    taal: Mapped[Taal | None] = mapped_column(value_enum(Taal))
    tekst_nl_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    bevestigt_id: Mapped[UUID | None] = mapped_column(ForeignKey("kennisgeving.id", ondelete="CASCADE"))

    tekst_nl = Sealed()

    @property
    def written_in(self) -> Taal:
        """The language of its words."""
        return self.taal or Taal.NL

    @property
    def dutch(self) -> str:
        """What it says, for who reads Dutch."""
        text: str = self.tekst_nl or self.tekst
        return text

    @property
    def says_nothing(self) -> bool:
        """Whether it only says that there is a message, because somebody else reads the mail."""
        return not self.afzender_naam

    @hybrid_property
    def is_untold(self) -> bool:
        """Whether it did not reach the hulpvrager and nobody told it: work for the hulpverlener."""
        undelivered = self.status is Verzendstatus.NIET_BEZORGD and self.told_at is None
        return undelivered and self.bevestigt_id is None

    @is_untold.inplace.expression
    @classmethod
    def _is_untold(cls) -> ColumnElement[bool]:
        undelivered = and_(cls.status == Verzendstatus.NIET_BEZORGD, cls.told_at.is_(None))
        return and_(undelivered, cls.bevestigt_id.is_(None))

    def issued(self) -> events.BerichtIssued:
        """What the trail keeps of it."""
        return events.BerichtIssued(
            keten=self.verzoek_id,
            bericht_id=self.id,
            soort=self.soort,
            kanaal=self.kanaal,
            sha256=self.sha256,
            bevestigt_id=self.bevestigt_id,
        )

    def hand_over(self, poging: Poging, eml_sha256: str | None) -> events.BerichtHandedOver:
        """The mail server took it."""
        self.move_to(Verzendstatus.AANGEBODEN)
        self.handed_over_at = poging.at
        return events.BerichtHandedOver(
            keten=self.verzoek_id,
            bericht_id=self.id,
            eml_sha256=eml_sha256,
            bevestigt_id=self.bevestigt_id,
            **poging.taken,
        )

    def refuse(self, poging: Poging, pogingen: int) -> events.BerichtRefused:
        """It could not be delivered: the hulpverlener calls the hulpvrager. A receipt is on the page of its message."""
        self.move_to(Verzendstatus.NIET_BEZORGD)
        return events.BerichtRefused(
            keten=self.verzoek_id,
            bericht_id=self.id,
            code=poging.code,
            pogingen=pogingen,
            bevestigt_id=self.bevestigt_id,
            poging_id=poging.id,
        )


class Aanvulling(HasId, Base):
    """A question of the hulpverlener and the hulpvrager's answer, asked for on a day or whenever it suits."""

    __tablename__ = "aanvulling"

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    vraag_sealed: Mapped[bytes] = sealed_column()
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id"))
    antwoord_voor: Mapped[date | None]
    reactie_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    answered_at: Mapped[datetime | None]

    vraag = Sealed()
    reactie = Sealed()

    def is_late(self, today: date) -> bool:
        """Whether the answer was asked for on an earlier day and has not come."""
        return self.answered_at is None and self.antwoord_voor is not None and self.antwoord_voor < today


class Toegangslink(HasId, Base):
    """A mailed link back to a pauzeverzoek: short-lived, to be spent once, revocable."""

    __tablename__ = "toegangslink"

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    def is_usable(self, now: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


def feiten(verzoek: Pauzeverzoek, soort: BerichtSoort, *, url: str, **said: Any) -> BerichtFeiten:
    """The facts of a message to the hulpvrager: who speaks, where to go on (`url`), and what this message says."""
    gemeente, organisatie, behandelaar = verzoek.gemeente, verzoek.organisatie, verzoek.behandelaar
    return BerichtFeiten(
        soort=soort,
        kenmerk=verzoek.kenmerk,
        gemeente=gemeente.naam if gemeente else "",
        organisatie=organisatie.naam if organisatie else "",
        telefoon=organisatie.telefoon if organisatie else "",
        contactpersoon=behandelaar.naam if behandelaar else "",
        meelezen=verzoek.contact.meelezen,
        url=url,
        per_mail=not verzoek.contact.telefoon,
        **said,
    )
