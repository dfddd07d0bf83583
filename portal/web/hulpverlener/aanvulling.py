"""Ask the hulpvrager for something that is missing, and write down an answer that came by telephone."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField, ValidationError

from portal import clock
from portal.actions import aanvullen, review
from portal.domain import termijn
from portal.domain.status import Move
from portal.models import Bloksoort
from portal.queries import dossier
from portal.web.fields import DagMaandJaarField
from portal.web.forms import MaxText, ZonderBsn, required
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import ReactieForm
from portal.web.hulpverlener.leestaal import other_taal
from portal.web.hulpverlener.tekstblokken import MetTekstblok
from portal.web.hulpvrager.forms.velden import NietVerplicht
from portal.web.session import actor, db

ANTWOORD_WERKDAGEN = 10
"""Working days that are offered for an answer. Assumption: two weeks, as for most letters of a gemeente."""

MAX_ANTWOORD = timedelta(weeks=8)
"""How far the day for an answer may lie ahead. Assumption: anything else is a wrong year."""


class AanvullingForm(MetTekstblok):
    vraag = TextAreaField(
        "Wat wilt u weten?",
        [required("Vul in wat u van de hulpvrager wilt weten."), MaxText(what="Uw vraag"), ZonderBsn()],
    )
    antwoord_voor = DagMaandJaarField("Uiterlijk welke dag wilt u het antwoord?", [NietVerplicht()])

    def validate_antwoord_voor(self, field: DagMaandJaarField) -> None:
        today = clock.today()
        if field.data and not today < field.data <= today + MAX_ANTWOORD:
            raise ValidationError("Kies een dag na vandaag en binnen 8 weken.")


@bp.route("/werkvoorraad/<uuid:verzoek_id>/aanvulling", methods=["GET", "POST"])
@may_act
def aanvulling(verzoek_id: UUID) -> str | Response:
    verzoek = zaak.load_for(verzoek_id, Move.REQUEST_SUPPLEMENT)
    suggested = termijn.add_werkdagen(clock.today(), ANTWOORD_WERKDAGEN)
    form = AanvullingForm(versie=str(verzoek.versie), antwoord_voor=suggested)
    form.offer_blokken(Bloksoort.VRAAG)
    if not form.insert_into(form.vraag) and form.validate_on_submit():
        review.request_supplement(
            db(), actor(), verzoek_id, form.read_versie, form.vraag.data or "", form.antwoord_voor.data
        )
        flash("Uw vraag is verstuurd. De zaak wacht nu op de hulpvrager.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    return render_template("hulpverlener/aanvulling.html", verzoek=verzoek, form=form, leest=other_taal(verzoek))


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
