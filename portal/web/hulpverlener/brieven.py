"""The letter of one Kennisgeving that goes by post: its PDF, and the note that it was posted."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, flash, redirect, url_for
from werkzeug.wrappers import Response as Answer

from portal.actions import verzending
from portal.domain.errors import NotFound
from portal.domain.kennisgeving import Kanaal
from portal.domain.status import Verzendstatus
from portal.models import Kennisgeving
from portal.queries import dossier
from portal.queries import post as letters
from portal.web.hulpverlener.blueprint import bp, may_act, may_read
from portal.web.session import actor, db

FILE_NAME = "brief.pdf"
"""Tells nothing of a person: it stays behind in a folder of downloads."""


@dataclass(frozen=True, slots=True)
class Poststuk:
    """How far the letter of a message is. `pdf` is empty until it is made, and when it is no longer what was made."""

    pdf: bytes
    envelop: str
    is_gemaakt: bool
    mag_versturen: bool

    @property
    def is_printbaar(self) -> bool:
        """A letter that can go nowhere is not printed."""
        return bool(self.pdf and self.envelop)

    @classmethod
    def of(cls, message: Kennisgeving) -> "Poststuk":
        """The letter of this message. Raises NotFound when it does not go by post, or must not any more."""
        if message.kanaal is not Kanaal.BRIEF or message.status is Verzendstatus.VERVALLEN:
            raise NotFound(f"letter of {message.id}")
        kept = letters.letter(db(), message.id)
        return cls(
            pdf=kept.pdf if kept and kept.is_intact else b"",
            # What was first sent by e-mail may have been issued before anybody knew a postal address.
            envelop=(message.feiten["ontvanger_postadres"] or message.schuldeiser.postadres or "").strip(),
            is_gemaakt=kept is not None,
            mag_versturen=actor().is_reviewer,
        )


@bp.get("/werkvoorraad/<uuid:verzoek_id>/brieven/<uuid:kennisgeving_id>")
@may_read
def brief(verzoek_id: UUID, kennisgeving_id: UUID) -> Response:
    """The file as it was made, once."""
    found = Poststuk.of(dossier.kennisgeving(db(), verzoek_id, kennisgeving_id))
    if not found.is_printbaar:
        raise NotFound(f"letter of {kennisgeving_id}")
    return Response(
        found.pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f"attachment; filename={FILE_NAME}"},
    )


@bp.post("/werkvoorraad/<uuid:verzoek_id>/brieven/<uuid:kennisgeving_id>")
@may_act
def brief_verstuurd(verzoek_id: UUID, kennisgeving_id: UUID) -> Answer:
    """The letter is in the post."""
    kennisgeving = dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    naam = kennisgeving.schuldeiser.naam
    verzending.mark_posted(db(), actor(), kennisgeving_id)
    flash(f"Genoteerd: de brief aan {naam} is verstuurd.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="ontvangers"))
