"""'Bel mij', from every page: a name and a number, and somebody of the gemeente calls."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import terugbellen, toegang
from portal.db import limits
from portal.domain import termijn
from portal.domain.errors import GemeenteDoetNietMee
from portal.domain.status import WGS_LOOPT
from portal.queries import gemeenten
from portal.queries.reis import Reis
from portal.texts.talen import gettext
from portal.web import session, taal
from portal.web.access import public
from portal.web.account.doel import local_path
from portal.web.hulpvrager import bp, pagina
from portal.web.hulpvrager.forms.bel_mij import BelMijForm


@bp.route("/bel-mij", methods=["GET", "POST"])
@public
def bel_mij() -> pagina.Antwoord:
    """Ask to be called: about what this browser has, or as the first thing that anybody does here."""
    reis = _own()
    form = BelMijForm(data=BelMijForm.known(reis.verzoek if reis else None))
    if reis and reis.route and reis.route.doet_mee:
        del form.naam, form.keuze
    if request.method == "POST" and form.validate():
        limits.hit(session.database(), limits.CALL_PER_CLIENT, session.client())
        limits.hit(session.database(), limits.CALL_PER_NUMBER, form.telefoon.data or "")
        try:
            return _ask(reis, form)
        except GemeenteDoetNietMee:
            return _show(reis, form, pagina.INVALID)
    return _show(reis, form, pagina.INVALID if form.errors else pagina.OK)


def _own() -> Reis | None:
    """What this browser has, unless it is over: then a new aanmelding begins."""
    if session.as_hulpvrager() is None:
        return None
    reis = pagina.load()
    return reis if reis.is_concept or reis.verzoek.status in WGS_LOOPT else None


def _ask(reis: Reis | None, form: BelMijForm) -> Response:
    """Sent twice is asked once. Only the first time lets this browser in: later the page may be somebody else's."""
    gemeente = form.chosen.code if form.chosen else None
    if reis is not None:
        terugbellen.request_call(session.db(), session.actor(), form.bellen(), gemeente)
    elif terugbellen.begin_with_call(session.db(), form.new_id, form.bellen(), gemeente or "", taal.chosen()):
        lifetime = session.settings().hulpvrager_session_seconds
        session.begin_hulpvrager(toegang.open_hulpvrager_session(session.db(), form.new_id, lifetime, "begin"))
    else:
        flash(gettext("Wij hebben uw vraag al. Wij bellen u."), "ok")
        return redirect(url_for("public.start"))
    return redirect(url_for("hulpvrager.status"))


def _show(reis: Reis | None, form: BelMijForm, status: int) -> tuple[str, int]:
    return pagina.render(
        "bel-mij",
        reis,
        status,
        form=form,
        voor=termijn.eerste_gesprek_voor(clock.today(), dreigend=True),
        terug=local_path(request.args.get("van")) or url_for("public.start"),
        is_begonnen=reis is not None,
        niet_mee=form.chosen.naam if form.chosen and not form.errors else None,
        gemeenten=gemeenten.names(session.db()) if "naam" in form else [],
    )
