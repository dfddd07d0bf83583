"""The frozen letter of a Kennisgeving that goes by post: to print, and to mark as posted."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.actions import verzending
from portal.domain.errors import NotFound
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import REVIEWERS
from portal.domain.status import Verzendstatus
from portal.queries import dossier
from portal.web.forms import HouseForm
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act, may_read
from portal.web.session import actor, db


@bp.get("/werkvoorraad/<uuid:verzoek_id>/brieven/<uuid:kennisgeving_id>")
@may_read
def brief(verzoek_id: UUID, kennisgeving_id: UUID) -> str:
    verzoek = zaak.load(verzoek_id)
    kennisgeving = dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    if kennisgeving.kanaal is not Kanaal.BRIEF:
        raise NotFound("not a letter")
    feiten = kennisgeving.feiten
    return render_template(
        "hulpverlener/brief.html",
        verzoek=verzoek,
        kennisgeving=kennisgeving,
        ontvanger=feiten["ontvanger"],
        # A message that first went by e-mail has no postal address in its facts.
        adresregels=address_lines(
            feiten["ontvanger"], feiten["ontvanger_postadres"] or kennisgeving.schuldeiser.postadres or ""
        ),
        afzender=feiten["afzender"],
        is_te_versturen=kennisgeving.status is Verzendstatus.KLAAR,
        mag_versturen=bool(actor().roles & REVIEWERS),
        verstuurdform=HouseForm(formdata=None),
    )


def address_lines(naam: str, postadres: str) -> list[str]:
    """What stands behind the window of the envelope. Some postal addresses begin with the name already."""
    lines = [line.strip() for line in postadres.splitlines() if line.strip()]
    return lines if lines and lines[0].casefold() == naam.casefold() else [naam, *lines]


@bp.post("/werkvoorraad/<uuid:verzoek_id>/brieven/<uuid:kennisgeving_id>")
@may_act
def brief_verstuurd(verzoek_id: UUID, kennisgeving_id: UUID) -> Response:
    """The letter is in the post."""
    kennisgeving = dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    naam = kennisgeving.schuldeiser.naam
    verzending.mark_posted(db(), actor(), kennisgeving_id)
    flash(f"Genoteerd: de brief aan {naam} is verstuurd.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="ontvangers"))
