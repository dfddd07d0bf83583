"""Who is in this browser. The cookie holds only random tokens; the rows behind them can be revoked.

Two kinds of session live side by side: of staff (through Flask-Login) and of the hulpvrager of one pauzeverzoek. The
read session of a request is scoped to whoever the route asks for.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from typing import TypeAlias, cast
from uuid import UUID

from flask import Flask, current_app, flash, g, make_response, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from config.settings import Settings
from portal import clock
from portal.actions import toegang
from portal.db.engine import Database, ScopedSession
from portal.domain.roles import Actor
from portal.models import SessieSoort
from portal.queries.toegang import SignedIn, find
from portal.texts.talen import gettext
from portal.web.forms import TYPED, clean

HULPVRAGER_TOKEN = "hulpvrager"  # noqa: S105 - the name of a cookie value, not a value
SEEN = "gezien"
TAAL, TAAL_OF_MAIL = "taal", "taal_van_mail"
_RECHECK = "recheck"

StillIn: TypeAlias = Callable[[SignedIn], SignedIn | None]
"""Who is in, as the identity provider knows him now; None for who is out."""

BY_ITSELF = frozenset({"hulpverlener.bekijken", "hulpverlener.bekijken_weg"})
"""What a page asks by itself, without anybody who does something: being idle is not ended by it."""

IPV6_SUBSCRIBER_BITS = 64
"""The smallest network that a subscriber gets (RFC 6177)."""


class Medewerker(UserMixin):
    """Flask-Login's user: the token is its id, the signed-in row its content."""

    def __init__(self, token: str, signed_in: SignedIn) -> None:
        self.token = token
        self.signed_in = signed_in

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask, settings: Settings) -> None:
    """Cookies that scripts and other sites cannot use, and Flask-Login on top of them."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="pauzeknop" if settings.is_development else "__Host-pauzeknop",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=not settings.is_development,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=max(settings.hulpvrager_session_seconds, settings.staff_session_seconds),
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    manager = LoginManager()
    # No `current_user` in templates: looking it up there would change whose rows the rest of the page reads.
    manager.init_app(app, add_context_processor=False)
    manager.session_protection = None  # a phone changes its address; the token and its row are the protection
    manager.user_loader(_load_medewerker)
    app.teardown_request(_close)


def settings() -> Settings:
    """The settings of this process."""
    return cast("Settings", current_app.extensions["settings"])


def database() -> Database:
    """The database of this process."""
    return cast("Database", current_app.extensions["database"])


def db() -> ScopedSession:
    """The database session of this request, reading as its actor; an action opens its own unit of work on it."""
    if "db" not in g:
        g.db_stack = ExitStack()
        g.db = g.db_stack.enter_context(database().session(g.get("actor") or Actor.bezoeker()))
    return cast("ScopedSession", g.db)


def actor() -> Actor:
    """Who acts in this request."""
    return cast("Actor", g.get("actor") or Actor.bezoeker())


def _act_as(acting: Actor) -> None:
    g.actor = acting
    db().act_as(acting)


def _close(error: BaseException | None) -> None:
    stack: ExitStack | None = g.pop("db_stack", None)
    g.pop("db", None)
    if stack is not None:
        stack.close()


def client() -> str:
    """The network address of this client, for limits only. The whole IPv6 network of a subscriber counts as one."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), IPV6_SUBSCRIBER_BITS), strict=False))


# --- the hulpvrager -------------------------------------------------------------------------------


def as_hulpvrager() -> SignedIn | None:
    """Continue this request as the hulpvrager of this browser, or None."""
    token = session.get(HULPVRAGER_TOKEN)
    signed_in = find(db(), toegang.token_hash(token), SessieSoort.HULPVRAGER, clock.now()) if token else None
    if signed_in is None:
        session.pop(HULPVRAGER_TOKEN, None)
        return None
    if request.method == "POST":
        signed_in = _extend(signed_in)
    g.hulpvrager = signed_in
    _act_as(signed_in.actor)
    return signed_in


def _extend(signed_in: SignedIn) -> SignedIn:
    """Who keeps answering is not signed out half way; once in half a lifetime is often enough."""
    half = timedelta(seconds=settings().hulpvrager_session_seconds) / 2
    return _lengthen(signed_in) if signed_in.expires_at - clock.now() < half else signed_in


def _lengthen(signed_in: SignedIn) -> SignedIn:
    lifetime = settings().hulpvrager_session_seconds
    return replace(signed_in, expires_at=toegang.extend_session(db(), signed_in.sessie_id, lifetime))


def extend_hulpvrager() -> None:
    """Who says that he is still there gets a whole lifetime. Only behind the hulpvrager rule."""
    g.hulpvrager = _lengthen(g.hulpvrager)


def hulpvrager_until() -> datetime:
    """When the session of this hulpvrager ends. Only behind the hulpvrager rule."""
    return cast("SignedIn", g.hulpvrager).expires_at


def verzoek_id() -> UUID:
    """The pauzeverzoek of this browser. Only behind the hulpvrager rule."""
    id = actor().id
    if id is None:
        raise RuntimeError("no hulpvrager in this request")
    return id


