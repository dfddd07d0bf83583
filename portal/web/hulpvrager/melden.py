"""What a person can still tell after filing: post that came all the same, a forgotten schuld, a fact that is wrong."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.actions.hulpvrager import add_schuld
from portal.actions.melden import MAY_REPORT, report
from portal.domain.antwoorden import is_samen
from portal.domain.errors import MoveNotAllowed, TeVeelFotos, TeVeelSchulden
from portal.domain.foto import BRIEF_OP_FOTO
from portal.domain.melding import Meldingsoort
from portal.domain.status import OPEN
from portal.models import Pauzeverzoek
from portal.models.briefwisseling import briefwisselingen
from portal.queries import directory, dossier
from portal.queries.reis import Reis
from portal.texts.talen import gettext, lazy
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.bestanden import takes_file
from portal.web.forms import HouseForm
from portal.web.hulpvrager import bp, pagina
from portal.web.hulpvrager.forms.foto import TE_VEEL_FOTOS, MetFoto
from portal.web.hulpvrager.forms.melding import KloptNietForm, PostForm
from portal.web.hulpvrager.forms.schuld import NieuweSchuldForm
from portal.web.hulpvrager.schulden import FULL

TOO_LATE = lazy("Dit kan nu niet meer. Bel de gemeente als u iets wilt vertellen.")


@bp.route("/post", methods=["GET", "POST"])
@takes_file
@hulpvrager
def post() -> pagina.Antwoord:
    """Post came although a pause was asked: from whom, what, and of which day."""
    reis = pagina.load()
    if not may_report(reis.verzoek, Meldingsoort.POST):
        return _to_status()
    issued = dossier.kennisgevingen_for_hulpvrager(session.db(), reis.verzoek.id)
    form = PostForm.among([each.gevraagd for each in briefwisselingen(issued)])
    if request.method == "POST" and form.validate():
        try:
            return _report_post(reis.verzoek, form)
        except TeVeelFotos:
            form.form_errors.append(TE_VEEL_FOTOS)
    return _show("post", reis, form)


@bp.route("/schuld-vergeten", methods=["GET", "POST"])
@takes_file
@hulpvrager
def schuld_vergeten() -> pagina.Antwoord:
    """A schuld that was forgotten: on the list until the decision, afterwards a hulpverlener looks at it."""
    reis = pagina.load()
    if not may_add_schuld(reis.verzoek):
        return _to_status()
    form = NieuweSchuldForm()
    form.ask_whose(samen=is_samen(reis.antwoorden))
    if request.method == "POST" and form.validate():
        try:
            return _add(reis.verzoek, form)
        except TeVeelSchulden:
            form.form_errors.append(FULL)
        except TeVeelFotos:
            form.form_errors.append(TE_VEEL_FOTOS)
    names = directory.names(session.db())
    frame = {"titel": gettext("Welke schuld bent u vergeten?"), "knop": gettext("Verstuur")}
    return _show("schuld", reis, form, namen=names, **frame)


@bp.route("/klopt-niet", methods=["GET", "POST"])
@hulpvrager
def klopt_niet() -> pagina.Antwoord:
    """Something that we know of the person is wrong: a hulpverlener looks at it."""
    reis = pagina.load()
    if not may_report(reis.verzoek, Meldingsoort.GEGEVENS):
        return _to_status()
    form = KloptNietForm()
    if request.method == "POST" and form.validate():
        told = {"tekst": form.tekst.data}
        return _report(Meldingsoort.GEGEVENS, form.melding_id(reis.verzoek.id, told), told)
    return _show("klopt-niet", reis, form)


def may_report(verzoek: Pauzeverzoek, soort: Meldingsoort) -> bool:
    """Whether the case takes this kind of report."""
    return verzoek.status in MAY_REPORT[soort]


def may_add_schuld(verzoek: Pauzeverzoek) -> bool:
    """Whether a forgotten schuld can still be told."""
    return (verzoek.status in OPEN and not verzoek.onvolledig) or may_report(verzoek, Meldingsoort.SCHULD)


def _add(verzoek: Pauzeverzoek, form: NieuweSchuldForm) -> Response:
    id = form.schuld_id(verzoek.id)
    try:
        if verzoek.status in OPEN:
            add_schuld(session.db(), session.actor(), verzoek.id, form.sectie(), id=id, beeld=form.beeld)
        else:
            report(session.db(), session.actor(), Meldingsoort.SCHULD, form.sectie(), id=id, beeld=form.beeld)
    except MoveNotAllowed:  # decided or ended meanwhile
        flash(str(TOO_LATE), "warning")
        return _to_status()
    flash(gettext("Wij hebben uw bericht over %(naam)s.", naam=form.afzender.data or gettext(BRIEF_OP_FOTO)), "ok")
    return _to_status()


def _report_post(verzoek: Pauzeverzoek, form: PostForm) -> Response:
    gegevens = form.gegevens()
    id = form.melding_id(verzoek.id, gegevens | form.told_foto)
    return _report(Meldingsoort.POST, id, gegevens, kennisgeving_id=form.kennisgeving_id, beeld=form.beeld)


def _report(soort: Meldingsoort, id: UUID, gegevens: dict[str, Any], **more: Any) -> Response:
    try:
        report(session.db(), session.actor(), soort, gegevens, id=id, **more)
    except MoveNotAllowed:
        flash(str(TOO_LATE), "warning")
    else:
        flash(gettext("Wij hebben uw bericht. Een hulpverlener kijkt ernaar."), "ok")
    return _to_status()


def _show(template: str, reis: Reis, form: HouseForm, **context: Any) -> tuple[str, int]:
    status = pagina.INVALID if form.errors else pagina.OK
    if form.errors and isinstance(form, MetFoto):
        form.ask_foto_again()
    return pagina.render(template, reis, status, form=form, terug=url_for("hulpvrager.status"), **context)


def _to_status() -> Response:
    return redirect(url_for("hulpvrager.status"))
