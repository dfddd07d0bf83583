"""Consent after filing: given by who said no before, taken back by who said yes, as long as nobody decided."""

from flask import flash, redirect, request, url_for

from portal.actions.hulpvrager import give_toestemming, revoke_toestemming
from portal.domain.errors import MoveNotAllowed
from portal.domain.status import Status
from portal.models import Pauzeverzoek
from portal.queries import dossier
from portal.texts.bericht import Blokken, blokken
from portal.texts.talen import gettext
from portal.texts.toestemming import TEKST
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina


@bp.route("/toestemming-geven", methods=["GET", "POST"])
@hulpvrager
def toestemming_geven() -> pagina.Antwoord:
    """The whole text, and the button that agrees to it."""
    reis = pagina.load()
    if not may_give(dossier.load(session.db(), reis.verzoek.id)):
        return redirect(url_for("hulpvrager.status"))
    if request.method == "POST":
        try:
            give_toestemming(session.db(), session.actor())
        except MoveNotAllowed:  # given or decided meanwhile: the status page says how it is
            return redirect(url_for("hulpvrager.status"))
        flash(gettext("U gaf toestemming. De gemeente ziet dat nu ook."), "ok")
        return redirect(url_for("hulpvrager.status"))
    return pagina.render("toestemming-geven", reis, toestemming=text(), terug=url_for("hulpvrager.status"))


@bp.route("/toestemming-intrekken", methods=["GET", "POST"])
@hulpvrager
def toestemming_intrekken() -> pagina.Antwoord:
    """What it means, and the button that takes it back. A running pause is stopped on the page of stopping."""
    reis = pagina.load()
    if reis.verzoek.status is Status.GOEDGEKEURD:
        return redirect(url_for("hulpvrager.intrekken"))
    if not may_revoke(dossier.load(session.db(), reis.verzoek.id)):
        return redirect(url_for("hulpvrager.status"))
    if request.method == "POST":
        try:
            revoke_toestemming(session.db(), session.actor(), reis.verzoek.id)
        except MoveNotAllowed:  # taken back or decided meanwhile: the status page says how it is
            return redirect(url_for("hulpvrager.status"))
        flash(gettext("Uw toestemming is ingetrokken. De gemeente ziet dat nu ook."), "ok")
        return redirect(url_for("hulpvrager.status"))
    return pagina.render("toestemming-intrekken", reis, terug=url_for("hulpvrager.status"))


def may_revoke(verzoek: Pauzeverzoek) -> bool:
    """Whether consent can be taken back by itself. Needs the case with its toestemmingen."""
    return verzoek.is_open and verzoek.toestemming is not None


def may_give(verzoek: Pauzeverzoek) -> bool:
    """Whether consent is wanted now: the case is open and there is none. Needs the case with its toestemmingen.

    Who has not answered every question is asked in the journey.
    """
    return verzoek.wants_toestemming


def text() -> Blokken:
    """The text to agree to, in paragraphs and lists. The Dutch one is what is kept with its hash."""
    return blokken(gettext(TEKST))
