"""Away from here at once: for who is watched."""

from flask import redirect
from flask import session as cookie
from werkzeug.wrappers import Response

from portal.web import session
from portal.web.access import public
from portal.web.account.blueprint import bp


@bp.get("/weg")
@public
def weg() -> Response:
    """To a neutral site, without the cookie that opens anything here. No row changes, so a GET will do."""
    cookie.clear()
    return redirect(session.settings().quick_exit_url)
