"""Ask the hulpvrager for something that is missing, and write down an answer that came by telephone."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.actions import aanvullen, review
from portal.domain.status import Move
from portal.queries import dossier
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import AanvullingForm, ReactieForm
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


@bp.route("/werkvoorraad/<uuid:verzoek_id>/aanvulling/antwoord", methods=["GET", "POST"])
@may_act
def aanvulling_antwoord(verzoek_id: UUID) -> str | Response:
    """The answer that the hulpvrager gave on the telephone."""
    verzoek = zaak.load_for(verzoek_id, Move.SUPPLEMENT)
    form = ReactieForm(versie=str(verzoek.versie))
    if form.validate_on_submit():
        aanvullen.note_supplement(db(), actor(), verzoek_id, form.read_versie, form.reactie.data or "")
        flash("Het antwoord is genoteerd. U kunt verder met de zaak.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    asked = dossier.aanvullingen(db(), verzoek_id)[-1]
    return render_template("hulpverlener/aanvulling_antwoord.html", verzoek=verzoek, vraag=asked, form=form)
