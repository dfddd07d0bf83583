"""Ask the hulpvrager for something that is missing."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.actions import review
from portal.domain.status import Move
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import AanvullingForm
from portal.web.session import actor, db


@bp.route("/werkvoorraad/<uuid:verzoek_id>/aanvulling", methods=["GET", "POST"])
@may_act
def aanvulling(verzoek_id: UUID) -> str | Response:
    verzoek = zaak.load_for(verzoek_id, Move.REQUEST_SUPPLEMENT)
    form = AanvullingForm(versie=str(verzoek.versie))
    if form.validate_on_submit():
        review.request_supplement(db(), actor(), verzoek_id, form.read_versie, form.vraag.data or "")
        flash("Uw vraag is verstuurd. De zaak wacht nu op de hulpvrager.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    return render_template("hulpverlener/aanvulling.html", verzoek=verzoek, form=form)
