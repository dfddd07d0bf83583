"""The daily mail to the mailbox of a team: what lies ready, frozen when made."""

from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.kennisgeving import Kanaal
from portal.domain.status import Verzendstatus
from portal.models.base import Base
from portal.models.frozen import Frozen


class Teammail(Frozen, Base):
    """One a day and organisatie, its id derived from the two. `zaken`: how many times a lane named a case; without any
    the mail stays here, `vervallen`.
    """

    __tablename__ = "teammail"
    __table_args__ = (UniqueConstraint("organisatie_id", "dag"),)

    kanaal = Kanaal.EMAIL

    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    dag: Mapped[date]
    zaken: Mapped[int]

    @property
    def keten(self) -> UUID:
        """It is about many dossiers, so it has the chain of its organisatie."""
        return self.organisatie_id

    @property
    def is_empty(self) -> bool:
        return self.zaken == 0

    def issue(self) -> events.TeammailIssued:
        """What the trail keeps of it."""
        return events.TeammailIssued(
            keten=self.keten, teammail_id=self.id, dag=self.dag, zaken=self.zaken, sha256=self.sha256
        )

    def hand_over(self, code: int | None, *, tls: bool) -> events.TeammailHandedOver:
        """The mail server took it."""
        self.move_to(Verzendstatus.AANGEBODEN)
        return events.TeammailHandedOver(keten=self.keten, teammail_id=self.id, code=code, tls=tls)

    def refuse(self, code: int | None) -> events.TeammailRefused:
        """It could not be delivered: the page of the organisatie says so."""
        self.move_to(Verzendstatus.NIET_BEZORGD)
        return events.TeammailRefused(keten=self.keten, teammail_id=self.id, code=code)


def teammail_id(organisatie_id: UUID, dag: date) -> UUID:
    """The id of the mail of a day, known before it is made."""
    return uuid5(organisatie_id, f"teammail:{dag}")
