"""Ask the hulpvrager for something that is missing, and write down an answer that came by telephone."""

from datetime import date, timedelta
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField, ValidationError

from portal import clock
from portal.actions import aanvullen, review
from portal.domain import termijn
from portal.domain.bewaking import Klok
from portal.domain.status import Move
from portal.models import Bloksoort, Pauzeverzoek
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
    form = AanvullingForm(versie=str(verzoek.versie), antwoord_voor=_suggested(verzoek, clock.today()))
    form.offer_blokken(Bloksoort.VRAAG)
    if not form.insert_into(form.vraag) and form.validate_on_submit():
        review.request_supplement(
            db(), actor(), verzoek_id, form.read_versie, form.vraag.data or "", form.antwoord_voor.data
        )
        flash("Uw vraag is verstuurd. De zaak wacht nu op de hulpvrager.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    return render_template("hulpverlener/aanvulling.html", verzoek=verzoek, form=form, leest=other_taal(verzoek))


def _suggested(verzoek: Pauzeverzoek, today: date) -> date:
    """The day that is offered: of a threatened case not after the term of the first conversation, and never today."""
    usual = termijn.add_werkdagen(today, ANTWOORD_WERKDAGEN)
    if not (verzoek.dreigend and verzoek.klok is Klok.EERSTE_GESPREK and verzoek.eerste_gesprek_voor):
        return usual
    return max(termijn.add_werkdagen(today, 1), min(usual, verzoek.eerste_gesprek_voor))


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
