"""Answer the question of a hulpverlener."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for

from portal.actions.hulpvrager import supplement
from portal.domain.errors import MoveNotAllowed, TeVeelFotos
from portal.domain.status import Status
from portal.models import Aanvulling
from portal.queries import dossier, fotos
from portal.queries.reis import Reis
from portal.texts.talen import gettext, lazy
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.bestanden import takes_file
from portal.web.hulpvrager import bp, pagina
from portal.web.hulpvrager.forms.foto import TE_VEEL_FOTOS
from portal.web.hulpvrager.forms.slot import AanvullingForm

TOO_LATE = lazy("Uw antwoord is niet bewaard, want de vraag was al beantwoord. Bel ons als u nog iets wilt zeggen.")

ANDERE_VRAAG = lazy("De gemeente stelde intussen een andere vraag. Kijk of uw antwoord daarbij past.")


@bp.route("/aanvulling", methods=["GET", "POST"])
@takes_file
@hulpvrager
def aanvulling() -> pagina.Antwoord:
    """The question, and a box for the answer or a photo of the letter."""
    reis = pagina.load()
    asked = open_question(dossier.aanvullingen(session.db(), reis.verzoek.id), reis.verzoek.status)
    form = AanvullingForm()
    if request.method == "POST" and form.validate():
        if asked is not None and form.gelezen_vraag.data != str(asked.id):
            form.form_errors.append(ANDERE_VRAAG)
            return _show(reis, form, asked)
        try:
            return _answer(form, asked)
        except TeVeelFotos:
            form.form_errors.append(TE_VEEL_FOTOS)
    return _too_late(form) if asked is None else _show(reis, form, asked)


def _show(reis: Reis, form: AanvullingForm, asked: Aanvulling) -> pagina.Antwoord:
    if form.errors:
        form.ask_foto_again()
    form.gelezen_vraag.data = str(asked.id)
    status = pagina.INVALID if form.errors else pagina.OK
    back = url_for("hulpvrager.status")
    return pagina.render("aanvulling", reis, status, form=form, vraag=asked.vraag, voor=asked.antwoord_voor, terug=back)


def _answer(form: AanvullingForm, asked: Aanvulling | None) -> pagina.Antwoord:
    vraag_id = asked.id if asked else None
    try:
        supplement(session.db(), session.actor(), form.reactie.data or "", form.beeld, vraag_id=vraag_id)
    except MoveNotAllowed:
        return _too_late(form)
    flash(gettext("Wij hebben uw antwoord."), "ok")
    return redirect(url_for("hulpvrager.status"))


def _too_late(form: AanvullingForm) -> pagina.Antwoord:
    """Sent twice: the first answer is there. Answered on the telephone meanwhile: what was sent now is not kept."""
    verzoek_id = session.verzoek_id()
    asked = dossier.aanvullingen(session.db(), verzoek_id)
    words, beeld = form.reactie.data, form.beeld
    photos = {foto.beeld_sha256 for foto in fotos.of_case(session.db(), verzoek_id) if foto.aanvulling_id}
    kept = any(each.reactie == words for each in asked) if words else True
    if not kept or (beeld and beeld.sha256 not in photos):
        flash(str(TOO_LATE), "warning")
    return redirect(url_for("hulpvrager.status"))


def open_question(asked: Sequence[Aanvulling], status: Status) -> Aanvulling | None:
    """The question of the hulpverlener that waits for an answer."""
    if status is not Status.AANVULLING_GEVRAAGD or not asked or asked[-1].answered_at is not None:
        return None
    return asked[-1]
