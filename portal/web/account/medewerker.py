"""Staff sign in: a password, then a code from an authenticator app; at first use the app is connected first."""

from collections.abc import Callable
from uuid import UUID

import pyotp
import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.actions import inloggen as acts
from portal.db import limits
from portal.db.engine import ScopedSession
from portal.domain.errors import OngeldigeToegang
from portal.models.passkey import possible
from portal.queries.toegang import Aanmelding, open_enrolment
from portal.web import session
from portal.web.access import public
from portal.web.account import apparaat, doel, tussenstap
from portal.web.account.blueprint import bp
from portal.web.account.forms import (
    WRONG_PASSWORD,
    WRONG_RECOVERY,
    WRONG_TOTP,
    CodeForm,
    HerstelcodeForm,
    InloggenForm,
)
from portal.web.account.tussenstap import Tussenstap

ISSUER = "Pauzeknop"
"""The name beside the code in the app."""


@bp.route("/medewerker/inloggen", methods=["GET", "POST"])
@public
def inloggen() -> ResponseReturnValue:
    """The password. Unknown, wrong and no longer active get the same answer after the same work."""
    verder = doel.local_path(request.args.get("verder"))
    signed_in = session.as_medewerker()
    if signed_in is not None:
        return redirect(verder or doel.home(signed_in.actor.roles))
    form = InloggenForm()
    if form.validate_on_submit():
        try:
            return _to_second_factor(form, verder)
        except OngeldigeToegang:
            form.wachtwoord.errors = [WRONG_PASSWORD]
    return render_template(
        "account/inloggen.html",
        form=form,
        verder=verder,
        met_werkaccount=session.settings().staff_oidc_enabled,
        met_passkeys=possible(session.settings().base_url),
    )


def _to_second_factor(form: InloggenForm, verder: str | None) -> Response:
    email = form.email.data or ""
    limits.hit(session.database(), limits.SIGN_IN_PER_CLIENT, session.client())
    limits.hit(session.database(), limits.SIGN_IN_PER_ADDRESS, email.casefold())
    id = acts.check_password(session.db(), email, form.wachtwoord.data or "")
    tussenstap.remember(Tussenstap(id, verder))
    try:
        acts.begin_enrolment(session.db(), id)
    except OngeldigeToegang:  # the app is connected already
        return redirect(url_for("account.tweede_factor"))
    return redirect(url_for("account.aanmelden"))


@bp.route("/medewerker/code", methods=["GET", "POST"])
@public
def tweede_factor() -> ResponseReturnValue:
    """The code of who connected an app before."""
    stap = tussenstap.current()
    if stap is None:
        return _too_late()
    if open_enrolment(session.db(), stap.medewerker_id) is not None:
        return redirect(url_for("account.aanmelden"))
    form = CodeForm()
    return _with_code(form, stap) or render_template("account/tweede_factor.html", form=form)


@bp.route("/medewerker/aanmelden", methods=["GET", "POST"])
@public
def aanmelden() -> ResponseReturnValue:
    """Connect an authenticator app, and prove with a first code that it works."""
    stap = tussenstap.current()
    if stap is None:
        return _too_late()
    aanmelding = open_enrolment(session.db(), stap.medewerker_id)
    if aanmelding is None:
        return redirect(url_for("account.tweede_factor"))
    form = CodeForm()
    return _with_code(form, stap) or render_template("account/aanmelden.html", form=form, **_app_of(aanmelding))


@bp.route("/medewerker/herstelcode", methods=["GET", "POST"])
@public
def herstelcode() -> ResponseReturnValue:
    """A code of the set that was made for the day that the phone is lost."""
    stap = tussenstap.current()
    if stap is None:
        return _too_late()
    form = HerstelcodeForm()
    done = _with_code(form, stap, acts.sign_in_with_recovery, WRONG_RECOVERY)
    return done or render_template("account/herstelcode.html", form=form)


def _with_code(
    form: CodeForm | HerstelcodeForm,
    stap: Tussenstap,
    sign_in: Callable[[ScopedSession, UUID, str, int, str], str] = acts.sign_in,
    wrong: str = WRONG_TOTP,
) -> Response | None:
    """Signed in and on the way, or None when the form is to be shown (again)."""
    if not form.validate_on_submit():
        return None
    for limit in (limits.TOTP_PER_MEDEWERKER, limits.TOTP_PER_MEDEWERKER_DAY):
        limits.hit(session.database(), limit, str(stap.medewerker_id))
    lifetime = session.settings().staff_session_seconds
    browser = apparaat.naam(request.user_agent.string)
    try:
        token = sign_in(session.db(), stap.medewerker_id, form.code.data or "", lifetime, browser)
    except OngeldigeToegang:
        form.code.errors = [wrong]
        return None
    session.begin_medewerker(token)
    session.as_medewerker()
    return redirect(stap.verder or doel.home(session.actor().roles))


def _app_of(aanmelding: Aanmelding) -> dict[str, str]:
    """What the page shows to connect an app: a picture to scan, a link for the phone itself, and the secret to type."""
    totp = pyotp.TOTP(aanmelding.geheim, name=aanmelding.email, issuer=ISSUER, interval=acts.TOTP_STEP_SECONDS)
    uri = totp.provisioning_uri()
    return {
        "app_url": uri,
        "qr": segno.make(uri, error="m", micro=False).svg_data_uri(light="#fff", dark="#000", border=4, scale=4),
        "geheim": " ".join(aanmelding.geheim[at : at + 4] for at in range(0, len(aanmelding.geheim), 4)),
    }


def _too_late() -> Response:
    flash("Het inloggen duurde te lang. Begin opnieuw.", "info")
    return redirect(url_for("account.inloggen"))
