"""The accounts of colleagues: what somebody is called and may do."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.actions import medewerkers as acts
from portal.domain.roles import Role
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.organisatie import collega
from portal.web.beheer.organisatie_forms import MedewerkerForm
from portal.web.session import actor, db


@bp.route("/beheer/organisatie/<uuid:medewerker_id>/wijzigen", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def medewerker(medewerker_id: UUID) -> str | Response:
    """Name and roles. The new ones hold from the colleague's next click on."""
    found = collega(medewerker_id)
    form = MedewerkerForm(naam=found.naam, rollen=found.rollen)
    if form.validate_on_submit():
        acts.change_medewerker(db(), actor(), medewerker_id, naam=form.naam.data or "", roles=form.roles)
        flash(f"{form.naam.data} is opgeslagen.", "ok")
        return redirect(url_for(".organisatie", _anchor="medewerkers"))
    return render_template("beheer/medewerker.html", form=form, collega=found)
