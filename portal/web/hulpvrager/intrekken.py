"""Stop: what happens then, and the button."""

from flask import flash, redirect, request, url_for

from portal import clock
from portal.actions.hulpvrager import withdraw
from portal.domain.errors import MoveNotAllowed
from portal.domain.status import Status, Verzendstatus
from portal.models.briefwisseling import briefwisselingen
from portal.queries import dossier
from portal.texts.talen import gettext
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina
from portal.web.hulpvrager.begin import RUNNING


@bp.route("/intrekken", methods=["GET", "POST"])
@hulpvrager
def intrekken() -> pagina.Antwoord:
    """Who will be told, before anything is stopped."""
    reis = pagina.load()
    if reis.verzoek.status not in RUNNING:
        return redirect(url_for("hulpvrager.status"))
    if request.method == "POST":
        try:
            withdraw(session.db(), session.actor())
        except MoveNotAllowed:  # it ended meanwhile: the status page says how
            return redirect(url_for("hulpvrager.status"))
        flash(gettext("Uw verzoek is gestopt."), "ok")
        return redirect(url_for("hulpvrager.status"))
    sent = briefwisselingen(dossier.kennisgevingen_for_hulpvrager(session.db(), reis.verzoek.id))
    told = [each for each in sent if each.is_told_of_end(clock.today())]
    return pagina.render(
        "intrekken",
        reis,
        was_goedgekeurd=reis.verzoek.status is Status.GOEDGEKEURD,
        told=len(told),
        waiting=len([each for each in sent if each.gevraagd.status is Verzendstatus.KLAAR and not each.gekend]),
        terug=url_for("hulpvrager.status"),
    )
