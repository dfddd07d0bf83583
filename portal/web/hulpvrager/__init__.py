"""The journey of the hulpvrager: begin, one question a screen, check, file, and afterwards the status page."""

from flask import Blueprint, request

from portal.db import limits
from portal.domain.roles import ActorKind
from portal.web import session

bp = Blueprint("hulpvrager", __name__, url_prefix="/verzoek")

from portal.web.hulpvrager import (  # noqa: E402, F401 - they add their routes to bp
    aanvulling,
    begin,
    bel_mij,
    bevestiging,
    bewaren,
    controle,
    documenten,
    fotos,
    gegevens,
    intrekken,
    langer,
    melden,
    schulden,
    status,
    toestemming,
    verlopen,
    vraag,
)


@bp.before_request
def limit_writes() -> None:
    """Everything that is sent leaves a row in the audit trail, so one pauzeverzoek cannot send without end."""
    if request.method == "POST" and session.actor().kind is ActorKind.HULPVRAGER:
        limits.hit(session.database(), limits.WRITES_PER_VERZOEK, str(session.verzoek_id()))
