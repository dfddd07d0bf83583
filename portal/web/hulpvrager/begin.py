"""Begin a pauzeverzoek: no account, one button."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.actions import toegang
from portal.actions.hulpvrager import start_pauzeverzoek
from portal.db import limits
from portal.domain.status import OPEN, Status
from portal.web import session, taal
from portal.web.access import public
from portal.web.hulpvrager import bp, pagina

RUNNING = OPEN | {Status.GOEDGEKEURD}
"""Who has one of these in this browser is led to it, and does not file a second one by accident."""


@bp.get("/begin")
@public
def begin_page() -> Response:
    """Somebody came back to the address of the button: the button is on the start page."""
    return redirect(url_for("public.start"))


@bp.post("/begin")
@public
def begin() -> Response:
    """Go on with what this browser has, or begin anew."""
    if session.as_hulpvrager() is not None:
        reis = pagina.load()
        if reis.may_answer or reis.verzoek.status in RUNNING:
            return pagina.to_first_open(reis)
        session.end_hulpvrager()
    limits.hit(session.database(), limits.START_PER_CLIENT, session.client())
    id = start_pauzeverzoek(session.db(), taal.chosen())
    lifetime = session.settings().hulpvrager_session_seconds
    session.begin_hulpvrager(toegang.open_hulpvrager_session(session.db(), id, lifetime, "begin"))
    return redirect(url_for("hulpvrager.status"))
