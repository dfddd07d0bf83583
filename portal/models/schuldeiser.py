"""The directory of schuldeisers, incassobureaus and gerechtsdeurwaarders."""

import hashlib
import json
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from portal.domain.duur import DEFAULT_MAANDEN, MAX_MAANDEN, eind_on
from portal.domain.errors import AlreadyDecided
from portal.domain.kennisgeving import Grondslag, Kanaal, Levering
from portal.models.base import Base, HasId, value_enum

MAX_POSTADRES = 300
"""Signs in a postal address."""

KEPT_BY_HAND = (
    "naam", "handelsnamen", "kvk", "rol", "categorie", "schuldsoort", "convenant", "convenant_vanaf", "convenant_tot",
    "default_maanden", "max_maanden", "kanaal", "levering", "notitie", "actief",
)  # fmt: skip
"""What of an entry is changed on its page. Its addresses are not among them: those ask for a second pair of eyes."""


class PartijRol(StrEnum):
    """What a party is by trade."""

    SCHULDEISER = "schuldeiser"
    INCASSOBUREAU = "incassobureau"
    GERECHTSDEURWAARDER = "gerechtsdeurwaarder"


class Categorie(StrEnum):
    """Kinds of schuldeiser. A particulier (family, ex-partner) is told only after an extra confirmation."""

    ZORGVERZEKERAAR = "zorgverzekeraar"
    ENERGIE = "energie"
    WATER = "water"
    VERHUURDER = "verhuurder"
    TELECOM = "telecom"
    OVERHEID = "overheid"
    BANK = "bank"
    KREDIET = "krediet"
    VERZEKERAAR = "verzekeraar"
    WEBWINKEL = "webwinkel"
    ZORGVERLENER = "zorgverlener"
    ONDERWIJS = "onderwijs"
    VERVOER = "vervoer"
    INCASSO = "incasso"
    PARTICULIER = "particulier"
    OVERIG = "overig"


class Schuldsoort(StrEnum):
    """The kinds of schuld in DDAS and the Schuldenknooppunt."""

    ZORG = "Zorg"
    PUBLIEK = "Publiek"
    NUTS = "Nuts"
    OVERIG = "Overig"


class Lijstvoorstel(StrEnum):
    """What becomes of an entry that an organisatie proposed for the landelijke list."""

    OPEN = "open"
    OVERGENOMEN = "overgenomen"
    NIET_OVERGENOMEN = "niet_overgenomen"


