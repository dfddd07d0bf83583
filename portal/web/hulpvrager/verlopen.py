"""A page that lay open too long: what was typed on it comes back, and nothing is done before it was looked at again."""

from typing import cast

from flask import current_app, flash, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response

from portal.texts.talen import lazy
from portal.web.forms import TYPED
from portal.web.hulpvrager import bp

LANG_OPEN = lazy("Deze pagina lag lang open. Wat u invulde, staat er nog. Kijk het na en druk nog een keer op de knop.")


@bp.before_request
def check_token() -> Response | None:
    """Who signed in anew sends a page of the session before. It goes on as a GET, so that no view can do anything."""
    try:
        cast("CSRFProtect", current_app.extensions["csrf"]).protect()
    except CSRFError:
        can_be_opened = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
        if not can_be_opened and g.get("hulpvrager") is None:
            raise
        flash(str(LANG_OPEN), "warning")
        if not can_be_opened:
            return redirect(url_for("hulpvrager.status"))
        g.setdefault(TYPED, request.form)
        request.method = "GET"
    return None
