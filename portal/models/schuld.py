"""One schuld as the hulpvrager told it, and the parties of the directory that it was matched to."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain import events
from portal.domain.antwoorden import Schuldgegevens
from portal.domain.schuldenaar import Schuldenaar
from portal.models.base import Base, HasId, value_enum
from portal.models.schuldeiser import Schuldeiser
from portal.models.sealed import Sealed, sealed_column


class Schuldpartij(HasId, Base):
    """A party that is told about a schuld: the schuldeiser itself, or who collects for it. `referentie` is its own."""

    __tablename__ = "schuldpartij"
    __table_args__ = (UniqueConstraint("schuld_id", "schuldeiser_id"),)

    schuld_id: Mapped[UUID] = mapped_column(ForeignKey("schuld.id", ondelete="CASCADE"))
    schuldeiser_id: Mapped[UUID] = mapped_column(ForeignKey("schuldeiser.id"), index=True)
    referentie_sealed: Mapped[bytes | None] = sealed_column(nullable=True)

    referentie = Sealed()
    schuldeiser: Mapped[Schuldeiser] = relationship(lazy="raise")


class Schuld(HasId, Base):
    """One line of the list. What the person typed is sealed; the match is the reviewer's.

    `schuldenaar`: who owes it, when it is not the hulpvrager alone.
    """

    __tablename__ = "schuld"
    __table_args__ = (UniqueConstraint("verzoek_id", "volgnummer"),)

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"))
    volgnummer: Mapped[int]
    gegevens_sealed: Mapped[bytes] = sealed_column()
    matched_at: Mapped[datetime | None]
    schuldenaar: Mapped[Schuldenaar | None] = mapped_column(value_enum(Schuldenaar))

    gegevens = Sealed()
    partijen: Mapped[list[Schuldpartij]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by=lambda: Schuldpartij.id
    )

    @property
    def verteld(self) -> Schuldgegevens:
        """What the hulpvrager told."""
        return Schuldgegevens.read(self.gegevens)

    @property
    def named(self) -> dict[str, Any]:
        """By what an event tells of this line."""
        return {"schuld_id": self.id, "volgnummer": self.volgnummer}

    def tell(self, gegevens: dict[str, Any]) -> None:
        """Keep what the hulpvrager told; whose it is also when that is not asked. An earlier match no longer holds."""
        self.gegevens = ({"van": self.verteld.van} if self.verteld.van else {}) | gegevens
        self.schuldenaar = self.verteld.schuldenaar
        self.partijen.clear()
        self.matched_at = None

    def owed_by(self, schuldenaar: Schuldenaar | None) -> events.SchuldenaarNoted:
        """Whose it is: the hulpvrager's alone, the partner's alone, or of both."""
        self.schuldenaar = schuldenaar
        return events.SchuldenaarNoted(keten=self.verzoek_id, schuldenaar=schuldenaar, **self.named)

    def match(self, parties: dict[UUID, str | None], now: datetime) -> events.SchuldMatched:
        """Tie it to parties of the directory, each with its own reference."""
        self.partijen = [
            Schuldpartij(schuld_id=self.id, schuldeiser_id=id, referentie=referentie or None)
            for id, referentie in parties.items()
        ]
        self.matched_at = now
        return events.SchuldMatched(keten=self.verzoek_id, volgnummer=self.volgnummer, schuldeisers=tuple(parties))

    def add_party(self, schuldeiser_id: UUID) -> events.SchuldMatched:
        """One more party, whose own reference is not known."""
        self.partijen.append(Schuldpartij(schuld_id=self.id, schuldeiser_id=schuldeiser_id))
        return self.matched()

    def matched(self) -> events.SchuldMatched:
        """To whom it is tied now."""
        parties = tuple(partij.schuldeiser_id for partij in self.partijen)
        return events.SchuldMatched(keten=self.verzoek_id, volgnummer=self.volgnummer, schuldeisers=parties)

    def swap_party(self, weg_id: UUID, blijft_id: UUID) -> events.SchuldMatched:
        """One party turned out to be another that the directory knew already. Its own reference goes along."""
        known = {partij.schuldeiser_id: partij for partij in self.partijen}
        if blijft_id in known:
            self.partijen.remove(known[weg_id])
        else:
            known[weg_id].schuldeiser_id = blijft_id
        parties = tuple(partij.schuldeiser_id for partij in self.partijen)
        return events.SchuldMatched(keten=self.verzoek_id, volgnummer=self.volgnummer, schuldeisers=parties)

    def remove_party(self, schuldeiser_id: UUID) -> events.SchuldMatched:
        """This party has nothing to do with it after all."""
        self.partijen = [partij for partij in self.partijen if partij.schuldeiser_id != schuldeiser_id]
        if not self.partijen:
            self.matched_at = None
        parties = tuple(partij.schuldeiser_id for partij in self.partijen)
        return events.SchuldMatched(keten=self.verzoek_id, volgnummer=self.volgnummer, schuldeisers=parties)

    @property
    def schuldeiser(self) -> Schuldeiser | None:
        """Whose claim it is, by the match: the party that does not collect for another."""
        parties = [partij.schuldeiser for partij in self.partijen]
        return next((party for party in parties if not party.is_gemachtigde), None)

    @property
    def is_matched(self) -> bool:
        return bool(self.partijen)


def volgnummer_after(schulden: Iterable[Schuld]) -> int:
    """The next number in a list of schulden. A number is never given twice while the list holds a higher one."""
    return max((schuld.volgnummer for schuld in schulden), default=0) + 1
