"""Stay in longer: the button of the warning before the session ends."""

from flask import Response, jsonify

from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina


@bp.post("/langer")
@hulpvrager
def langer() -> Response:
    """The person is still there: the session lasts a whole lifetime again."""
    session.extend_hulpvrager()
    return jsonify(pagina.still())
