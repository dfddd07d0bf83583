"""Decide that there is no pause, with a reason that the hulpvrager receives."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from portal import clock
from portal.actions import review
from portal.actions.berichten import TERUG
from portal.domain.status import Move
from portal.models import Bloksoort
from portal.queries import voorbeeld
from portal.web.forms import MaxText, ZonderBsn, required
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.leestaal import other_taal
from portal.web.hulpverlener.tekstblokken import MetTekstblok
from portal.web.session import actor, db


class NietGoedkeurenForm(MetTekstblok):
    toelichting = TextAreaField(
        "Waarom keurt u de pauze niet goed?",
        [
            required("Vul in waarom er geen pauze komt. De hulpvrager leest dit."),
            MaxText(what="Uw uitleg"),
            ZonderBsn(),
        ],
    )


@bp.route("/werkvoorraad/<uuid:verzoek_id>/niet-goedkeuren", methods=["GET", "POST"])
@may_act
def niet_goedkeuren(verzoek_id: UUID) -> str | Response:
    """The preview is the very message that will be sent."""
    verzoek = zaak.load_for(verzoek_id, Move.DECLINE)
    form = NietGoedkeurenForm(versie=str(verzoek.versie))
    form.offer_blokken(Bloksoort.NIET_GOEDKEUREN)
    only_look = form.insert_into(form.toelichting) or request.form.get("actie") == "voorbeeld"
    if not only_look and form.validate_on_submit():
        review.decline_pauzeverzoek(db(), actor(), verzoek_id, form.read_versie, form.toelichting.data or "")
        flash("De pauze is niet goedgekeurd. De hulpvrager krijgt uw uitleg. De hulp gaat door.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    preview = voorbeeld.declined(
        verzoek, form.toelichting.data or "", url=db().adressen.base_url + TERUG, today=clock.today()
    )
    return render_template(
        "hulpverlener/niet_goedkeuren.html", verzoek=verzoek, form=form, leest=other_taal(verzoek), voorbeeld=preview
    )
