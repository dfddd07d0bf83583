"""Consent after filing: for who said no before, as long as nobody decided."""

from flask import flash, redirect, request, url_for

from portal.actions.hulpvrager import give_toestemming
from portal.domain.errors import MoveNotAllowed
from portal.models import Pauzeverzoek
from portal.queries import dossier
from portal.texts.bericht import Blokken, blokken
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
        flash("U gaf toestemming. De gemeente ziet dat nu ook.", "ok")
        return redirect(url_for("hulpvrager.status"))
    return pagina.render("toestemming-geven", reis, toestemming=text(), terug=url_for("hulpvrager.status"))


def may_give(verzoek: Pauzeverzoek) -> bool:
    """Whether consent is wanted now: the case is open and there is none. Needs the case with its toestemmingen."""
    return verzoek.is_open and verzoek.toestemming is None


def text() -> Blokken:
    """The text to agree to, in paragraphs and lists."""
    return blokken(TEKST.replace(":\n- ", ":\n\n- "))