class Schuldeiser(HasId, Base):
    """An entry of the directory: landelijk, or of one organisatie that proposed it (`organisatie_id`).

    Mail goes only to an address that a member of staff verified (`email_verified_on`). `samengevoegd_met_id` is the
    entry that takes its place: this one is kept for what was sent to it.
    """

    __tablename__ = "schuldeiser"
    __table_args__ = (
        CheckConstraint("default_maanden BETWEEN 1 AND max_maanden AND max_maanden <= 8", name="maanden"),
        CheckConstraint("samengevoegd_met_id IS NULL OR NOT actief", name="samengevoegd"),
        CheckConstraint("(email_verified_on IS NULL) = (email_verified_by IS NULL)", name="verified"),
        Index("ix_schuldeiser_voorstel", "naam", postgresql_where=text("voorstel = 'open'")),
        Index(
            "ix_schuldeiser_zoektekst",
            "zoektekst",
            postgresql_using="gin",
            postgresql_ops={"zoektekst": "gin_trgm_ops"},
        ),
    )

    organisatie_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisatie.id"), index=True)
    naam: Mapped[str]
    handelsnamen: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    zoektekst: Mapped[str] = mapped_column(
        Computed("lower(naam || ' ' || immutable_array_text(handelsnamen))", persisted=True)
    )
    kvk: Mapped[str | None]
    rol: Mapped[PartijRol] = mapped_column(value_enum(PartijRol))
    categorie: Mapped[Categorie] = mapped_column(value_enum(Categorie))
    schuldsoort: Mapped[Schuldsoort] = mapped_column(value_enum(Schuldsoort))
    convenant: Mapped[str | None]
    convenant_vanaf: Mapped[date | None]
    convenant_tot: Mapped[date | None]
    default_maanden: Mapped[int] = mapped_column(default=DEFAULT_MAANDEN)
    max_maanden: Mapped[int] = mapped_column(default=MAX_MAANDEN)
    kanaal: Mapped[Kanaal] = mapped_column(value_enum(Kanaal), default=Kanaal.EMAIL)
    levering: Mapped[Levering] = mapped_column(value_enum(Levering), default=Levering.LOS)
    email: Mapped[str | None]
    email_verified_on: Mapped[date | None]
    email_verified_by: Mapped[str | None]
    postadres: Mapped[str | None]
    notitie: Mapped[str | None]
    actief: Mapped[bool] = mapped_column(default=True)
    voorstel: Mapped[Lijstvoorstel | None] = mapped_column(value_enum(Lijstvoorstel))
    samengevoegd_met_id: Mapped[UUID | None] = mapped_column(ForeignKey("schuldeiser.id"), index=True)

    @property
    def is_gemachtigde(self) -> bool:
        return self.rol is not PartijRol.SCHULDEISER

    @property
    def is_particulier(self) -> bool:
        return self.categorie is Categorie.PARTICULIER

    @property
    def verified_email(self) -> str | None:
        """The address that may be mailed, or None."""
        return self.email if self.email_verified_on else None

    @property
    def channel(self) -> Kanaal:
        """By API when it fetches, e-mail when preferred and verified, else by post: nothing silently vanishes."""
        if self.levering is Levering.API:
            return Kanaal.API
        return Kanaal.EMAIL if self.kanaal is Kanaal.EMAIL and self.verified_email else Kanaal.BRIEF

    @property
    def is_gebundeld(self) -> bool:
        """Whether its mail is put together in a daily digest."""
        return self.levering is Levering.DAGOVERZICHT and self.channel is Kanaal.EMAIL

    @property
    def stand(self) -> str:
        """What it says now, as one hash: who changes it shows which one he read."""
        said = {name: str(getattr(self, name)) for name in KEPT_BY_HAND}
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def lijststand(self) -> str:
        """The same with where it is reached: all that is taken over into the landelijke list."""
        said = [self.stand, self.email, str(self.email_verified_on), self.postadres]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def convenant_on(self, day: date) -> str | None:
        """The convenant that binds this party on a day. The last day is included."""
        if not self.convenant or (self.convenant_vanaf and day < self.convenant_vanaf):
            return None
        return None if self.convenant_tot and day > self.convenant_tot else self.convenant

    def grondslag_on(self, day: date) -> Grondslag:
        return Grondslag.CONVENANT if self.convenant_on(day) else Grondslag.VERZOEK

    def last_day(self, start: date) -> date:
        """The last day that a pause from `start` may have here."""
        return eind_on(start, min(self.max_maanden, MAX_MAANDEN))

    def verify_email(self, email: str, *, by: str, on: date) -> None:
        self.email, self.email_verified_by, self.email_verified_on = email, by, on

    def merge_into(self, other: "Schuldeiser") -> None:
        """Out of use, with its names kept findable at the entry that takes its place."""
        names = {name.casefold() for name in (other.naam, *other.handelsnamen)}
        added = [name for name in (self.naam, *self.handelsnamen) if name.casefold() not in names]
        other.handelsnamen = [*other.handelsnamen, *dict.fromkeys(added)]
        self.actief, self.samengevoegd_met_id = False, other.id
        self.voorstel = Lijstvoorstel.OVERGENOMEN if self.voorstel is Lijstvoorstel.OPEN else self.voorstel

    def decide_voorstel(self, *, akkoord: bool) -> None:
        """Becomes landelijk, or stays with its organisatie. Raises AlreadyDecided."""
        if self.voorstel is not Lijstvoorstel.OPEN:
            raise AlreadyDecided(f"voorstel {self.voorstel}")
        self.voorstel = Lijstvoorstel.OVERGENOMEN if akkoord else Lijstvoorstel.NIET_OVERGENOMEN
        if akkoord:
            self.organisatie_id = None
