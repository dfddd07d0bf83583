"""The kop of each day: one hash over every chain as it stood then, published, so that a later rewrite shows."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.keten import kop_hash
from portal.models.base import Base

LATE = timedelta(days=1)
"""What was committed so late after its time that its day was closed already is under the kop of the next day. Later
than that is no accident. Assumption: the clocks of all machines agree to a day.
"""


class Dagkop(Base):
    """One day of the Dutch calendar: the root over the chains that grew, chained to the day before. Append-only.

    A chain that did not grow on a day is covered by the last day on which it did, through `vorige_kop`.
    """

    __tablename__ = "dagkop"

    dag: Mapped[date] = mapped_column(primary_key=True)
    bladen: Mapped[int]
    wortel: Mapped[str]
    vorige_kop: Mapped[str]
    kop: Mapped[str]
    made_at: Mapped[datetime]

    def computed_kop(self) -> str:
        return kop_hash(self.dag, self.vorige_kop, self.wortel, self.bladen)


class Ketenstand(Base):
    """How one chain stood at the end of a day on which it grew, with the way to that day's root. Append-only."""

    __tablename__ = "ketenstand"
    __table_args__ = (Index("ix_ketenstand_dag", "dag"),)

    keten: Mapped[UUID] = mapped_column(primary_key=True)
    dag: Mapped[date] = mapped_column(ForeignKey("dagkop.dag"), primary_key=True)
    volgnummer: Mapped[int]
    hash: Mapped[str]
    pad: Mapped[bytes]
