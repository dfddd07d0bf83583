"""The second key: a member of staff decides on the addresses that a schuldeiser asks for by API."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.actions.contact import decide_change, may_decide
from portal.domain.errors import NotFound
from portal.domain.roles import REVIEWERS, Role
from portal.models import Voorstelstatus
from portal.queries import contact
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.forms import VoorstelForm
from portal.web.session import actor, db


@bp.route("/beheer/contactvoorstellen/<uuid:voorstel_id>", methods=["GET", "POST"])
@requires(*REVIEWERS, Role.LANDELIJK_BEHEERDER)
def contactvoorstel(voorstel_id: UUID) -> str | Response:
    """What is there and what is asked, side by side."""
    asked = contact.voorstel(db(), voorstel_id)
    naam = asked.schuldeiser.naam
    if not may_decide(actor(), asked.schuldeiser):
        raise NotFound(f"contactvoorstel {voorstel_id}")
    form = VoorstelForm()
    is_open = asked.status is Voorstelstatus.OPEN
    if is_open and form.validate_on_submit():
        akkoord = form.keuze.data == "ja"
        decide_change(db(), actor(), voorstel_id, akkoord=akkoord)
        flash(f"De adressen van {naam} zijn {'overgenomen' if akkoord else 'niet overgenomen'}.", "ok")
        return redirect(url_for(".schuldeisers", zoek=naam))
    return render_template("beheer/contactvoorstel.html", voorstel=asked, form=form, is_open=is_open)
