"""The hulpvrager was told by telephone what did not arrive by mail."""

from uuid import UUID

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from portal.actions.vertellen import tell_hulpvrager
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import GebeldForm
from portal.web.session import actor, db


@bp.post("/werkvoorraad/<uuid:verzoek_id>/gebeld")
@may_act
def gebeld(verzoek_id: UUID) -> Response:
    """Only the messages that stood on the page: what failed since then is still to be told."""
    tell_hulpvrager(db(), actor(), verzoek_id, GebeldForm().read_berichten)
    flash("Genoteerd: de hulpvrager weet het.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id))
