"""The Bewijs van aanmelding as PDF, made once by the worker after filing."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain import events
from portal.domain.aanmeldbewijs import AanmeldbewijsFeiten
from portal.domain.controle import DocumentSoort
from portal.domain.errors import MoveNotAllowed
from portal.domain.kennisgeving import Afzender
from portal.models.base import Base, HasId
from portal.models.links import document_id
from portal.models.pauzeverzoek import Pauzeverzoek
from portal.models.sealed import SealedBytes, sealed_column


class Aanmeldbewijs(HasId, Base):
    """The document of one pauzeverzoek, with its hash: sealed once, never changed. Its id gives its controlecode."""

    __tablename__ = "aanmeldbewijs"

    verzoek_id: Mapped[UUID] = mapped_column(ForeignKey("pauzeverzoek.id", ondelete="CASCADE"), unique=True)
    pdf_sealed: Mapped[bytes] = sealed_column()
    pdf_sha256: Mapped[str]
    typeset_at: Mapped[datetime]

    pdf = SealedBytes()

    @classmethod
    def keep(cls, verzoek_id: UUID, pdf: bytes, now: datetime) -> "Aanmeldbewijs":
        """What the printer made."""
        id = document_id(verzoek_id, DocumentSoort.BEWIJS_VAN_AANMELDING)
        sha256 = hashlib.sha256(pdf).hexdigest()
        return cls(id=id, verzoek_id=verzoek_id, pdf=pdf, pdf_sha256=sha256, typeset_at=now)

    @property
    def is_intact(self) -> bool:
        """Whether the file still has the hash of the moment it was made."""
        return self.pdf_sha256 == hashlib.sha256(self.pdf).hexdigest()

    def typeset(self) -> events.AanmeldbewijsTypeset:
        """What the trail keeps of it."""
        return events.AanmeldbewijsTypeset(keten=self.verzoek_id, aanmeldbewijs_id=self.id, pdf_sha256=self.pdf_sha256)


def aanmeldbewijs_feiten(verzoek: Pauzeverzoek) -> AanmeldbewijsFeiten:
    """What the document of a case says. Raises MoveNotAllowed while it was not filed."""
    gemeente, organisatie = verzoek.gemeente, verzoek.organisatie
    if gemeente is None or organisatie is None or verzoek.meldingsdatum is None:
        raise MoveNotAllowed(f"bewijs van aanmelding of a {verzoek.status}")
    return AanmeldbewijsFeiten(
        kenmerk=verzoek.kenmerk,
        naam=verzoek.persoon.naam,
        geboren_on=verzoek.persoon.geboren_on,
        meldingsdatum=verzoek.meldingsdatum,
        afzender=Afzender(
            gemeente=gemeente.naam,
            organisatie=organisatie.naam,
            contactpersoon="",
            telefoon=organisatie.telefoon,
            email=organisatie.email,
            postadres=organisatie.postadres,
        ),
    )
