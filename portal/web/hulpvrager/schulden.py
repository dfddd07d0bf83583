"""The list of schulden: a page for the list, one to add, one to change, one to remove."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.actions.hulpvrager import add_schuld, change_schuld, remove_schuld, save_answers
from portal.domain import antwoorden
from portal.domain.antwoorden import MAX_SCHULDEN, is_samen
from portal.domain.errors import AndersBeantwoord, NotFound, TeVeelFotos, TeVeelSchulden
from portal.domain.foto import BRIEF_OP_FOTO
from portal.models import Schuld
from portal.queries import directory, fotos
from portal.queries import reis as reizen
from portal.queries.reis import Reis
from portal.texts.talen import gettext, lazy
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.bestanden import takes_file
from portal.web.hulpvrager import bp, pagina, samenvatting
from portal.web.hulpvrager.forms.foto import TE_VEEL_FOTOS
from portal.web.hulpvrager.forms.schuld import NieuweSchuldForm, SchuldForm, shown_schuld

SLUG = "schulden"
CHANGE = lazy("Verander deze schuld")
GONE = lazy("Deze schuld staat niet meer in uw lijst. Wilt u hem weer toevoegen? Druk dan op Opslaan.")
NOG_EEN = "nog"
"""The name of the button that keeps this line and asks for another one."""

OVERNEMEN = "overnemen"
"""The name of the button that fills the empty boxes with what a computer read on the photo."""

FULL = lazy(
    "In de lijst passen %(aantal)s schulden. Hebt u er meer? Vertel het straks in het gesprek met de gemeente.",
    aantal=MAX_SCHULDEN,
)


@bp.route("/schulden", methods=["GET", "POST"])
@hulpvrager
def schulden() -> pagina.Antwoord:
    """The list so far; the button 'klaar' closes the question, also with an empty list."""
    reis = pagina.load()
    if away := pagina.elsewhere(reis, SLUG):
        return away
    if request.method == "POST":
        save_answers(session.db(), session.actor(), {SLUG: {"klaar": True}})
        return pagina.to_first_open(pagina.load())
    lines = reizen.schulden(session.db(), reis.verzoek.id)
    return pagina.render(
        "schulden",
        reis,
        schulden=[(line.id, *samenvatting.schuld_row(line.verteld)) for line in lines],
        fotos=fotos.by_onderwerp(session.db(), reis.verzoek.id),
        gelezen=_read(reis),
        vol=len(lines) >= MAX_SCHULDEN,
        vol_zin=FULL,
        **pagina.frame(reis, SLUG),
    )


@bp.route("/schulden/nieuw", methods=["GET", "POST"])
@takes_file
@hulpvrager
def schuld_nieuw() -> pagina.Antwoord:
    """Add a line, and with the second button another one: fourteen letters are fourteen screens."""
    reis = pagina.load()
    if away := pagina.elsewhere(reis, SLUG):
        return away
    form = NieuweSchuldForm()
    form.ask_whose(samen=is_samen(reis.antwoorden))
    if request.method == "POST" and form.validate():
        try:
            return _add(reis, form)
        except TeVeelSchulden:
            form.form_errors.append(FULL)
        except TeVeelFotos:
            form.form_errors.append(TE_VEEL_FOTOS)
    elif form.beeld is not None:
        return _keep_photo(reis, form)
    number = len(reizen.schulden(session.db(), reis.verzoek.id)) + 1
    return _show_form(
        reis,
        form,
        titel=gettext("Voeg een schuld toe"),
        waar=gettext("Schuld %(nummer)s", nummer=number),
        nog_een=number < MAX_SCHULDEN,
    )


def _add(reis: Reis, form: NieuweSchuldForm) -> Response:
    verzoek_id = reis.verzoek.id
    id = form.schuld_id(verzoek_id)
    add_schuld(session.db(), session.actor(), verzoek_id, form.sectie(), id=id, beeld=form.beeld)
    flash(gettext("%(naam)s staat in uw lijst.", naam=form.afzender.data or gettext(BRIEF_OP_FOTO)), "ok")
    return redirect(url_for("hulpvrager.schuld_nieuw")) if NOG_EEN in request.form else _to_list()


def _keep_photo(reis: Reis, form: NieuweSchuldForm) -> pagina.Antwoord:
    """The photo is good and what was typed is not: a browser does not send a file twice, so the photo is kept now."""
    verzoek_id, leeg = reis.verzoek.id, {"afzender": ""}
    try:
        id = add_schuld(
            session.db(), session.actor(), verzoek_id, leeg, id=form.schuld_id(verzoek_id), beeld=form.beeld
        )
    except TeVeelSchulden:
        form.form_errors.append(FULL)
    except TeVeelFotos:
        form.form_errors.append(TE_VEEL_FOTOS)
    else:
        to = url_for("hulpvrager.schuld", schuld_id=id)
        return _show_form(pagina.load(), form, titel=CHANGE, actie=to, stand=antwoorden.stand(leeg), schuld_id=id)
    return _show_form(reis, form, titel=gettext("Voeg een schuld toe"))


@bp.route("/schulden/<uuid:schuld_id>", methods=["GET", "POST"])
@takes_file
@hulpvrager
def schuld(schuld_id: UUID) -> pagina.Antwoord:
    """Change a line."""
    reis = pagina.load()
    if away := pagina.elsewhere(reis, SLUG):
        return away
    try:
        line = reizen.schuld(session.db(), reis.verzoek.id, schuld_id)
    except NotFound:
        return _gone(reis)
    form = SchuldForm(data=shown_schuld(line))
    form.ask_whose(samen=is_samen(reis.antwoorden))
    form.op_foto = bool(fotos.by_onderwerp(session.db(), reis.verzoek.id).get(schuld_id))
    if OVERNEMEN in request.form:
        return _take_over(reis, line, form)
    if request.method == "POST" and form.validate():
        return _change(reis, line, form)
    if form.errors:
        form.ask_foto_again()
    return _show_form(reis, form, titel=CHANGE, stand=pagina.stand(line.gegevens), schuld_id=schuld_id)


def _change(reis: Reis, line: Schuld, form: SchuldForm) -> pagina.Antwoord:
    seen, told = request.form.get("stand"), form.sectie()
    try:
        change_schuld(session.db(), session.actor(), reis.verzoek.id, line.id, told, seen=seen, beeld=form.beeld)
    except AndersBeantwoord:
        return _show_both(pagina.load(), line.id, form)
    except TeVeelFotos:
        form.form_errors.append(TE_VEEL_FOTOS)
        return _show_form(reis, form, titel=CHANGE, stand=pagina.stand(line.gegevens), schuld_id=line.id)
    return _to_list()


def _take_over(reis: Reis, line: Schuld, form: SchuldForm) -> tuple[str, int]:
    """The same page with its empty boxes filled: nothing is kept of it until it is saved. Of another sender than
    stands in the box nothing is filled in.
    """
    voorstel = fotos.read_on(fotos.by_onderwerp(session.db(), reis.verzoek.id).get(line.id, ()))
    shown: dict[str, Any] = {"titel": CHANGE, "stand": request.form.get("stand", ""), "schuld_id": line.id}
    if not fotos.is_of_another(voorstel, form.typed):
        form.take_over(voorstel)
        shown["overgenomen"] = True
    form.ask_foto_again()
    return _show_form(reis, form, **shown)


def _read(reis: Reis) -> dict[UUID, dict[str, Any]]:
    """Of each line what a computer read on its photos and the person did not tell."""
    kept = fotos.by_onderwerp(session.db(), reis.verzoek.id)
    lines = reizen.schulden(session.db(), reis.verzoek.id) if kept else ()
    read = {line.id: fotos.left_on(fotos.read_on(kept.get(line.id, ())), line.gegevens) for line in lines}
    return {id: gelezen for id, gelezen in read.items() if gelezen}


def _show_both(reis: Reis, schuld_id: UUID, form: SchuldForm) -> tuple[str, int]:
    """The line as it was typed now, and in words as it was changed in the meantime."""
    line = reizen.schuld(session.db(), reis.verzoek.id, schuld_id)
    naam, details = samenvatting.schuld_row(line.verteld)
    form.ask_foto_again()
    page, _ = _show_form(reis, form, titel=CHANGE, stand=antwoorden.stand(line.gegevens), bewaard=[naam, *details])
    return page, pagina.ANDERS


def _gone(reis: Reis) -> pagina.Antwoord:
    """The line was taken off the list in another window: what was typed about it can be added again."""
    if request.method != "POST":
        abort(404)
    flash(str(GONE), "warning")
    add = url_for("hulpvrager.schuld_nieuw")
    form = NieuweSchuldForm()
    form.ask_whose(samen=is_samen(reis.antwoorden))
    form.ask_foto_again()
    page, _ = _show_form(reis, form, titel=gettext("Voeg een schuld toe"), actie=add)
    return page, 404


@bp.route("/schulden/<uuid:schuld_id>/verwijderen", methods=["GET", "POST"])
@hulpvrager
def schuld_verwijderen(schuld_id: UUID) -> pagina.Antwoord:
    """Ask first, then take a line off the list."""
    reis = pagina.load()
    if away := pagina.elsewhere(reis, SLUG):
        return away
    try:
        line = reizen.schuld(session.db(), reis.verzoek.id, schuld_id)
    except NotFound:
        return _to_list() if request.method == "POST" else abort(404)  # pressed twice: it left at the first time
    if request.method == "POST":
        name = line.verteld.afzender or gettext(BRIEF_OP_FOTO)
        remove_schuld(session.db(), session.actor(), reis.verzoek.id, schuld_id)
        flash(gettext("%(naam)s is uit uw lijst gehaald.", naam=name), "ok")
        return _to_list()
    row = samenvatting.schuld_row(line.verteld)
    return pagina.render("schuld-verwijderen", reis, schuld=row, terug=_list_url())


def _show_form(reis: Reis, form: SchuldForm, *, schuld_id: UUID | None = None, **context: Any) -> tuple[str, int]:
    status = pagina.INVALID if form.errors else pagina.OK
    names = directory.names(session.db())
    kept = fotos.by_onderwerp(session.db(), reis.verzoek.id).get(schuld_id, ()) if schuld_id else ()
    if kept and not form.errors:
        voorstel = fotos.read_on(kept)
        context["gelezen"] = form.proposal_rows(fotos.left_on(voorstel, form.typed))
        context["van_ander"] = fotos.is_of_another(voorstel, form.typed)
    return pagina.render("schuld", reis, status, form=form, namen=names, terug=_list_url(), fotos=kept, **context)


def _list_url() -> str:
    return url_for("hulpvrager.schulden")


def _to_list() -> Response:
    return redirect(_list_url())
