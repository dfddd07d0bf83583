"""A hulpvrager says on the telephone that the schuldeisers may not be told after all."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.actions.hulpvrager import revoke_toestemming
from portal.domain.errors import NotFound
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.session import actor, db


@bp.route("/werkvoorraad/<uuid:verzoek_id>/toestemming-intrekken", methods=["GET", "POST"])
@may_act
def toestemming_intrekken(verzoek_id: UUID) -> str | Response:
    """What it means, and one act."""
    verzoek = zaak.load_open(verzoek_id)
    if verzoek.toestemming is None:
        raise NotFound(f"toestemming of {verzoek_id}")
    if request.method == "POST":
        revoke_toestemming(db(), actor(), verzoek_id)
        flash("De toestemming is ingetrokken. Schuldeisers krijgen geen bericht.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    return render_template("hulpverlener/toestemming_intrekken.html", verzoek=verzoek)
