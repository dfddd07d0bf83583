"""The machines of landelijke schuldeisers that may call the API: let one in, see what it does, shut it out."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.actions import api_toegang
from portal.domain.errors import BestaatAl
from portal.domain.roles import Role
from portal.models import Schuldeiser
from portal.queries import api, directory
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.forms import KoppelingForm
from portal.web.forms import HouseForm
from portal.web.hulpverlener.woorden import WEBHOOKFOUT
from portal.web.session import actor, db

may_keep = requires(Role.LANDELIJK_BEHEERDER)


@bp.get("/beheer/koppelingen")
@may_keep
def koppelingen() -> str:
    """By name of the schuldeiser; what was shut out stays on the list."""
    found = api.clients(db())
    called = api.webhooks(db(), [each.id for each in found])
    return render_template(
        "beheer/koppelingen.html",
        rijen=[(each, called.get(each.id)) for each in found],
        is_vol=len(found) == api.MAX_CLIENTS,
        fouten=WEBHOOKFOUT,
    )


@bp.route("/beheer/koppelingen/nieuw", methods=["GET", "POST"])
@may_keep
def koppeling_nieuw() -> str:
    """The secret is on the page that answers, this once."""
    form = KoppelingForm()
    if form.validate_on_submit() and (entry := _landelijk(form)) is not None:
        id, naam = entry.id, entry.naam
        try:
            client_id, geheim = api_toegang.add_client(db(), actor(), id, form.naam.data or "")
        except BestaatAl:
            form.naam.errors = ["Deze schuldeiser heeft al een koppeling met deze naam. Kies een andere naam."]
        else:
            return render_template("beheer/geheim.html", schuldeiser=naam, client_id=client_id, geheim=geheim)
    return render_template("beheer/koppeling_nieuw.html", form=form, namen=directory.names(db()))


def _landelijk(form: KoppelingForm) -> Schuldeiser | None:
    """The entry that is meant; when there is none the form says so."""
    entry = directory.called(db(), form.schuldeiser.data or "")
    if entry is None or entry.organisatie_id is not None:
        form.schuldeiser.errors = ["Deze naam staat niet in de landelijke lijst. Kies een naam uit de lijst."]
        return None
    return entry


@bp.route("/beheer/koppelingen/<uuid:client_id>/intrekken", methods=["GET", "POST"])
@may_keep
def koppeling_intrekken(client_id: UUID) -> str | Response:
    """Ask first, then shut it out at once."""
    found = api.client(db(), client_id)
    if request.method == "POST":
        naam = found.schuldeiser.naam
        db().expunge_all()  # the act reads it again
        api_toegang.revoke_client(db(), actor(), client_id)
        flash(f"De koppeling van {naam} is ingetrokken.", "ok")
        return redirect(url_for(".koppelingen"))
    return render_template("beheer/koppeling_intrekken.html", koppeling=found, form=HouseForm(formdata=None))
