"""The accounts of colleagues: let somebody in, and what he is called and may do."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.actions import medewerkers as acts
from portal.actions.uitnodigen import invite
from portal.db import limits
from portal.domain.errors import BestaatAl
from portal.domain.roles import Role
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.organisatie import collega
from portal.web.beheer.organisatie_forms import MedewerkerForm, UitnodigingForm
from portal.web.session import actor, database, db, settings


@bp.route("/beheer/organisatie/medewerkers/nieuw", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def uitnodigen() -> str | Response:
    """A new account. The colleague gets a link by mail and chooses a password; nobody else ever has one."""
    form = UitnodigingForm()
    if form.validate_on_submit():
        limits.hit(database(), limits.INVITATIONS_PER_BEHEERDER, str(actor().id))
        try:
            _invite(form)
        except BestaatAl:
            form.email.errors = ["Er is al een account met dit e-mailadres."]
        else:
            flash(f"{form.naam.data} krijgt een e-mail met een link.", "ok")
            return redirect(url_for(".organisatie", _anchor="medewerkers"))
    return render_template("beheer/medewerker.html", form=form, collega=None)


def _invite(form: UitnodigingForm) -> None:
    naam, email = form.naam.data or "", form.email.data or ""
    invite(db(), actor(), naam=naam, email=email, roles=form.roles, link_seconds=settings().invitation_seconds)


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
