"""Answer the question of a hulpverlener."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for

from portal.actions.hulpvrager import supplement
from portal.domain.errors import MoveNotAllowed
from portal.domain.status import Status
from portal.models import Aanvulling
from portal.queries import dossier
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina
from portal.web.hulpvrager.forms.slot import AanvullingForm


@bp.route("/aanvulling", methods=["GET", "POST"])
@hulpvrager
def aanvulling() -> pagina.Antwoord:
    """The question and a box for the answer."""
    reis = pagina.load()
    asked = open_question(dossier.aanvullingen(session.db(), reis.verzoek.id), reis.verzoek.status)
    if asked is None:
        return redirect(url_for("hulpvrager.status"))
    form = AanvullingForm()
    if request.method == "POST" and form.validate():
        try:
            supplement(session.db(), session.actor(), form.reactie.data or "")
        except MoveNotAllowed:  # sent twice: the first answer is there
            return redirect(url_for("hulpvrager.status"))
        flash("Wij hebben uw antwoord.", "ok")
        return redirect(url_for("hulpvrager.status"))
    status = pagina.INVALID if form.errors else pagina.OK
    return pagina.render("aanvulling", reis, status, form=form, vraag=asked.vraag, terug=url_for("hulpvrager.status"))


def open_question(asked: Sequence[Aanvulling], status: Status) -> Aanvulling | None:
    """The question of the hulpverlener that waits for an answer."""
    if status is not Status.AANVULLING_GEVRAAGD or not asked or asked[-1].answered_at is not None:
        return None
    return asked[-1]
