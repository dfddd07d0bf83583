"""The track of the Wgs beside the decision about the pause: the first conversation and the beschikking.

Two clocks: to the conversation, from the meldingsdatum (art. 4); then to the beschikking, from the conversation
(art. 4a).
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ColumnElement, Index, func, not_, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import dutch_date
from portal.domain import events, termijn
from portal.domain.bewaking import Klok
from portal.domain.errors import DatumOngeldig, MoveNotAllowed
from portal.domain.kennisgeving import Moment
from portal.domain.status import WGS_BEWAAKT, WGS_LOOPT, Status
from portal.models.base import HasId

WGS_CHECKS = (
    CheckConstraint("(eerste_gesprek_on IS NULL) = (beschikking_voor IS NULL)", name="gesprek"),
    CheckConstraint(
        "(beschikking_on IS NULL) = (toegelaten IS NULL) "
        "AND (beschikking_on IS NULL OR beschikking_on >= eerste_gesprek_on)",
        name="beschikking",
    ),
)

_TERMIJN_VOOR = text("coalesce(beschikking_voor, eerste_gesprek_voor)")
"""`termijn_voor`, as the indexes have it."""

_KLOK_LOOPT = f"beschikking_on IS NULL AND status IN {tuple(map(str, sorted(WGS_BEWAAKT)))}"

WGS_INDEXES = (
    Index(
        "ix_pauzeverzoek_werkvoorraad", "organisatie_id", "status", text("(NOT dreigend)"), _TERMIJN_VOOR, "id",
        postgresql_where=text("status <> 'concept'"),
    ),
    Index(
        "ix_pauzeverzoek_klok", "organisatie_id", text("(NOT dreigend)"), _TERMIJN_VOOR, "id",
        postgresql_where=text(_KLOK_LOOPT),
    ),
    Index(
        "ix_pauzeverzoek_dreigend_gesprek", "organisatie_id",
        postgresql_where=text(f"dreigend AND eerste_gesprek_on IS NULL AND {_KLOK_LOOPT}"),
    ),
    Index("ix_pauzeverzoek_termijn", _TERMIJN_VOOR, postgresql_where=text(_KLOK_LOOPT)),
)  # fmt: skip
"""What is filed by the last day of its clock; the rows with a `klok`, for the lanes of an organisatie and for the watch
over all."""


class WgsTraject(HasId):
    """The days of the Wgs in a pauzeverzoek. `toegelaten` is what the beschikking of `beschikking_on` says."""

    meldingsdatum: Mapped[date | None]
    dreigend: Mapped[bool] = mapped_column(default=False)
    eerste_gesprek_voor: Mapped[date | None]
    eerste_gesprek_on: Mapped[date | None]
    beschikking_voor: Mapped[date | None]
    beschikking_on: Mapped[date | None]
    toegelaten: Mapped[bool | None]

    if TYPE_CHECKING:
        status: Mapped[Status]

    @property
    def moment(self) -> Moment:
        """Whether a message of now is sent to schuldeisers before or after the person was admitted (art. 17 Bgs)."""
        return Moment.NA_TOELATING if self.toegelaten else Moment.BIJ_AANMELDING

    @hybrid_property
    def is_kalm(self) -> bool:
        """Whether it can wait behind cases with a threat."""
        return not self.dreigend

    @is_kalm.inplace.expression
    @classmethod
    def _is_kalm(cls) -> ColumnElement[bool]:
        return not_(cls.dreigend)

    @property
    def klok(self) -> Klok | None:
        """The clock that runs: to the first conversation, then to the beschikking. None when nobody waits."""
        if self.status not in WGS_BEWAAKT or self.beschikking_on is not None:
            return None
        return Klok.EERSTE_GESPREK if self.eerste_gesprek_on is None else Klok.BESCHIKKING

    @hybrid_property
    def termijn_vanaf(self) -> date | None:
        """The day on which that clock began."""
        return self.eerste_gesprek_on or self.meldingsdatum

    @termijn_vanaf.inplace.expression
    @classmethod
    def _termijn_vanaf(cls) -> ColumnElement[date]:
        return func.coalesce(cls.eerste_gesprek_on, cls.meldingsdatum)

    @hybrid_property
    def termijn_voor(self) -> date | None:
        """The last day of that clock."""
        return self.beschikking_voor or self.eerste_gesprek_voor

    @termijn_voor.inplace.expression
    @classmethod
    def _termijn_voor(cls) -> ColumnElement[date]:
        return func.coalesce(cls.beschikking_voor, cls.eerste_gesprek_voor)

    def gesprek_ahead(self, today: date) -> date | None:
        """The last day for the first conversation, unless it has passed or the conversation was held."""
        voor = self.eerste_gesprek_voor
        return voor if voor and voor >= today and self.eerste_gesprek_on is None else None

    def register_gesprek(self, on: date, now: datetime, weken: int) -> events.EersteGesprekRegistered:
        """The first conversation was held: clock 1 stops, clock 2 of so many weeks begins. Once more mends the day.

        Raises MoveNotAllowed where no help request of the Wgs runs, DatumOngeldig for a day before the request, in the
        future, or after the beschikking.
        """
        self._expect_running()
        latest = self.beschikking_on or dutch_date(now)
        if self.meldingsdatum is None or not self.meldingsdatum <= on <= latest:
            raise DatumOngeldig(f"first conversation on {on}")
        self.eerste_gesprek_on, self.beschikking_voor = on, termijn.beschikking_voor(on, weken)
        return events.EersteGesprekRegistered(
            keten=self.id, eerste_gesprek_on=on, beschikking_voor=self.beschikking_voor
        )

    def register_beschikking(self, on: date, now: datetime, *, toegelaten: bool) -> events.BeschikkingRegistered:
        """The college decided about the schuldhulp: clock 2 stops. Once more mends what was written down.

        Raises MoveNotAllowed before the first conversation, DatumOngeldig for a day before it or in the future.
        """
        self._expect_running()
        if self.eerste_gesprek_on is None:
            raise MoveNotAllowed("a beschikking before the first conversation")
        if not self.eerste_gesprek_on <= on <= dutch_date(now):
            raise DatumOngeldig(f"beschikking on {on}")
        self.beschikking_on, self.toegelaten = on, toegelaten
        return events.BeschikkingRegistered(keten=self.id, beschikking_on=on, toegelaten=toegelaten)

    def _expect_running(self) -> None:
        if self.status not in WGS_LOOPT:
            raise MoveNotAllowed(f"track of the Wgs in {self.status}")
