"""A member of staff chooses a password of his own."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.actions.inloggen import change_password
from portal.db import limits
from portal.domain.errors import OngeldigeToegang
from portal.domain.roles import Role
from portal.web import session
from portal.web.access import requires
from portal.web.account.blueprint import bp
from portal.web.account.forms import WRONG_PRESENT, WachtwoordForm


@bp.route("/medewerker/wachtwoord", methods=["GET", "POST"])
@requires(*Role)
def wachtwoord() -> ResponseReturnValue:
    """The present one and a new one; afterwards one signs in with the new one, here and everywhere."""
    form = WachtwoordForm()
    if form.validate_on_submit():
        limits.hit(session.database(), limits.SIGN_IN_PER_ADDRESS, f"own:{session.actor().id}")
        try:
            change_password(session.db(), session.actor(), form.huidig.data or "", form.nieuw.data or "")
        except OngeldigeToegang:
            form.huidig.errors = [WRONG_PRESENT]
        else:
            flash("Uw wachtwoord is veranderd. Log in met uw nieuwe wachtwoord.", "ok")
            return redirect(url_for("account.inloggen"))
    return render_template("account/wachtwoord.html", form=form)