def begin_hulpvrager(token: str) -> None:
    """Let this browser in; the session gets fresh contents (no fixation)."""
    staff, seen = session.get("_user_id"), session.get(SEEN, 0)
    kept = {name: session[name] for name in ("_flashes", TAAL, TAAL_OF_MAIL) if name in session}
    session.clear()
    session.update(kept)
    if staff:
        session["_user_id"], session[SEEN] = staff, seen  # being idle is not ended by a page of the hulpvrager
    session[HULPVRAGER_TOKEN] = token
    session.permanent = False


def end_hulpvrager() -> None:
    """Sign this browser out of its pauzeverzoek."""
    signed_in = g.get("hulpvrager") or as_hulpvrager()
    if signed_in is not None:
        toegang.close_session(db(), signed_in.sessie_id)
    session.pop(HULPVRAGER_TOKEN, None)


def forget_hulpvrager() -> None:
    """Drop the token of this browser: its session went along with the pauzeverzoek."""
    session.pop(HULPVRAGER_TOKEN, None)


def ask_hulpvrager_to_sign_in() -> Response:
    """Lead to the way back in. What was saved is safe, and the page says so; what was just typed waits on a page."""
    if (request.method == "POST" or TYPED in g) and (typed := _typed()):
        page = render_template("account/weer_inloggen.html", typed=typed, pad=request.path)
        return make_response(page, HTTPStatus.FORBIDDEN)
    flash(gettext("U was uitgelogd. Wat u al had ingevuld, is bewaard. Ga hier verder."), "info")
    return redirect(url_for("account.terug"))


def _typed() -> list[tuple[str, str]]:
    """What was filled in on a page that can be opened again; nothing of a page with only a button."""
    can_be_opened = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    sent = request.form.items(multi=True) if can_be_opened else ()
    return [(clean(name) or "", clean(value) or "") for name, value in sent if name not in ("csrf_token", TAAL)]


# --- a schuldeiser --------------------------------------------------------------------------------


def as_schuldeiser(schuldeiser_id: UUID) -> None:
    """Continue this request as the recipient of a message. Only for who holds a link that we signed, or a token."""
    _act_as(Actor.schuldeiser(schuldeiser_id))


# --- staff ----------------------------------------------------------------------------------------


def _load_medewerker(token: str) -> Medewerker | None:
    signed_in = find(db(), toegang.token_hash(token), SessieSoort.MEDEWERKER, clock.now())
    return Medewerker(token, signed_in) if signed_in else None


def as_medewerker() -> SignedIn | None:
    """Continue this request as the member of staff of this browser, or None; idle too long is signed out."""
    if not current_user.is_authenticated:
        return None
    signed_in = cast("Medewerker", current_user).signed_in
    at = int(clock.now().timestamp())
    if at - session.get(SEEN, 0) > settings().staff_idle_seconds:
        end_medewerker()
        return None
    if signed_in.checked_at is not None:
        still = _recheck(signed_in)
        if still is None:
            end_medewerker()
            return None
        signed_in = still
    if request.endpoint not in BY_ITSELF:
        session[SEEN] = at
    g.medewerker, g.sessie_id = signed_in.medewerker, signed_in.sessie_id
    g.akkoorden = signed_in.akkoorden
    _act_as(signed_in.actor)
    return signed_in


def recheck_with(app: Flask, still_in: StillIn) -> None:
    """Who came in through the staff's own identity provider stays in as long as `still_in` says so."""
    app.extensions[_RECHECK] = still_in


def _recheck(signed_in: SignedIn) -> SignedIn | None:
    """Without the provider in the settings nobody stays in through it."""
    still_in = cast("StillIn | None", current_app.extensions.get(_RECHECK))
    return still_in(signed_in) if still_in is not None else None


def read_again() -> SignedIn | None:
    """Who of the staff is in this browser, with the roles of now."""
    token = cast("Medewerker", current_user).token
    return find(db(), toegang.token_hash(token), SessieSoort.MEDEWERKER, clock.now())


def medewerker_id() -> UUID:
    """The member of staff of this browser. Only behind a rule for staff."""
    id = actor().id
    if id is None:
        raise RuntimeError("no member of staff in this request")
    return id


def sessie_id() -> UUID:
    """The session of this member of staff. Only behind a rule for staff."""
    return cast("UUID", g.sessie_id)


def begin_medewerker(token: str) -> None:
    """Let this member of staff in; the session gets fresh contents (no fixation)."""
    hulpvrager = session.get(HULPVRAGER_TOKEN)
    session.clear()
    if hulpvrager:
        session[HULPVRAGER_TOKEN] = hulpvrager
    signed_in = find(db(), toegang.token_hash(token), SessieSoort.MEDEWERKER, clock.now())
    if signed_in is None:
        raise RuntimeError("a session that was just opened is not there")
    session[SEEN] = int(clock.now().timestamp())
    login_user(Medewerker(token, signed_in))


def end_medewerker() -> None:
    """Sign this browser out."""
    if current_user.is_authenticated:
        toegang.close_session(db(), cast("Medewerker", current_user).signed_in.sessie_id)
    logout_user()


def ask_staff_to_sign_in() -> Response:
    """Lead to the sign-in page, and back to this page afterwards when it can be opened again."""
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.inloggen", verder=target))
