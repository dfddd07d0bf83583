"""The pauzeverzoek: the request of one hulpvrager, from concept to the end of the pause."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.clock import dutch_date
from portal.domain import events, termijn
from portal.domain.antwoorden import is_dreigend
from portal.domain.errors import AlreadyDecided, DatumOngeldig, GeenToestemming, MoveNotAllowed
from portal.domain.roles import Actor
from portal.domain.status import OPEN, WHOLE, Eindreden, Move, Status, after
from portal.models.base import Base, code, value_enum
from portal.models.gemeente import Gemeente, Organisatie
from portal.models.medewerker import Medewerker
from portal.models.partner import Partner
from portal.models.samen import Samen
from portal.models.schuld import Schuld
from portal.models.sealed import Sealed, sealed_column
from portal.models.taalkeuze import Taalkeuze
from portal.models.terugbellen import TERUGBEL_CHECKS, Terugbellen
from portal.models.toestemming import Toestemming
from portal.models.wgs import WGS_CHECKS, WGS_INDEXES


class Pauzeverzoek(Terugbellen, Samen, Taalkeuze, Base):
    """One request. Its answers are one sealed document; beside it stands only what routing, queue and search need.

    `versie` counts every change: a decision taken on an older version is refused.
    `start_on`..`eind_on` is the pause as decided; `eind_on` is the last day of the longest one. `aangevuld_at`: the
    hulpvrager answered, and nobody decided or asked on yet.
    """

    __tablename__ = "pauzeverzoek"
    __table_args__ = (
        CheckConstraint(
            "status = 'concept' OR (meldingsdatum IS NOT NULL AND organisatie_id IS NOT NULL)", name="ingediend"
        ),
        CheckConstraint("eind_on IS NULL OR eind_on > start_on", name="duur"),
        CheckConstraint("eind_on <= start_on + interval '8 months'", name="acht_maanden"),
        *WGS_CHECKS,
        *TERUGBEL_CHECKS,
        *WGS_INDEXES,
        Index(
            "ix_pauzeverzoek_meldingsdatum", "organisatie_id", "status", "meldingsdatum", "id",
            postgresql_where=text("status <> 'concept'"),
        ),
        Index(
            "ix_pauzeverzoek_einde", "organisatie_id", "eind_on", "id",
            postgresql_where=text("status = 'goedgekeurd'"),
        ),
        Index(
            "ix_pauzeverzoek_gesloten", "organisatie_id", "changed_at", "id",
            postgresql_where=text("status IN ('niet_goedgekeurd', 'ingetrokken', 'beeindigd', 'afgelopen')"),
        ),
        Index(
            "ix_pauzeverzoek_dreigend", "organisatie_id",
            postgresql_where=text("dreigend AND status IN ('ingediend', 'in_behandeling', 'aanvulling_gevraagd')"),
        ),
        Index(
            "ix_pauzeverzoek_bellen", "organisatie_id", "bellen_voor", "id",
            postgresql_where=text("bellen_voor IS NOT NULL"),
        ),
        Index(
            "ix_pauzeverzoek_na_besluit", "organisatie_id", "eind_on", "id",
            postgresql_where=text("status = 'goedgekeurd' AND changed_at > decided_at"),
        ),
        Index("ix_pauzeverzoek_aangevuld", "organisatie_id", postgresql_where=text("aangevuld_at IS NOT NULL")),
        Index("ix_pauzeverzoek_behandelaar", "behandelaar_id", "status"),
        Index("ix_pauzeverzoek_gemeente", "gemeente_code", "status"),
        Index("ix_pauzeverzoek_naam_index", "naam_index"),
        Index("ix_pauzeverzoek_geboorte_index", "geboorte_index"),
        Index("ix_pauzeverzoek_email_index", "email_index"),
        Index("ix_pauzeverzoek_eind_on", "eind_on", postgresql_where=text("status = 'goedgekeurd'")),
        Index("ix_pauzeverzoek_concept", "changed_at", postgresql_where=text("status = 'concept'")),
    )  # fmt: skip

    kenmerk: Mapped[str] = mapped_column(code(14), unique=True)
    status: Mapped[Status] = mapped_column(value_enum(Status), default=Status.CONCEPT)
    versie: Mapped[int] = mapped_column()
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    bsn_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    bron: Mapped[str | None]
    toegangscode_hash: Mapped[bytes | None]

    gemeente_code: Mapped[str | None] = mapped_column(ForeignKey("gemeente.code"))
    organisatie_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisatie.id"))
    behandelaar_id: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id"))
    submitted_at: Mapped[datetime | None]
    aangevuld_at: Mapped[datetime | None]

    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("medewerker.id"))
    toelichting_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    start_on: Mapped[date | None]
    eind_on: Mapped[date | None]
    eindreden: Mapped[Eindreden | None] = mapped_column(value_enum(Eindreden))

    bsn = Sealed()
    toelichting = Sealed()

    gemeente: Mapped[Gemeente | None] = relationship(lazy="raise")
    organisatie: Mapped[Organisatie | None] = relationship(lazy="raise")
    behandelaar: Mapped[Medewerker | None] = relationship(lazy="raise", foreign_keys=[behandelaar_id])
    schulden: Mapped[list[Schuld]] = relationship(
        lazy="raise", order_by=Schuld.volgnummer, cascade="all, delete-orphan", passive_deletes=True
    )
    toestemmingen: Mapped[list[Toestemming]] = relationship(
        lazy="raise", order_by=Toestemming.given_at, cascade="all, delete-orphan", passive_deletes=True
    )

    partner: Mapped[Partner | None] = relationship(
        lazy="raise", uselist=False, cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012

    @classmethod
    def start(cls, id: UUID, kenmerk: str, now: datetime) -> "Pauzeverzoek":
        """A new concept."""
        return cls(id=id, kenmerk=kenmerk, status=Status.CONCEPT, antwoorden={}, created_at=now, changed_at=now)

    # --- what it says -----------------------------------------------------------------------------

    @property
    def toestemming(self) -> Toestemming | None:
        """The toestemming in force, or None."""
        return next((t for t in self.toestemmingen if t.revoked_at is None), None)

    @property
    def wants_toestemming(self) -> bool:
        """Whether consent can be given now: nobody decided, there is none, and every question was answered."""
        return self.is_open and self.toestemming is None and not self.onvolledig

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_running(self) -> bool:
        return self.status is Status.GOEDGEKEURD

    # --- the hulpvrager ---------------------------------------------------------------------------

    def answer(self, stap: str, sectie: dict[str, Any], now: datetime) -> events.AntwoordSaved:
        """Keep the answer to one question. Only while the questions are open."""
        if not self.may_answer:
            raise MoveNotAllowed(f"answer in {self.status}")
        self.antwoorden = {**self.antwoorden, stap: sectie}
        self.changed_at = now
        self.index()
        return events.AntwoordSaved(keten=self.id, stap=stap)

    def ask_again(self, stap: str) -> None:
        """The answer to one question no longer holds. Only while it is a concept."""
        self.antwoorden = {slug: sectie for slug, sectie in self.antwoorden.items() if slug != stap}
        self.index()

    def submit(self, now: datetime, gemeente: Gemeente, organisatie: Organisatie) -> events.PauzeverzoekSubmitted:
        """File it: the clock of Wgs art. 4 runs from this day, or from the day that the person asked to be called."""
        if self.onvolledig:
            self.onvolledig, self.changed_at = False, now
        else:
            self.file(now, gemeente, organisatie)
        meldingsdatum = self.meldingsdatum or dutch_date(now)
        self.dreigend = is_dreigend(self.antwoorden)
        self.eerste_gesprek_voor = termijn.eerste_gesprek_voor(meldingsdatum, dreigend=self.dreigend)
        return events.PauzeverzoekSubmitted(
            keten=self.id,
            gemeente=gemeente.code,
            meldingsdatum=meldingsdatum,
            dreigend=self.dreigend,
            eerste_gesprek_voor=self.eerste_gesprek_voor,
            schulden=len(self.schulden),
            organisatie_id=organisatie.id,
        )

    def file(self, now: datetime, gemeente: Gemeente, organisatie: Organisatie) -> None:
        """Within an act: it is an aanmelding of this day."""
        self.move(Move.SUBMIT, now)
        self.gemeente, self.organisatie = gemeente, organisatie
        self.gemeente_code, self.organisatie_id = gemeente.code, organisatie.id
        self.submitted_at, self.meldingsdatum = now, dutch_date(now)

    def supplement(self, now: datetime) -> events.PauzeverzoekSupplemented:
        """The hulpvrager gave what was asked, on the own page or on the telephone."""
        self.move(Move.SUPPLEMENT, now)
        return events.PauzeverzoekSupplemented(keten=self.id)

    def withdraw(self, now: datetime) -> events.PauzeverzoekWithdrawn:
        """The hulpvrager stops: nothing more is sent, who was told is told that it stops."""
        was = self.status
        self.move(Move.WITHDRAW, now)
        self.eindreden, self.bellen_voor = Eindreden.INGETROKKEN, None
        return events.PauzeverzoekWithdrawn(keten=self.id, was=was)

    # --- the hulpverlener -------------------------------------------------------------------------

    def assign(self, behandelaar_id: UUID, now: datetime) -> events.PauzeverzoekAssigned:
        """Give it to a hulpverlener: take it, take it over, or hand it over."""
        was = self.behandelaar_id
        self.move(Move.ASSIGN, now)
        self.behandelaar_id = behandelaar_id
        return events.PauzeverzoekAssigned(keten=self.id, behandelaar_id=behandelaar_id, was=was)

    def release(self, now: datetime) -> events.PauzeverzoekReleased:
        """Nobody reviews it any more: it waits among the new ones, with the same deadline."""
        was = self.behandelaar_id
        self.move(Move.RELEASE, now)
        self.behandelaar_id = None
        return events.PauzeverzoekReleased(keten=self.id, was=was)

    def lift_geheim(self, now: datetime) -> events.GeheimAdresLifted:
        """The address is no longer secret: schuldeisers may read it. A decision on the older page is refused."""
        self.antwoorden = {**self.antwoorden, "adres": {**self.antwoorden["adres"], "geheim": False}}
        self.changed_at = now
        return events.GeheimAdresLifted(keten=self.id)

    def forward(self, now: datetime, gemeente: Gemeente, organisatie: Organisatie) -> events.PauzeverzoekForwarded:
        """Give it to another gemeente, where it is new: nobody has it yet, and the meldingsdatum stays.

        Gemeente and organisatie are set by the database at the end of the act: staff write no row of somebody else's.
        """
        if self.gemeente_code is None or self.organisatie_id is None:
            raise MoveNotAllowed("forward what has no gemeente")
        self.move(Move.FORWARD, now)
        self.behandelaar_id = None
        return events.PauzeverzoekForwarded(
            keten=self.id,
            was=self.gemeente_code,
            van_organisatie_id=self.organisatie_id,
            gemeente=gemeente.code,
            organisatie_id=organisatie.id,
        )

    def request_supplement(self, now: datetime, antwoord_voor: date | None) -> events.SupplementRequested:
        """Ask the hulpvrager for something that is missing. Raises DatumOngeldig for an answer in the past."""
        if antwoord_voor is not None and antwoord_voor < dutch_date(now):
            raise DatumOngeldig(f"answer on {antwoord_voor}")
        self.move(Move.REQUEST_SUPPLEMENT, now)
        return events.SupplementRequested(keten=self.id, antwoord_voor=antwoord_voor)

    def approve(
        self, actor: Actor, now: datetime, *, start_on: date, eind_on: date, ontvangers: int, per_post: int
    ) -> events.PauzeverzoekApproved:
        """Decide that schuldeisers are asked to pause. Needs the hulpvrager's toestemming."""
        if self.toestemming is None:
            raise GeenToestemming(str(self.id))
        self.move(Move.APPROVE, now)
        self.decided_by, self.decided_at = actor.id, now
        self.start_on, self.eind_on = start_on, eind_on
        return events.PauzeverzoekApproved(
            keten=self.id, start_on=start_on, eind_on=eind_on, ontvangers=ontvangers, per_post=per_post
        )

    def decline(self, actor: Actor, now: datetime, toelichting: str) -> events.PauzeverzoekDeclined:
        """Decide that there is no pause. The help request of the Wgs runs on."""
        self.move(Move.DECLINE, now)
        self.decided_by, self.decided_at, self.toelichting = actor.id, now, toelichting
        return events.PauzeverzoekDeclined(keten=self.id)

    def end(self, now: datetime, reden: Eindreden) -> events.PauzeEnded:
        """End a running pause early, today. The reason stays inside."""
        self.move(Move.END, now)
        self.eindreden = reden
        return events.PauzeEnded(keten=self.id, reden=reden, eind_on=dutch_date(now))

    def expire(self, now: datetime) -> events.PauzeExpired:
        """The last day of the pause has passed."""
        if self.eind_on is None or self.eind_on >= dutch_date(now):
            raise MoveNotAllowed(f"expire before {self.eind_on}")
        self.move(Move.EXPIRE, now)
        self.eindreden = Eindreden.AFGEROND
        return events.PauzeExpired(keten=self.id, eind_on=self.eind_on)

    # ----------------------------------------------------------------------------------------------

    def expect_version(self, versie: int) -> None:
        """Raises AlreadyDecided when somebody changed the case after the page was read."""
        if self.versie != versie:
            raise AlreadyDecided(f"version {versie}, now {self.versie}")

    def touch(self, now: datetime) -> None:
        """Count a change in what belongs to the case (its schulden): a decision on the older page is then refused."""
        self.changed_at = now

    def move(self, move: Move, now: datetime) -> None:
        """Take a step of the state machine. Raises MoveNotAllowed, also when it needs answers that are not there."""
        if self.onvolledig and move in WHOLE:
            raise MoveNotAllowed(f"{move} without the answers")
        self.status = after(move, self.status)
        self.changed_at = now
        if move not in {Move.ASSIGN, Move.RELEASE}:  # whoever has it: the answer still waits to be read
            self.aangevuld_at = now if move is Move.SUPPLEMENT else None
