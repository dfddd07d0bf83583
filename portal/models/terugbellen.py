"""'Bel mij': somebody wants to be called, before, instead of or after filling in the form."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import dutch_date
from portal.domain import events, termijn
from portal.domain.antwoorden import Bellen
from portal.domain.errors import MoveNotAllowed
from portal.domain.status import OPEN, Eindreden, Move, Status
from portal.models.gemeente import Gemeente, Organisatie
from portal.models.gezegd import Gezegd
from portal.models.wgs import WgsTraject

if TYPE_CHECKING:
    from portal.models.pauzeverzoek import Pauzeverzoek

TERUGBEL_CHECKS = (
    CheckConstraint("NOT onvolledig OR (status <> 'concept' AND start_on IS NULL)", name="onvolledig"),
    CheckConstraint("bellen_voor IS NULL OR bellen_sealed IS NOT NULL", name="bellen"),
)


class Terugbellen(Gezegd, WgsTraject):
    """A call that is owed. `bellen_voor` is the last day for it, until somebody spoke to the person.

    `onvolledig`: it was filed with a name and a number alone, and the other questions are still open.
    """

    onvolledig: Mapped[bool] = mapped_column(default=False)
    bellen_voor: Mapped[date | None]

    @property
    def may_answer(self) -> bool:
        """Whether the questions of the journey are still open: of a concept, and of what was filed without them."""
        return self.status is Status.CONCEPT or (self.onvolledig and self.status in OPEN)

    def ask_call(self, now: datetime, bellen: Bellen) -> events.TerugbellenRequested:
        """Ask to be called. Once more keeps the first last day, and a 'nee' to telling who is calling.

        Perhaps nobody asked about a threat, so it is the short term of Wgs art. 4(2). Raises MoveNotAllowed where no
        help request runs.
        """
        self._expect_running()
        silent = self.bellen_voor is not None and not self.gebeld_als.voorstellen
        self.bellen = (bellen.discreet() if silent else bellen).kept()
        self.bellen_voor = self.bellen_voor or termijn.eerste_gesprek_voor(dutch_date(now), dreigend=True)
        self.index()
        return events.TerugbellenRequested(keten=self.id, bellen_voor=self.bellen_voor, onvolledig=self.onvolledig)

    def miss_call(self) -> events.TerugbellenMissed:
        """Called, and nobody answered: the call stays owed. Raises MoveNotAllowed when none is."""
        self._expect_call()
        return events.TerugbellenMissed(keten=self.id)

    def reach(self) -> events.TerugbellenDone:
        """Somebody spoke to the person. Raises MoveNotAllowed when no call is owed."""
        self._expect_call()
        self.bellen_voor = None
        return events.TerugbellenDone(keten=self.id)

    def _expect_call(self) -> None:
        if self.bellen_voor is None:
            raise MoveNotAllowed("no call is owed")


def register_onvolledig(
    verzoek: "Pauzeverzoek", now: datetime, gemeente: Gemeente, organisatie: Organisatie
) -> events.AanmeldingRegistered:
    """File a concept as it is: the clock of Wgs art. 4 runs, the questions stay open.

    Until the threats are asked about, the short term counts.
    """
    verzoek.file(now, gemeente, organisatie)
    verzoek.onvolledig = True
    meldingsdatum = dutch_date(now)
    verzoek.eerste_gesprek_voor = termijn.eerste_gesprek_voor(meldingsdatum, dreigend=True)
    return events.AanmeldingRegistered(
        keten=verzoek.id,
        gemeente=gemeente.code,
        organisatie_id=organisatie.id,
        meldingsdatum=meldingsdatum,
        eerste_gesprek_voor=verzoek.eerste_gesprek_voor,
    )


def close(verzoek: "Pauzeverzoek", now: datetime, reden: Eindreden) -> events.AanmeldingClosed:
    """Nothing came of an aanmelding with a name and a number, and why. Raises MoveNotAllowed for a whole one."""
    if not verzoek.onvolledig:
        raise MoveNotAllowed("close a whole aanmelding")
    verzoek.move(Move.WITHDRAW, now)
    verzoek.eindreden, verzoek.bellen_voor = reden, None
    return events.AanmeldingClosed(keten=verzoek.id, reden=reden)
