"""A schuldeiser that does not answer: the page of its message asks for a call, and notes that there was one."""

from uuid import UUID

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from portal.actions.stilte import note_call
from portal.queries import dossier
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.session import actor, db


@bp.post("/werkvoorraad/<uuid:verzoek_id>/kennisgevingen/<uuid:kennisgeving_id>/gebeld")
@may_act
def schuldeiser_gebeld(verzoek_id: UUID, kennisgeving_id: UUID) -> Response:
    """Telephoned, and no answer yet."""
    message = dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    note_call(db(), actor(), message.id)
    flash("Genoteerd. U hoeft niet meer te bellen. Komt er nog een antwoord, dan ziet u dat hier.", "ok")
    return redirect(url_for(".kennisgeving", verzoek_id=verzoek_id, kennisgeving_id=kennisgeving_id))
