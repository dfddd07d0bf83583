"""The way back in for a hulpvrager, before and after submitting, on any device."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from portal.actions import toegang
from portal.db import limits
from portal.domain.errors import OngeldigeToegang
from portal.domain.kenmerk import normalise_kenmerk
from portal.models import links
from portal.web import session, taal
from portal.web.access import public
from portal.web.account.blueprint import bp
from portal.web.account.forms import WRONG_CODE, TerugCodeForm, TerugMailForm


@bp.get("/terug")
@public
def terug() -> ResponseReturnValue:
    """The ways in; straight on for who is in already."""
    if session.as_hulpvrager() is not None:
        return redirect(url_for("hulpvrager.status"))
    return render_template("account/terug.html", digid_enabled=session.settings().digid_enabled)


@bp.route("/terug/mail", methods=["GET", "POST"])
@public
def terug_mail() -> ResponseReturnValue:
    """Ask for a link by mail. Whether the address is known shows nowhere: the worker looks, not this page."""
    form = TerugMailForm()
    if not form.validate_on_submit():
        return render_template("account/terug_mail.html", form=form)
    email = form.email.data or ""
    limits.hit(session.database(), limits.LINK_PER_CLIENT, session.client())
    limits.hit(session.database(), limits.LINK_PER_ADDRESS, email.casefold())
    toegang.request_links_for_address(session.db(), email)
    return redirect(url_for("account.terug_gevraagd"))


@bp.get("/terug/gevraagd")
@public
def terug_gevraagd() -> str:
    """The same answer for every address."""
    return render_template("account/terug_gevraagd.html", minuten=session.settings().link_seconds // 60)


@bp.route("/terug/code", methods=["GET", "POST"])
@public
def terug_code() -> ResponseReturnValue:
    """Kenmerk and toegangscode. One sentence for an unknown kenmerk and a wrong code."""
    form = TerugCodeForm()
    if form.validate_on_submit():
        kenmerk = normalise_kenmerk(form.kenmerk.data or "") or ""
        limits.hit(session.database(), limits.CODE_PER_CLIENT, session.client())
        limits.hit(session.database(), limits.CODE_PER_KENMERK, kenmerk)
        try:
            return _enter(toegang.open_with_code(session.db(), kenmerk, form.code.data or "", _lifetime()))
        except OngeldigeToegang:
            form.code.errors = [WRONG_CODE]
    return render_template("account/terug_code.html", form=form)


@bp.route("/terug/<token>", methods=["GET", "POST"])
@public
def terug_link(token: str) -> ResponseReturnValue:
    """A mailed link. Mail scanners open every link, so opening shows a button and looks nothing up; the button
    spends it.
    """
    form = FlaskForm()
    try:
        if not form.validate_on_submit():
            links.read(token)
            return render_template("account/terug_link.html", form=form)
        return _enter(toegang.open_with_link(session.db(), token, _lifetime()))
    except OngeldigeToegang:
        return render_template("account/link_werkt_niet.html"), 410


def _enter(token: str) -> Response:
    session.begin_hulpvrager(token)
    taal.follow_request()
    return redirect(url_for("hulpvrager.status"))


def _lifetime() -> int:
    return session.settings().hulpvrager_session_seconds
