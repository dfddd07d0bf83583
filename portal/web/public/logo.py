"""The logo of an organisatie, under an address that changes with the picture."""

from werkzeug.wrappers import Response

from portal.queries import organisatie
from portal.web.access import public
from portal.web.bestanden import picture
from portal.web.public.blueprint import bp
from portal.web.session import db
from portal.web.static import FOR_EVER


@bp.get("/logo/<sha256>")
@public
def logo(sha256: str) -> Response:
    """The picture; 404 when no organisatie has it any more."""
    answer = picture(organisatie.logo_png(db(), sha256), "image/png")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer
