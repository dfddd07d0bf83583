"""Answer the question of a hulpverlener."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for

from portal.actions.hulpvrager import supplement
from portal.domain.errors import MoveNotAllowed
from portal.domain.status import Status
from portal.models import Aanvulling
from portal.queries import dossier
from portal.texts.talen import gettext, lazy
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
    form = AanvullingForm()
    if asked is None:
        return _too_late(form.reactie.data)
    if request.method == "POST" and form.validate():
        try:
            supplement(session.db(), session.actor(), form.reactie.data or "")
        except MoveNotAllowed:
            return _too_late(form.reactie.data)
        flash(gettext("Wij hebben uw antwoord."), "ok")
        return redirect(url_for("hulpvrager.status"))
    status = pagina.INVALID if form.errors else pagina.OK
    back = url_for("hulpvrager.status")
    return pagina.render("aanvulling", reis, status, form=form, vraag=asked.vraag, voor=asked.antwoord_voor, terug=back)


TOO_LATE = lazy("Uw antwoord is niet bewaard, want de vraag was al beantwoord. Bel ons als u nog iets wilt zeggen.")


def _too_late(reactie: str | None) -> pagina.Antwoord:
    """Sent twice: the first answer is there. Answered on the telephone meanwhile: what was typed now is not."""
    asked = dossier.aanvullingen(session.db(), pagina.load().verzoek.id)
    if reactie and not any(each.reactie == reactie for each in asked):
        flash(str(TOO_LATE), "warning")
    return redirect(url_for("hulpvrager.status"))


def open_question(asked: Sequence[Aanvulling], status: Status) -> Aanvulling | None:
    """The question of the hulpverlener that waits for an answer."""
    if status is not Status.AANVULLING_GEVRAAGD or not asked or asked[-1].answered_at is not None:
        return None
    return asked[-1]
