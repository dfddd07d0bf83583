"""The answers of a schuldeiser to a Kennisgeving. Each one is kept; the last one counts."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain import events
from portal.domain.beantwoording import TEKSTEN, Antwoordweg, GeenMedewerking, GegevenAntwoord
from portal.domain.status import Antwoord
from portal.models.base import Base, HasId, value_enum
from portal.models.kennisgeving import Kennisgeving
from portal.models.schuldeiser import Schuldeiser
from portal.models.sealed import Sealed, sealed_column


class Beantwoording(HasId, Base):
    """One answer to one Kennisgeving, never changed afterwards. `volgnummer` counts from 1: two at once collide.

    `naar_id` is the party of the directory that the claim was handed over to. `sleutel` is the idempotency key of who
    sent it. Whom to talk to, the own reference and a typed party are sealed in `gegevens`.
    """

    __tablename__ = "beantwoording"
    __table_args__ = (
        UniqueConstraint("kennisgeving_id", "volgnummer"),
        UniqueConstraint("kennisgeving_id", "sleutel"),
        CheckConstraint("antwoord <> 'geen_reactie'", name="gegeven"),
    )

    kennisgeving_id: Mapped[UUID] = mapped_column(ForeignKey("kennisgeving.id", ondelete="CASCADE"))
    volgnummer: Mapped[int]
    antwoord: Mapped[Antwoord] = mapped_column(value_enum(Antwoord))
    reden: Mapped[GeenMedewerking | None] = mapped_column(value_enum(GeenMedewerking))
    tot_en_met: Mapped[date | None]
    naar_id: Mapped[UUID | None] = mapped_column(ForeignKey("schuldeiser.id"), index=True)
    via: Mapped[Antwoordweg] = mapped_column(value_enum(Antwoordweg))
    sleutel: Mapped[str | None]
    answered_at: Mapped[datetime]
    gegevens_sealed: Mapped[bytes] = sealed_column()

    gegevens = Sealed()
    naar: Mapped[Schuldeiser | None] = relationship(lazy="raise")

    @classmethod
    def of(
        cls, kennisgeving: Kennisgeving, gegeven: GegevenAntwoord, volgnummer: int, now: datetime, **how: Any
    ) -> "Beantwoording":
        """The next answer to a message. `how`: `via` and `sleutel`."""
        said = asdict(gegeven)
        row = cls(kennisgeving_id=kennisgeving.id, volgnummer=volgnummer, answered_at=now, **how)
        row.gegevens = {name: said.pop(name) for name in TEKSTEN}
        for name, value in said.items():
            setattr(row, name, value)
        kennisgeving.antwoord = gegeven.antwoord
        kennisgeving.antwoord_unread = row.asks_for_work(kennisgeving.eind_on)
        return row

    def asks_for_work(self, gevraagd_on: date) -> bool:
        """Whether a hulpverlener has to look at it: it came from outside, and is more than yes."""
        plain = self.antwoord is Antwoord.BEVESTIGD and self.tot_en_met is not None and self.tot_en_met >= gevraagd_on
        return self.via is not Antwoordweg.HULPVERLENER and not plain

    @property
    def gegeven(self) -> GegevenAntwoord:
        """The answer as it was given."""
        return GegevenAntwoord(
            antwoord=self.antwoord,
            tot_en_met=self.tot_en_met,
            reden=self.reden,
            naar_id=self.naar_id,
            **self.gegevens,
        )

    def answered(self, keten: UUID) -> events.KennisgevingAnswered:
        """What the audit trail keeps of it."""
        return events.KennisgevingAnswered(
            keten=keten,
            kennisgeving_id=self.kennisgeving_id,
            volgnummer=self.volgnummer,
            antwoord=self.antwoord,
            reden=self.reden,
            tot_en_met=self.tot_en_met,
            naar_id=self.naar_id,
            via=self.via,
            beantwoording_id=self.id,
        )
