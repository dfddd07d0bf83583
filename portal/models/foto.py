"""A letter that the hulpvrager photographed: one letter is enough, nothing else has to be typed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.domain import events
from portal.domain.foto import Beeld
from portal.models.base import Base, HasId
from portal.models.sealed import SealedBytes, sealed_column


class Foto(HasId, Base):
    """The pages of a letter about one schuld, with their hash. Decoded and made anew before they come here."""

    __tablename__ = "foto"

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), index=True)
    schuld_id: Mapped[UUID] = mapped_column(ForeignKey("schuld.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    paginas: Mapped[int]
    beeld_sha256: Mapped[str]
    beeld_sealed: Mapped[bytes] = deferred(sealed_column())

    beeld = SealedBytes()

    @classmethod
    def keep(cls, id: UUID, verzoek_id: UUID, schuld_id: UUID, beeld: Beeld, now: datetime) -> "Foto":
        """What was sent, as it was made safe."""
        return cls(
            id=id,
            verzoek_id=verzoek_id,
            schuld_id=schuld_id,
            made_at=now,
            paginas=len(beeld.paginas),
            beeld_sha256=beeld.sha256,
            beeld=beeld.inhoud,
        )

    def pagina(self, number: int) -> bytes:
        """One page as JPEG, counted from 1."""
        return Beeld(self.beeld).paginas[number - 1]

    def added(self) -> events.FotoAdded:
        """What the trail keeps of it."""
        return events.FotoAdded(keten=self.verzoek_id, foto_id=self.id, schuld_id=self.schuld_id, paginas=self.paginas)
