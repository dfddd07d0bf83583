"""What the watch signalled: one warning about one case."""

from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.bewaking import Klok, Waarschuwing
from portal.models.base import Base, HasId, value_enum
from portal.models.pauzeverzoek import Pauzeverzoek


class Signaal(HasId, Base):
    """One warning. Its id is derived, so the same warning cannot be given twice.

    `over_on` is the day that it warns of, `due_on` the day on which it had to be given. `handled_at`: a hulpverlener
    saw it, or a later one took its place.
    """

    __tablename__ = "signaal"
    __table_args__ = (
        Index("ix_signaal_open", "organisatie_id", "klok", "over_on", postgresql_where=text("handled_at IS NULL")),
    )

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    klok: Mapped[Klok] = mapped_column(value_enum(Klok))
    nummer: Mapped[int]
    over_on: Mapped[date]
    due_on: Mapped[date]
    at: Mapped[datetime]
    handled_at: Mapped[datetime | None]

    @classmethod
    def of(cls, verzoek: Pauzeverzoek, klok: Klok, over_on: date, warning: Waarschuwing, now: datetime) -> "Signaal":
        """A new one, not seen by anybody."""
        return cls(
            id=signaal_id(verzoek.id, klok, over_on, warning.nummer),
            verzoek_id=verzoek.id,
            organisatie_id=verzoek.organisatie_id,
            klok=klok,
            nummer=warning.nummer,
            over_on=over_on,
            due_on=warning.due_on,
            at=now,
        )


def signaal_id(verzoek_id: UUID, klok: Klok, over_on: date, nummer: int) -> UUID:
    """The id of a warning, known before it is given."""
    return uuid5(verzoek_id, f"{klok}:{over_on}:{nummer}")
