"""The own account: who I am, what lets me in, and where I am signed in."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import account as acts
from portal.actions.toegang import revoke_sessions
from portal.db import limits
from portal.domain.errors import OngeldigeToegang
from portal.domain.roles import Role
from portal.models.passkey import possible
from portal.queries import account as own
from portal.web import session
from portal.web.access import requires
from portal.web.account.blueprint import bp
from portal.web.account.forms import WRONG_PRESENT, BevestigForm
from portal.web.forms import HouseForm


@bp.get("/medewerker/account")
@requires(*Role)
def account() -> str:
    """An overview; each change has a page of its own."""
    return render_template(
        "account/account.html",
        codes=own.recovery_codes_left(session.db(), session.medewerker_id()),
        sessies=own.sessies(session.db(), session.medewerker_id(), clock.now()),
        deze=session.sessie_id(),
        passkeys=own.passkeys(session.db(), session.medewerker_id()),
        met_passkeys=possible(session.settings().base_url),
        form=HouseForm(formdata=None),
    )


@bp.route("/medewerker/herstelcodes", methods=["GET", "POST"])
@requires(*Role)
def herstelcodes() -> ResponseReturnValue:
    """Ten new codes, shown this once."""
    form = BevestigForm()
    if form.validate_on_submit():
        _limit()
        try:
            codes = acts.make_recovery_codes(session.db(), session.actor(), form.huidig.data or "")
            return render_template("account/herstelcodes.html", codes=codes)
        except OngeldigeToegang:
            form.huidig.errors = [WRONG_PRESENT]
    left = own.recovery_codes_left(session.db(), session.medewerker_id())
    return render_template("account/herstelcodes_maken.html", form=form, over=left)


@bp.route("/medewerker/app", methods=["GET", "POST"])
@requires(*Role)
def andere_app() -> ResponseReturnValue:
    """Another phone: sign in again and connect an app there."""
    form = BevestigForm()
    if form.validate_on_submit():
        _limit()
        try:
            acts.take_off_app(session.db(), session.actor(), form.huidig.data or "")
        except OngeldigeToegang:
            form.huidig.errors = [WRONG_PRESENT]
        else:
            flash("Uw app is losgemaakt. Log in en koppel de app op uw nieuwe telefoon.", "ok")
            return redirect(url_for("account.inloggen"))
    return render_template("account/andere_app.html", form=form)


@bp.post("/medewerker/sessies/uitloggen")
@requires(*Role)
def alle_sessies() -> Response:
    """Out everywhere, here too."""
    revoke_sessions(session.db(), session.actor(), session.medewerker_id())
    flash("U bent overal uitgelogd.", "ok")
    return redirect(url_for("account.inloggen"))


@bp.post("/medewerker/sessies/<uuid:sessie_id>/uitloggen")
@requires(*Role)
def sessie(sessie_id: UUID) -> Response:
    """Out in one browser."""
    acts.end_session(session.db(), session.actor(), sessie_id)
    flash("Die browser is uitgelogd.", "ok")
    return redirect(url_for("account.account"))


def _limit() -> None:
    limits.hit(session.database(), limits.SIGN_IN_PER_ADDRESS, f"own:{session.medewerker_id()}")
