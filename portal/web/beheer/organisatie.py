"""The own organisatie: its data, its gemeenten, its staff; sign somebody out everywhere, let in again, put out."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import organisatie as acts
from portal.actions import toegang
from portal.domain.roles import Role
from portal.models import Medewerker
from portal.queries import organisatie as own
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.forms import HouseForm
from portal.web.hulpverlener.woorden import ROL, en, plural
from portal.web.session import actor, db


@bp.get("/beheer/organisatie")
@requires(Role.BEHEERDER, Role.TEAMLEIDER)
def organisatie() -> str:
    found = own.load(db(), actor().organisatie_id)
    staff = own.medewerkers(db(), found.id, clock.now())
    return render_template(
        "beheer/organisatie.html",
        organisatie=found,
        gemeenten=own.gemeenten(db(), found.id),
        collegas=[(each, en([ROL[role] for role in Role if role in each.medewerker.roles])) for each in staff],
        mag_beheren=Role.BEHEERDER in actor().roles,
        ik=actor().id,
        form=HouseForm(formdata=None),
    )


@bp.post("/beheer/organisatie/<uuid:medewerker_id>/uitloggen")
@requires(Role.BEHEERDER)
def overal_uitloggen(medewerker_id: UUID) -> Response:
    """End every session of one member of staff. Who does it to himself meets the sign-in page next."""
    count = toegang.revoke_sessions(db(), actor(), medewerker_id)
    if medewerker_id != actor().id:
        flash(f"Overal uitgelogd: {plural(count, 'sessie is', 'sessies zijn')} gestopt.", "ok")
    return redirect(url_for(".organisatie", _anchor="medewerkers"))


@bp.route("/beheer/organisatie/<uuid:medewerker_id>/herstel", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def herstel(medewerker_id: UUID) -> str:
    """Who lost the password or the phone: ask first, then show the new password, this once."""
    collega = _collega(medewerker_id)
    if request.method == "POST":
        password = acts.restore_access(db(), actor(), medewerker_id)
        return render_template("beheer/wachtwoord.html", collega=collega, wachtwoord=password)
    return render_template("beheer/herstel.html", collega=collega, form=HouseForm(formdata=None))


@bp.route("/beheer/organisatie/<uuid:medewerker_id>/uitzetten", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def uitzetten(medewerker_id: UUID) -> str | Response:
    """Who left: ask first, then end the account."""
    collega = _collega(medewerker_id)
    if request.method == "POST":
        acts.deactivate(db(), actor(), medewerker_id)
        flash(f"{collega.naam} kan niet meer inloggen.", "ok")
        return redirect(url_for(".organisatie", _anchor="medewerkers"))
    return render_template("beheer/uitzetten.html", collega=collega, form=HouseForm(formdata=None))


def _collega(medewerker_id: UUID) -> Medewerker:
    """Whose account this beheerder may look after. It is let go of: the act reads it again."""
    acts.check_may_manage(actor(), medewerker_id)
    found = own.collega(db(), medewerker_id)
    db().expunge(found)
    return found
