"""The photos of letters that the hulpvrager sent: one letter is enough, and here it is read."""

from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from portal.domain.errors import NotFound
from portal.models import Schuld
from portal.queries import fotos
from portal.web.bestanden import picture
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_read
from portal.web.session import db


@bp.get("/werkvoorraad/<uuid:verzoek_id>/schulden/<uuid:schuld_id>/fotos")
@may_read
def schuldfotos(verzoek_id: UUID, schuld_id: UUID) -> str:
    """The pages of the letters of one schuld, as large as they fit."""
    verzoek = zaak.load(verzoek_id)
    schuld = next((line for line in verzoek.schulden if line.id == schuld_id), None)
    if schuld is None or not (shown := photos_of(schuld))["fotos"]:
        raise NotFound(f"photos of schuld {schuld_id}")
    return render_template("hulpverlener/fotos.html", verzoek=verzoek, schuld=schuld, **shown)


def photos_of(schuld: Schuld) -> dict[str, Any]:
    """The photos of a schuld for a page, and what was read on them that nobody told."""
    found = fotos.by_onderwerp(db(), schuld.verzoek_id).get(schuld.id, ())
    return {"fotos": found, "voorstel": fotos.left_on(fotos.read_on(found), schuld.gegevens)}


@bp.get("/werkvoorraad/<uuid:verzoek_id>/fotos/<uuid:foto_id>/<int:pagina>")
@may_read
def foto(verzoek_id: UUID, foto_id: UUID, pagina: int) -> Response:
    """One page of a letter."""
    return picture(fotos.pagina(db(), verzoek_id, foto_id, pagina))
