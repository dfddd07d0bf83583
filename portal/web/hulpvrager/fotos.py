"""The own photos of letters, to look at."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.queries import fotos
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.bestanden import picture
from portal.web.hulpvrager import bp


@bp.get("/fotos/<uuid:foto_id>/<int:pagina>")
@hulpvrager
def foto(foto_id: UUID, pagina: int) -> Response:
    """One page of a letter."""
    return picture(fotos.pagina(session.db(), session.verzoek_id(), foto_id, pagina))
