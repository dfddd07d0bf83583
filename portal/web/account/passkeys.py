"""Passkeys: the browser asks the key, a small script puts its answer in the form, the server judges it."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import passkeys as acts
from portal.db import limits
from portal.domain.errors import OngeldigeToegang
from portal.domain.roles import Role
from portal.web import session
from portal.web.access import public, requires
from portal.web.account import apparaat, doel
from portal.web.account.blueprint import bp
from portal.web.account.forms import PasskeyForm, PasskeyInloggenForm

_CHALLENGE = "passkey"
CHALLENGE_SECONDS = 300
"""Time to find the key. Assumption."""

FAILED = "Dat lukte niet. Probeer het nog eens, of log in met uw wachtwoord."
NOT_ADDED = "Uw wachtwoord klopt niet, of de passkey is niet gemaakt. Probeer het nog eens."


@bp.route("/medewerker/passkey", methods=["GET", "POST"])
@public
def passkey() -> ResponseReturnValue:
    """Sign in with a passkey alone."""
    form = PasskeyInloggenForm()
    verder = doel.local_path(request.args.get("verder"))
    challenge = _spent()
    if challenge is not None and form.validate_on_submit():
        limits.hit(session.database(), limits.SIGN_IN_PER_CLIENT, session.client())
        try:
            return _enter(challenge, form.antwoord.data or "", verder)
        except OngeldigeToegang:
            form.antwoord.errors = [FAILED]
    opties = acts.sign_in_options(session.settings().base_url, _new_challenge())
    return render_template("account/passkey.html", form=form, opties=opties, verder=verder)


def _enter(challenge: bytes, answer: str, verder: str | None) -> Response:
    token = acts.sign_in_with_passkey(
        session.db(),
        challenge=challenge,
        answer=answer,
        lifetime_seconds=session.settings().staff_session_seconds,
        apparaat=apparaat.naam(request.user_agent.string),
    )
    session.begin_medewerker(token)
    session.as_medewerker()
    return redirect(verder or doel.home(session.actor().roles))


@bp.route("/medewerker/passkeys/nieuw", methods=["GET", "POST"])
@requires(*Role)
def nieuwe_passkey() -> ResponseReturnValue:
    """Make one. Asks for the password: an open browser is not enough to move in for good."""
    form = PasskeyForm()
    challenge = _spent()
    if challenge is not None and form.validate_on_submit():
        limits.hit(session.database(), limits.SIGN_IN_PER_ADDRESS, f"own:{session.medewerker_id()}")
        try:
            _add(form, challenge)
        except OngeldigeToegang:
            form.huidig.errors = [NOT_ADDED]
        else:
            flash("Uw passkey is toegevoegd.", "ok")
            return redirect(url_for("account.account"))
    opties = acts.registration_options(session.db(), session.actor(), _new_challenge())
    return render_template("account/nieuwe_passkey.html", form=form, opties=opties)


def _add(form: PasskeyForm, challenge: bytes) -> None:
    acts.add_passkey(
        session.db(),
        session.actor(),
        password=form.huidig.data or "",
        naam=form.naam.data or "",
        challenge=challenge,
        answer=form.antwoord.data or "",
    )


@bp.post("/medewerker/passkeys/<uuid:passkey_id>/weg")
@requires(*Role)
def passkey_weg(passkey_id: UUID) -> Response:
    """It opens nothing any more."""
    acts.remove_passkey(session.db(), session.actor(), passkey_id)
    flash("De passkey is weggehaald.", "ok")
    return redirect(url_for("account.account"))


def _new_challenge() -> bytes:
    """What the key must sign, kept in the signed cookie until it is used."""
    challenge = secrets.token_bytes(32)
    cookie[_CHALLENGE] = [urlsafe_b64encode(challenge).decode(), int(clock.now().timestamp())]
    return challenge


def _spent() -> bytes | None:
    """The challenge of the page that is sent now. It counts once, for a few minutes."""
    if request.method != "POST":
        return None
    kept = cookie.pop(_CHALLENGE, None)
    if kept is None or int(clock.now().timestamp()) - kept[1] > CHALLENGE_SECONDS:
        return None
    # An earlier cookie still holds it: that it was used stands in the database.
    made_at = datetime.fromtimestamp(kept[1], UTC)
    return urlsafe_b64decode(kept[0]) if limits.spend(session.database(), _CHALLENGE, kept[0], made_at) else None
