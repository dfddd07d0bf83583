"""What a hulpverlener writes down for colleagues: a note, and that a register was consulted."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.models.base import Base, HasId, value_enum
from portal.models.sealed import Sealed, sealed_column


class Register(StrEnum):
    """A register outside the portal: of earlier help with debts, and of inhabitants."""

    VISH = "vish"
    BRP = "brp"


class Registeruitkomst(StrEnum):
    """What the register said: nothing that matters here, or something to talk about."""

    IN_ORDE = "in_orde"
    BIJZONDERHEDEN = "bijzonderheden"


class Notitie(HasId, Base):
    """A note about a case. It never leaves the gemeente, is never changed, and goes along with the case."""

    __tablename__ = "notitie"

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    written_at: Mapped[datetime]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id"))
    tekst_sealed: Mapped[bytes] = sealed_column()

    tekst = Sealed()

    def written(self) -> events.NotitieWritten:
        """What the trail keeps of it."""
        return events.NotitieWritten(keten=self.verzoek_id, notitie_id=self.id)


class Registercontrole(HasId, Base):
    """Somebody looked the person up in a register. Each time is kept; the last one counts."""

    __tablename__ = "registercontrole"

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    register: Mapped[Register] = mapped_column(value_enum(Register))
    uitkomst: Mapped[Registeruitkomst] = mapped_column(value_enum(Registeruitkomst))
    checked_at: Mapped[datetime]
    checked_by: Mapped[UUID] = mapped_column(ForeignKey("medewerker.id"))
    toelichting_sealed: Mapped[bytes | None] = sealed_column(nullable=True)

    toelichting = Sealed()

    def checked(self) -> events.RegisterChecked:
        """What the trail keeps of it: which register, not what it said."""
        return events.RegisterChecked(
            keten=self.verzoek_id,
            registercontrole_id=self.id,
            register=self.register,
        )
