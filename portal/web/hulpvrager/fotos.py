"""The own photos of letters: to look at, and one to take back."""

from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.actions.foto_weg import remove_foto
from portal.domain.errors import EnigeFoto, NotFound
from portal.queries import fotos
from portal.texts.talen import gettext, lazy
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.bestanden import picture
from portal.web.hulpvrager import bp, pagina
from portal.web.hulpvrager.schulden import SLUG

ONLY_ONE = lazy("Zonder deze foto weten wij niet van wie de brief is. Dan gaat de hele schuld uit uw lijst.")


@bp.get("/fotos/<uuid:foto_id>/<int:pagina>")
@hulpvrager
def foto(foto_id: UUID, pagina: int) -> Response:
    """One page of a letter."""
    return picture(fotos.pagina(session.db(), session.verzoek_id(), foto_id, pagina))


@bp.route("/fotos/<uuid:foto_id>/verwijderen", methods=["GET", "POST"])
@hulpvrager
def foto_verwijderen(foto_id: UUID) -> pagina.Antwoord:
    """Ask first, then take one photo back; the line of the list stays."""
    reis = pagina.load()
    if away := pagina.elsewhere(reis, SLUG):
        return away
    try:
        schuld_id, found = fotos.of_schuld(session.db(), reis.verzoek.id, foto_id)
    except NotFound:
        return _gone()
    back = url_for("hulpvrager.schuld", schuld_id=schuld_id)
    if request.method == "GET":
        return pagina.render("foto-verwijderen", reis, foto=found, terug=back)
    try:
        remove_foto(session.db(), session.actor(), reis.verzoek.id, schuld_id, foto_id)
    except EnigeFoto:
        flash(str(ONLY_ONE), "warning")
        return redirect(url_for("hulpvrager.schuld_verwijderen", schuld_id=schuld_id))
    flash(gettext("De foto is weg."), "ok")
    return redirect(back)


def _gone() -> Response:
    """The button was pressed twice: the photo left at the first time."""
    if request.method != "POST":
        abort(404)
    flash(gettext("De foto is weg."), "ok")
    return redirect(url_for("hulpvrager.schulden"))
