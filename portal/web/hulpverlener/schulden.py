"""A schuld that the reviewer heard of, added to an open case."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.actions import hulpvrager
from portal.domain.antwoorden import MAX_SCHULDEN
from portal.domain.errors import TeVeelSchulden
from portal.domain.melding import Meldingsoort
from portal.models import Melding
from portal.queries import fotos
from portal.web.hulpverlener import meldingen, zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import SchuldForm, read_ids
from portal.web.session import actor, db


@bp.route("/werkvoorraad/<uuid:verzoek_id>/schulden/nieuw", methods=["GET", "POST"])
@may_act
def schuld_toevoegen(verzoek_id: UUID) -> str | Response:
    """After saving, on to matching it. The same page sent twice adds it once."""
    verzoek = zaak.load_matchable(verzoek_id)
    melding = _reported(verzoek_id)
    form = SchuldForm(data=SchuldForm.shown(dict(melding.gegevens)) if melding else {})
    form.ask_whose(samen=verzoek.is_of_two)
    if form.validate_on_submit():
        try:
            added = _add(verzoek_id, form, melding.id if melding else None)
        except TeVeelSchulden:
            form.form_errors.append(f"Er staan al {MAX_SCHULDEN} schulden in deze zaak. Meer kan niet.")
        else:
            flash("De schuld is toegevoegd. Koppel nu de schuldeiser.", "ok")
            return redirect(url_for(".koppelen", verzoek_id=verzoek_id, schuld_id=added))
    photos = fotos.sent_with(db(), verzoek_id, melding.id) if melding else ()
    verzoek = zaak.load_matchable(verzoek_id)
    voorstel = fotos.left_on(fotos.read_on(photos), melding.gegevens if melding else {})
    return render_template("hulpverlener/schuld.html", verzoek=verzoek, form=form, fotos=photos, voorstel=voorstel)


def _add(verzoek_id: UUID, form: SchuldForm, melding_id: UUID | None) -> UUID:
    told = form.sectie() | {"gehoord": melding_id is None}
    id = form.schuld_id(verzoek_id)
    return hulpvrager.add_schuld(db(), actor(), verzoek_id, told, id=id, melding_id=melding_id)


def _reported(verzoek_id: UUID) -> Melding | None:
    """The report of a forgotten schuld, if the address names one. Raises NotFound."""
    named = read_ids(request.args.getlist("melding"))
    if not named:
        return None
    melding = meldingen.of_case(verzoek_id, named[0])
    return melding if melding.soort is Meldingsoort.SCHULD else None
