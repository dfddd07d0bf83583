"""The daily digest: one mail with every Kennisgeving of a day for one schuldeiser, frozen when made."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.kennisgeving import Kanaal
from portal.domain.status import Verzendstatus
from portal.models.base import Base
from portal.models.frozen import Frozen, Poging


class Dagoverzicht(Frozen, Base):
    """One mail of the digest of a Dutch calendar day; `deel` of `delen` where one mail would be too large.

    It carries Kennisgevingen and replaces none: each keeps its own words, hash, events and answer. What is in the
    attachment is put together from them at each hand-over, so nothing is kept twice.
    """

    __tablename__ = "dagoverzicht"
    __table_args__ = (UniqueConstraint("schuldeiser_id", "dag", "nummer"),)

    kanaal = Kanaal.EMAIL

    schuldeiser_id: Mapped[UUID] = mapped_column(ForeignKey("schuldeiser.id", ondelete="CASCADE"))
    dag: Mapped[date]
    nummer: Mapped[int]
    deel: Mapped[int]
    delen: Mapped[int]

    @property
    def keten(self) -> UUID:
        """A digest is about many dossiers, so it has the chain of its schuldeiser."""
        return self.schuldeiser_id

    def issue(self, kennisgevingen: tuple[UUID, ...]) -> events.DagoverzichtIssued:
        """What the trail keeps of it."""
        return events.DagoverzichtIssued(
            keten=self.keten, dagoverzicht_id=self.id, dag=self.dag, kennisgevingen=kennisgevingen, sha256=self.sha256
        )

    def hand_over(self, poging: Poging, eml_sha256: str | None) -> events.DagoverzichtHandedOver:
        """The mail server took it."""
        self.move_to(Verzendstatus.AANGEBODEN)
        self.handed_over_at = poging.at
        return events.DagoverzichtHandedOver(
            keten=self.keten, dagoverzicht_id=self.id, eml_sha256=eml_sha256, **poging.taken
        )

    def refuse(self, poging: Poging, pogingen: int) -> events.DagoverzichtRefused:
        """It could not be delivered: each Kennisgeving in it is work for its hulpverlener."""
        self.move_to(Verzendstatus.NIET_BEZORGD)
        return events.DagoverzichtRefused(
            keten=self.keten, dagoverzicht_id=self.id, code=poging.code, pogingen=pogingen, poging_id=poging.id
        )

    def lapse(self) -> events.DagoverzichtLapsed:
        """Something in it must not leave any more; what is left of it goes in another one."""
        self.move_to(Verzendstatus.VERVALLEN)
        return events.DagoverzichtLapsed(keten=self.keten, dagoverzicht_id=self.id)
