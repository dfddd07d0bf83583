"""The language that a hulpvrager reads, as staff call it; and writing down that it is another one."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.actions.taal import note_taal
from portal.domain.taal import Taal
from portal.models import Pauzeverzoek
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm
from portal.web.hulpvrager.forms.velden import Keuze
from portal.web.session import actor, db

TAAL = {
    Taal.NL: "Nederlands",
    Taal.EN: "Engels",
    Taal.AR: "Arabisch",
    Taal.TR: "Turks",
    Taal.PL: "Pools",
    Taal.UK: "Oekraïens",
}


def other_taal(verzoek: Pauzeverzoek) -> str:
    """'Arabisch', or nothing for who reads Dutch."""
    return "" if verzoek.reads is Taal.NL else TAAL[verzoek.reads]


def taalkeuze() -> Keuze:
    """The question on a page of staff."""
    choices = {str(taal): naam for taal, naam in TAAL.items()}
    return Keuze("Welke taal leest de hulpvrager?", "Kies een taal.", choices, default=str(Taal.NL))


class TaalForm(VersieForm):
    taal = taalkeuze()


@bp.route("/werkvoorraad/<uuid:verzoek_id>/taal", methods=["GET", "POST"])
@may_act
def taal_noteren(verzoek_id: UUID) -> str | Response:
    """The hulpvrager says which language is understood best."""
    verzoek = zaak.load(verzoek_id)
    form = TaalForm(versie=str(verzoek.versie), taal=str(verzoek.reads))
    if form.validate_on_submit():
        taal = Taal(form.taal.data)
        note_taal(db(), actor(), verzoek_id, form.read_versie, taal)
        flash(f"Genoteerd. Berichten aan de hulpvrager zijn vanaf nu in het {TAAL[taal]}.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    return render_template("hulpverlener/taal_noteren.html", verzoek=verzoek, form=form)
