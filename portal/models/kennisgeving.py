"""The Kennisgeving: one message to one recipient about one hulpvrager, frozen when issued."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID, uuid5

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain import events
from portal.domain.beantwoording import Geldigheid
from portal.domain.errors import MoveNotAllowed
from portal.domain.kennisgeving import (
    CLOSING,
    Grondslag,
    Kanaal,
    Moment,
    Soort,
)
from portal.domain.schuldenaar import Schuldenaar
from portal.domain.status import Antwoord, Verzendstatus
from portal.models.base import Base, value_enum
from portal.models.frozen import Frozen, Poging
from portal.models.schuldeiser import Schuldeiser
from portal.models.sealed import Sealed, sealed_column

Sleutel: TypeAlias = tuple[UUID, Schuldenaar | None]
"""With whom letters are exchanged about a case, and about whose schulden."""

REPLACING = frozenset({Soort.CORRECTIE, Soort.VERLENGING})
"""Messages after which the one before is not the last word any more."""


class Kennisgeving(Frozen, Base):
    """One message to one schuldeiser or gemachtigde. Its id is derived, so the same message cannot be issued twice.

    `gebundeld`: it leaves in the daily digest of its schuldeiser, `dagoverzicht_id`, once that is made. `schuldenaar`:
    whose schulden it is about, when they are not the hulpvrager's alone.
    """

    __tablename__ = "kennisgeving"
    __table_args__ = (
        UniqueConstraint(
            "verzoek_id", "schuldeiser_id", "schuldenaar", "soort", "nummer", postgresql_nulls_not_distinct=True
        ),
        CheckConstraint("eind_on > start_on OR soort = 'beeindiging'", name="duur"),
        CheckConstraint("eind_on <= start_on + interval '8 months'", name="acht_maanden"),
        Index(
            "ix_kennisgeving_werk", "organisatie_id", "kanaal", "status", "verzoek_id", "schuldeiser_id",
            postgresql_where=text("status <> 'aangeboden'"),
        ),
        Index("ix_kennisgeving_schuldeiser_id", "schuldeiser_id", "issued_at", "id"),
        Index(
            "ix_kennisgeving_op_te_halen", "schuldeiser_id", "issued_at", "id",
            postgresql_where=text("acknowledged_at IS NULL"),
        ),
        Index(
            "ix_kennisgeving_gebundeld", "schuldeiser_id",
            postgresql_where=text("gebundeld AND status = 'klaar' AND dagoverzicht_id IS NULL"),
        ),
        Index(
            "ix_kennisgeving_dagoverzicht_id", "dagoverzicht_id",
            postgresql_where=text("dagoverzicht_id IS NOT NULL"),
        ),
        Index("ix_kennisgeving_eind_on", "eind_on", postgresql_where=text("soort <> 'beeindiging'")),
        Index(
            "ix_kennisgeving_antwoord", "organisatie_id", "verzoek_id", "schuldeiser_id",
            postgresql_where=text("antwoord_unread"),
        ),
    )  # fmt: skip

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id"))
    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    schuldeiser_id: Mapped[UUID] = mapped_column(ForeignKey("schuldeiser.id"))
    soort: Mapped[Soort] = mapped_column(value_enum(Soort))
    nummer: Mapped[int] = mapped_column(default=1)
    schuldenaar: Mapped[Schuldenaar | None] = mapped_column(value_enum(Schuldenaar))
    kanaal: Mapped[Kanaal] = mapped_column(value_enum(Kanaal))
    antwoord: Mapped[Antwoord] = mapped_column(value_enum(Antwoord), default=Antwoord.GEEN_REACTIE)
    moment: Mapped[Moment] = mapped_column(value_enum(Moment))
    grondslag: Mapped[Grondslag] = mapped_column(value_enum(Grondslag))
    start_on: Mapped[date]
    eind_on: Mapped[date]
    gebundeld: Mapped[bool] = mapped_column(default=False)
    dagoverzicht_id: Mapped[UUID | None] = mapped_column(ForeignKey("dagoverzicht.id", ondelete="SET NULL"))
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id"))
    acknowledged_at: Mapped[datetime | None]
    feiten_sealed: Mapped[bytes] = sealed_column()
    link_revoked_at: Mapped[datetime | None]
    antwoord_unread: Mapped[bool] = mapped_column(default=False)

    feiten = Sealed()
    schuldeiser: Mapped[Schuldeiser] = relationship(lazy="raise")

    @property
    def sleutel(self) -> Sleutel:
        """The exchange of letters that it belongs to."""
        return self.schuldeiser_id, self.schuldenaar

    @property
    def may_have_arrived(self) -> bool:
        """Whether the recipient may know of it: it was handed over, or that was begun, whatever its status says."""
        begun = self.status is Verzendstatus.KLAAR and self.attempt_started_at is not None
        return begun or self.status is Verzendstatus.AANGEBODEN

    @property
    def has_postadres(self) -> bool:
        """Whether its letter can be posted: it shows the postal address that was known when it was issued."""
        return bool((self.feiten["ontvanger_postadres"] or "").strip())

    def geldigheid(self, others: Iterable["Kennisgeving"], today: date) -> Geldigheid:
        """What this message is worth, given every message to the same recipient in the same case."""
        sent = (each for each in others if each.status is not Verzendstatus.VERVALLEN)
        later = {each.soort for each in sent if each.issued_at > self.issued_at}
        if self.status is Verzendstatus.VERVALLEN or self.soort in CLOSING or later & CLOSING:
            return Geldigheid.INGETROKKEN
        if later & REPLACING:
            return Geldigheid.VERVANGEN
        return Geldigheid.AFGELOPEN if self.is_over(today) else Geldigheid.GELDIG

    def is_over(self, today: date) -> bool:
        """Whether the last day that it asks for has passed. Each pair has its own, whatever the case still runs to."""
        return self.eind_on < today

    def handle_answer(self, doorgegeven_aan: UUID | None = None) -> events.AntwoordHandled:
        """A hulpverlener dealt with the answer. Raises MoveNotAllowed when there is nothing (any more) to look at."""
        if not self.antwoord_unread:
            raise MoveNotAllowed("no answer to look at")
        self.antwoord_unread = False
        return events.AntwoordHandled(keten=self.verzoek_id, kennisgeving_id=self.id, doorgegeven_aan=doorgegeven_aan)

    def revoke_link(self, now: datetime) -> events.AntwoordlinkRevoked:
        """Nobody answers through its link any more, for instance because it went to the wrong hands."""
        self.link_revoked_at = now
        return events.AntwoordlinkRevoked(keten=self.verzoek_id, kennisgeving_id=self.id)

    def hand_over(self, poging: Poging, eml_sha256: str | None) -> events.KennisgevingHandedOver:
        """The mail server took it. Not: it was read."""
        self.move_to(Verzendstatus.AANGEBODEN)
        self.handed_over_at = poging.at
        return events.KennisgevingHandedOver(
            keten=self.verzoek_id,
            kennisgeving_id=self.id,
            eml_sha256=eml_sha256,
            dagoverzicht_id=self.dagoverzicht_id,
            **poging.taken,
        )

    def acknowledge(self, now: datetime) -> events.KennisgevingAcknowledged:
        """The schuldeiser has it in its own system: no more is known of any other way. It may have come before."""
        if self.status is not Verzendstatus.AANGEBODEN:
            self.move_to(Verzendstatus.AANGEBODEN)
            self.handed_over_at = now
        self.acknowledged_at = now
        return events.KennisgevingAcknowledged(keten=self.verzoek_id, kennisgeving_id=self.id)

    def post(self, now: datetime) -> events.KennisgevingPosted:
        """A hulpverlener put the letter in the post."""
        self.move_to(Verzendstatus.AANGEBODEN)
        self.handed_over_at = now
        return events.KennisgevingPosted(keten=self.verzoek_id, kennisgeving_id=self.id)

    def refuse(self, poging: Poging, pogingen: int) -> events.KennisgevingRefused:
        """It could not be delivered: work for the hulpverlener."""
        self.move_to(Verzendstatus.NIET_BEZORGD)
        return events.KennisgevingRefused(
            keten=self.verzoek_id, kennisgeving_id=self.id, code=poging.code, pogingen=pogingen, poging_id=poging.id
        )

    def give_up(self) -> events.KennisgevingRefused:
        """Nobody fetched it: work for the hulpverlener."""
        self.move_to(Verzendstatus.NIET_BEZORGD)
        return events.KennisgevingRefused(keten=self.verzoek_id, kennisgeving_id=self.id, code=None, pogingen=0)

    def retry(
        self, kanaal: Kanaal, aan: str | None, wait_seconds: int = 0, *, gebundeld: bool = False
    ) -> events.KennisgevingRetried:
        """Ready again after a mended address, as a letter, in a next digest, or by itself after a wait."""
        self.move_to(Verzendstatus.KLAAR)
        return self._ready(kanaal, aan, wait_seconds, gebundeld=gebundeld)

    def _ready(
        self, kanaal: Kanaal, aan: str | None, wait_seconds: int = 0, *, gebundeld: bool = False
    ) -> events.KennisgevingRetried:
        if self.kanaal is not Kanaal.API:  # what came back did not arrive; what can be fetched still can
            self.attempt_started_at = self.handed_over_at = None
        self.kanaal, self.aan = kanaal, aan
        self.gebundeld, self.dagoverzicht_id = gebundeld, None
        return events.KennisgevingRetried(
            keten=self.verzoek_id,
            kennisgeving_id=self.id,
            kanaal=kanaal,
            gebundeld=gebundeld,
            wait_seconds=wait_seconds,
        )

    def mail_to(self, aan: str) -> events.KennisgevingRetried:
        """By mail after all, to an address that two people chose: a letter that waits, or a message that came back."""
        if self.status is Verzendstatus.NIET_BEZORGD:
            self.move_to(Verzendstatus.KLAAR)
        return self._ready(Kanaal.EMAIL, aan)

    def lapse(self) -> events.KennisgevingLapsed:
        """It was never handed over and must not be any more."""
        self.move_to(Verzendstatus.VERVALLEN)
        return events.KennisgevingLapsed(keten=self.verzoek_id, kennisgeving_id=self.id)


def kennisgeving_id(verzoek_id: UUID, sleutel: Sleutel, soort: Soort, nummer: int = 1) -> UUID:
    """The id of a message: known before it is issued, so that the preview is the message."""
    schuldeiser_id, schuldenaar = sleutel
    about = f":{schuldenaar}" if schuldenaar else ""
    return uuid5(verzoek_id, f"{soort}:{nummer}:{schuldeiser_id}{about}")
