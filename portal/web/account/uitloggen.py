"""Signing out."""

from flask import redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from portal.web import session
from portal.web.access import public
from portal.web.account.blueprint import bp


@bp.post("/uitloggen")
@public
def uitloggen() -> ResponseReturnValue:
    """Whoever is in this browser goes out: a shared computer keeps nobody."""
    session.end_hulpvrager()
    session.end_medewerker()
    cookie.clear()
    return redirect(url_for("account.uitgelogd"))


@bp.get("/uitgelogd")
@public
def uitgelogd() -> str:
    return render_template("account/uitgelogd.html")
