"""DigiD, through a broker that speaks OpenID Connect: authorization code with PKCE, state and nonce.

The routes exist only when the broker is in the settings. The claims are read from the signed ID token. The answer of
the broker comes as a GET and does write: its state and code can be used once, which is what makes that safe.
"""

import logging
from typing import cast
from uuid import UUID

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import OAuthError
from flask import Flask, flash, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException

from config.settings import Settings
from portal.actions import hulpvrager, toegang
from portal.db import limits
from portal.domain.errors import AndereIdentiteit, MoveNotAllowed
from portal.domain.roles import Actor
from portal.texts.talen import gettext
from portal.web import session, taal
from portal.web.access import public
from portal.web.account import identiteit, oidc
from portal.web.account.identiteit import BRON, Identiteit

_NAME = "digid"
_log = logging.getLogger(__name__)


def register(state: BlueprintSetupState) -> None:
    """Add the routes to an application whose settings name a broker."""
    settings: Settings = state.app.extensions["settings"]
    if not settings.digid_enabled:
        return
    oidc.add_client(
        cast("Flask", state.app),
        _NAME,
        issuer=settings.digid_issuer,
        client_id=settings.digid_client_id,
        client_secret=settings.digid_client_secret,
        scope=settings.digid_scope,
    )
    state.add_url_rule("/digid", "digid", digid, methods=["GET"])
    state.add_url_rule("/digid/terug", "digid_terug", digid_terug, methods=["GET"])


@public
def digid() -> ResponseReturnValue:
    """Off to the broker. A plain link leads here, because the CSP lets no form end at another site."""
    oidc.forget_earlier_start(_NAME)
    try:
        return oidc.client(_NAME).authorize_redirect(session.settings().base_url + url_for("account.digid_terug"))
    except (RequestException, AuthlibBaseError) as error:
        return _failed("onbereikbaar", error, 503)


@public
def digid_terug() -> ResponseReturnValue:
    """The answer of the broker. Whatever went wrong, a concept in this browser stays as it was."""
    try:
        claims = oidc.client(_NAME).authorize_access_token(claims_options=_expected()).get("userinfo")
    except RequestException as error:
        return _failed("onbereikbaar", error, 503)
    except (AuthlibBaseError, JoseError) as error:
        cancelled = isinstance(error, OAuthError) and error.error == "access_denied"
        return _failed("geannuleerd", error, 200) if cancelled else _failed("mislukt", error, 400)
    known = identiteit.read(claims or {}, session.settings())
    return _enter(known) if known else _failed("onvolledig", None, 400)


def _enter(known: Identiteit) -> ResponseReturnValue:
    """Fill in the concept of this browser, or begin one. What was somebody else's stays theirs."""
    signed_in = session.as_hulpvrager()
    try:
        _confirm(session.verzoek_id() if signed_in else _begin(), known)
    except AndereIdentiteit:
        session.end_hulpvrager()
        _confirm(_begin(), known)
    except MoveNotAllowed:
        flash(gettext("Uw verzoek is al verstuurd. Uw gegevens zijn niet veranderd."), "info")
    return redirect(url_for("hulpvrager.status"))


def _confirm(verzoek_id: UUID, known: Identiteit) -> None:
    """Fill in, and let this browser in anew: whoever had a way in before has none now."""
    hulpvrager.confirm_identity(session.db(), Actor.hulpvrager(verzoek_id), BRON, known.bsn, known.secties)
    lifetime = session.settings().hulpvrager_session_seconds
    session.begin_hulpvrager(toegang.open_hulpvrager_session(session.db(), verzoek_id, lifetime, BRON))


def _begin() -> UUID:
    limits.hit(session.database(), limits.START_PER_CLIENT, session.client())
    return hulpvrager.start_pauzeverzoek(session.db(), taal.chosen())


def _expected() -> dict[str, dict[str, object]]:
    settings = session.settings()
    return oidc.expected(settings.digid_issuer, settings.digid_client_id)


def _failed(reden: str, error: Exception | None, status: int) -> ResponseReturnValue:
    _log.warning("DigiD: %s (%s)", reden, type(error).__name__)
    verder = url_for("hulpvrager.status") if session.as_hulpvrager() else None
    return render_template("account/digid.html", reden=reden, verder=verder), status
