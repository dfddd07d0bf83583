"""Staff sign in at their own identity provider, over OpenID Connect: authorization code with PKCE, state and nonce.

The routes exist only when the provider is in the settings. What it says holds for a few minutes; then the portal asks
again with the refresh token, in the request of the person. So whoever is out there is out here.
"""

import logging
from datetime import timedelta
from typing import Any, cast

from authlib.common.errors import AuthlibBaseError
from flask import Flask, redirect, render_template, request, url_for
from flask import session as cookie
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.exceptions import ServiceUnavailable

from config.settings import Settings
from portal import clock
from portal.actions import sso as acts
from portal.db import limits
from portal.domain.errors import OngeldigeToegang
from portal.queries.toegang import SignedIn
from portal.web import session
from portal.web.access import public
from portal.web.account import afmelding, apparaat, doel, oidc, werkidentiteit

NAME = "werkaccount"
ASKING_SECONDS = 3 * oidc.TIMEOUT_SECONDS
"""How long one request may be asking the provider, in three steps; cut off, the next one asks. Meanwhile the others of
the same browser go on as they were.
"""
_VERDER = "werkaccount_verder"
_log = logging.getLogger(__name__)


def register(state: BlueprintSetupState) -> None:
    """Add the routes to an application whose settings name a provider."""
    settings: Settings = state.app.extensions["settings"]
    if not settings.staff_oidc_enabled:
        return
    app = cast("Flask", state.app)
    oidc.add_client(
        app,
        NAME,
        issuer=settings.staff_oidc_issuer,
        client_id=settings.staff_oidc_client_id,
        client_secret=settings.staff_oidc_client_secret,
        scope=settings.staff_oidc_scope,
    )
    session.recheck_with(app, still_in)
    state.add_url_rule("/medewerker/werkaccount", "werkaccount", werkaccount, methods=["GET"])
    state.add_url_rule("/medewerker/werkaccount/terug", "werkaccount_terug", werkaccount_terug, methods=["GET"])
    end = "/medewerker/werkaccount/afmelden"
    state.add_url_rule(end, "werkaccount_afmelden", werkaccount_afmelden, methods=["POST"])
    cast("CSRFProtect", app.extensions["csrf"]).exempt(werkaccount_afmelden)


@public
def werkaccount() -> ResponseReturnValue:
    """Off to the provider. A plain link leads here, because the CSP lets no form end at another site."""
    oidc.forget_earlier_start(NAME)
    cookie[_VERDER] = doel.local_path(request.args.get("verder"))
    try:
        return oidc.client(NAME).authorize_redirect(session.settings().base_url + url_for("account.werkaccount_terug"))
    except (RequestException, AuthlibBaseError) as error:
        return _failed("onbereikbaar", error, 503)


@public
def werkaccount_terug() -> ResponseReturnValue:
    """The answer of the provider."""
    verder = cookie.pop(_VERDER, None)
    try:
        token = oidc.client(NAME).authorize_access_token(claims_options=_expected())
        claims = dict(token.get("userinfo") or {})
        told = oidc.client(NAME).userinfo(token=token)
    except RequestException as error:
        return _failed("onbereikbaar", error, 503)
    except (AuthlibBaseError, JoseError) as error:
        return _failed("mislukt", error, 400)
    if told.get("sub") != claims.get("sub"):
        return _failed("mislukt", None, 400)
    known = werkidentiteit.read({**claims, **told}, session.settings())
    if known is None:
        return _failed("onvolledig", None, 400)
    limits.hit(session.database(), limits.SIGN_IN_PER_CLIENT, session.client())
    try:
        return _enter(known, token, claims.get("sid"), verder)
    except OngeldigeToegang as error:
        return _failed("geen_toegang", error, 403)


def _enter(known: Any, token: dict[str, Any], sid: object, verder: str | None) -> ResponseReturnValue:
    """Without a refresh token the session lasts no longer than an answer of the provider holds."""
    settings = session.settings()
    refresh = token.get("refresh_token")
    opened = acts.sign_in(
        session.db(),
        known,
        settings.staff_session_seconds if refresh else settings.staff_oidc_recheck_seconds,
        apparaat=apparaat.naam(request.user_agent.string),
        sid=sid if isinstance(sid, str) else None,
        refresh_token=refresh,
    )
    session.begin_medewerker(opened)
    session.as_medewerker()
    return redirect(verder or doel.home(session.actor().roles))


@public
def werkaccount_afmelden() -> ResponseReturnValue:
    """Back-channel logout: the provider says that a session, or every session of somebody, is over."""
    try:
        over = afmelding.read(oidc.client(NAME), request.form.get("logout_token", ""), session.settings())
    except RequestException:
        raise ServiceUnavailable from None
    except (AuthlibBaseError, JoseError, ValueError, KeyError) as error:
        _log.warning("logout token refused (%s)", type(error).__name__)
        return {"error": "invalid_request"}, 400
    acts.end(session.db(), subject=over.subject, sid=over.sid)
    return {}, 200


def still_in(signed_in: SignedIn) -> SignedIn | None:
    """Whom the provider still vouches for, with the roles that it says now; None for who is out. Asked again when its
    last answer is too old.

    Raises ServiceUnavailable when it cannot be asked: nobody is let in on an old answer, and nothing typed is lost.
    """
    seen, settings = signed_in.checked_at, session.settings()
    if seen is None or (clock.now() - seen).total_seconds() < settings.staff_oidc_recheck_seconds:
        return signed_in
    asking = clock.now() - timedelta(seconds=settings.staff_oidc_recheck_seconds - ASKING_SECONDS)
    refresh = acts.begin_check(session.db(), signed_in.sessie_id, seen, asking)
    if refresh is None:
        return signed_in  # another request of this browser asks at this moment
    try:
        token: dict[str, Any] = oidc.client(NAME).fetch_access_token(  # type: ignore[no-untyped-call]
            grant_type="refresh_token", refresh_token=refresh
        )
        known = werkidentiteit.read(oidc.client(NAME).userinfo(token=token), settings)
        if known is None:
            return None
        acts.keep(session.db(), signed_in.sessie_id, known, token.get("refresh_token") or refresh)
    except RequestException as error:
        acts.postpone_check(session.db(), signed_in.sessie_id, seen)
        raise ServiceUnavailable from error
    except (AuthlibBaseError, JoseError, OngeldigeToegang):
        return None
    return session.read_again()


def _expected() -> dict[str, dict[str, object]]:
    settings = session.settings()
    return oidc.expected(settings.staff_oidc_issuer, settings.staff_oidc_client_id)


def _failed(reden: str, error: Exception | None, status: int) -> ResponseReturnValue:
    _log.warning("staff sign-in: %s (%s)", reden, type(error).__name__)
    return render_template("account/werkaccount.html", reden=reden), status
