"""Everything of one mailbox that waits for an answer, behind a mailed link. Each message still asks who opens it."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.actions import overzicht as acts
from portal.db import limits
from portal.domain.errors import MoveNotAllowed, NotFound, OngeldigeToegang
from portal.domain.kennisgeving import Soort
from portal.models import links
from portal.queries import overzicht
from portal.queries.overzicht import PAGE, Overzicht
from portal.web import session
from portal.web.access import public
from portal.web.schuldeiser import bewezen, bp
from portal.web.schuldeiser.antwoord import LinkClosed
from portal.web.schuldeiser.forms import PostvakForm
from portal.web.schuldeiser.woorden import OVERZICHT_VOORBIJ

SOORT = {
    Soort.KENNISGEVING: "Kennisgeving",
    Soort.VERLENGING: "Verlenging",
    Soort.CORRECTIE: "Correctie",
}
"""What asks for an answer."""


@bp.route("/antwoord", methods=["GET", "POST"])
@public
def overzicht_vragen() -> ResponseReturnValue:
    """Ask for the link. Whether the address is known shows nowhere: the worker looks, not this page."""
    form = PostvakForm()
    if not form.validate_on_submit():
        return render_template("schuldeiser/overzicht_vragen.html", form=form)
    email = form.email.data or ""
    limits.hit(session.database(), limits.OVERZICHT_PER_CLIENT, session.client())
    limits.hit(session.database(), limits.OVERZICHT_PER_ADDRESS, email.casefold())
    acts.request(session.db(), email)
    return redirect(url_for(".overzicht_gevraagd"))


@bp.get("/antwoord/gevraagd")
@public
def overzicht_gevraagd() -> str:
    """The same answer for every address."""
    return render_template("schuldeiser/overzicht_gevraagd.html")


@bp.get("/antwoord/overzicht/<token>")
@public
def overzicht_tonen(token: str) -> ResponseReturnValue:
    """No person is named here, and opening it changes nothing: mail scanners open every link."""
    found = _open(token)
    after = request.args.get("na", "")
    rows = overzicht.waiting(session.db(), found.adres, clock.today(), _id(after), PAGE + 1)
    bewezen.open_list(token, found.expires_at)
    return render_template(
        "schuldeiser/overzicht.html",
        token=token,
        overzicht=found,
        rijen=[(each, SOORT[each.soort], links.sign_antwoord(each.id)) for each in rows[:PAGE]],
        volgende=rows[PAGE - 1].id if len(rows) > PAGE else None,
        is_vervolg=bool(after),
    )


@bp.post("/antwoord/overzicht/<token>/uitzetten")
@public
def overzicht_uitzetten(token: str) -> ResponseReturnValue:
    """For whoever passed it on to the wrong hands, or is done."""
    _open(token)
    try:
        acts.revoke(session.db(), links.read_overzicht(token))
    except (MoveNotAllowed, NotFound):
        raise LinkClosed(OVERZICHT_VOORBIJ) from None
    bewezen.close_list()
    flash("De link werkt niet meer.", "ok")
    return redirect(url_for(".overzicht_vragen"))


def _open(token: str) -> Overzicht:
    """Only a genuine link is told why it is closed. A forged one and one that is gone are the same."""
    try:
        found = overzicht.link(session.db(), links.read_overzicht(token), clock.now())
    except (OngeldigeToegang, NotFound) as error:
        raise LinkClosed from error
    if not found.is_usable:
        bewezen.close_list()
        raise LinkClosed(OVERZICHT_VOORBIJ)
    return found


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
