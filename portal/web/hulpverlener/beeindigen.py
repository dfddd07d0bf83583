"""End a running pause early."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import review
from portal.domain.kennisgeving import Kanaal
from portal.domain.status import Eindreden, Move, Verzendstatus
from portal.models.briefwisseling import briefwisselingen
from portal.queries import dossier
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import BeeindigenForm
from portal.web.session import actor, db


@bp.route("/werkvoorraad/<uuid:verzoek_id>/beeindigen", methods=["GET", "POST"])
@may_act
def beeindigen(verzoek_id: UUID) -> str | Response:
    """The page says who will be told, in order: first the hulpvrager."""
    verzoek = zaak.load_for(verzoek_id, Move.END)
    form = BeeindigenForm(versie=str(verzoek.versie))
    if form.validate_on_submit():
        review.end_pauze(db(), actor(), verzoek_id, form.read_versie, Eindreden(form.reden.data))
        flash("De pauze is beëindigd. De hulpvrager en de schuldeisers krijgen bericht.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    issued = sorted(dossier.kennisgevingen(db(), verzoek_id), key=lambda each: each.schuldeiser.naam.casefold())
    sent, today = briefwisselingen(issued), clock.today()
    told = [each for each in sent if each.is_told_of_end(today)]
    return render_template(
        "hulpverlener/beeindigen.html",
        verzoek=verzoek,
        form=form,
        per_mail=[each.schuldeiser.naam for each in told if each.schuldeiser.channel is Kanaal.EMAIL],
        via_api=[each.schuldeiser.naam for each in told if each.schuldeiser.channel is Kanaal.API],
        per_post=[each.schuldeiser.naam for each in told if each.schuldeiser.channel is Kanaal.BRIEF],
        voorbij=[each.schuldeiser.naam for each in sent if each.gekend and each.gekend.is_over(today)],
        niet_verteld=[each.schuldeiser.naam for each in sent if not each.gekend],
        brieven=[each for each in issued if each.kanaal is Kanaal.BRIEF and each.status is Verzendstatus.KLAAR],
        vandaag=today,
    )
