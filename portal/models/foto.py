"""A letter that the hulpvrager photographed: one letter is enough, nothing else has to be typed."""

from datetime import datetime
from typing import TypeAlias
from uuid import UUID, uuid5

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.domain import events
from portal.domain.foto import Beeld
from portal.domain.voorstel import Voorstel
from portal.models.base import Base, HasId
from portal.models.bericht import Aanvulling
from portal.models.melding import Melding
from portal.models.schuld import Schuld
from portal.models.sealed import Sealed, SealedBytes, sealed_column

Onderwerp: TypeAlias = Schuld | Aanvulling | Melding
"""What a photo comes with: a schuld, the answer to a question of the hulpverlener, or a report."""

_BIJ = {Schuld: "schuld_id", Aanvulling: "aanvulling_id", Melding: "melding_id"}


class Foto(HasId, Base):
    """The pages of a letter, with their hash. Decoded and made anew before they come here."""

    __tablename__ = "foto"
    __table_args__ = (CheckConstraint("num_nonnulls(schuld_id, aanvulling_id, melding_id) = 1", name="bij"),)

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    schuld_id: Mapped[UUID | None] = mapped_column(ForeignKey("schuld.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    paginas: Mapped[int]
    beeld_sha256: Mapped[str]
    beeld_sealed: Mapped[bytes] = deferred(sealed_column())
    aanvulling_id: Mapped[UUID | None] = mapped_column(ForeignKey("aanvulling.id", ondelete="CASCADE"), index=True)
    melding_id: Mapped[UUID | None] = mapped_column(ForeignKey("melding.id", ondelete="CASCADE"), index=True)

    voorstel_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    gelezen_at: Mapped[datetime | None]

    beeld = SealedBytes()
    voorstel = Sealed()

    @classmethod
    def keep(cls, bij: Onderwerp, beeld: Beeld, now: datetime) -> "Foto":
        """What was sent with it, as it was made safe."""
        return cls(
            id=foto_id(bij.id, beeld.sha256),
            verzoek_id=bij.verzoek_id,
            made_at=now,
            paginas=len(beeld.paginas),
            beeld_sha256=beeld.sha256,
            beeld=beeld.inhoud,
            **{_BIJ[type(bij)]: bij.id},
        )

    @property
    def bij(self) -> UUID:
        """The id of the schuld, the question or the report that it belongs to."""
        return next(id for id in (self.schuld_id, self.aanvulling_id, self.melding_id) if id)

    def came_with(self, id: UUID) -> bool:
        """Whether it was sent with this, also when it went on to a schuld since."""
        return self.id == foto_id(id, self.beeld_sha256)

    def pagina(self, number: int) -> bytes:
        """One page as JPEG, counted from 1."""
        return Beeld(self.beeld).paginas[number - 1]

    @property
    def gelezen(self) -> Voorstel:
        """What the computer read on it; nothing as long as it did not."""
        return Voorstel(**(self.voorstel or {}))

    def read(self, voorstel: Voorstel, now: datetime) -> events.FotoRead:
        """Keep what the computer read. Which fields is told in the trail, never what stands in them."""
        self.voorstel, self.gelezen_at = voorstel.velden, now
        return events.FotoRead(keten=self.verzoek_id, foto_id=self.id, velden=tuple(voorstel.velden))

    def added(self) -> events.FotoAdded:
        """What the trail keeps of it."""
        return events.FotoAdded(
            keten=self.verzoek_id,
            foto_id=self.id,
            schuld_id=self.schuld_id,
            aanvulling_id=self.aanvulling_id,
            melding_id=self.melding_id,
            paginas=self.paginas,
        )

    def go_to(self, schuld: Schuld) -> events.FotoMoved:
        """The hulpverlener made a schuld of the report that it came with."""
        self.melding_id, self.schuld_id = None, schuld.id
        return events.FotoMoved(keten=self.verzoek_id, foto_id=self.id, **schuld.named)


def foto_id(bij: UUID, sha256: str) -> UUID:
    """The same photo sent twice with the same thing is one."""
    return uuid5(bij, sha256)
