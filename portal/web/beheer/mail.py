"""Received mail that belongs to no case: the landelijk beheerder looks where it should go."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.actions import inkomend as mail_acts
from portal.domain.errors import NotFound
from portal.domain.kenmerk import normalise_kenmerk
from portal.domain.roles import Role
from portal.queries import inkomend as received
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.forms import KoppelMailForm
from portal.web.forms import HouseForm
from portal.web.hulpverlener.mail import Regel, as_file, regels
from portal.web.session import actor, db

may_place = requires(Role.LANDELIJK_BEHEERDER)


@bp.get("/beheer/mail")
@may_place
def mails() -> str:
    """What waits first, then what was looked at."""
    found = received.unknown(db())
    return render_template(
        "beheer/mails.html",
        regels=regels(found[: received.PAGE]),
        is_vol=len(found) > received.PAGE,
        maximum=received.PAGE,
    )


@bp.route("/beheer/mail/<uuid:inkomend_id>", methods=["GET", "POST"])
@may_place
def mail(inkomend_id: UUID) -> str | BaseResponse:
    """Read it, and lay it on its case by the kenmerk."""
    found = received.one(db(), inkomend_id, None)
    form = KoppelMailForm()
    if form.validate_on_submit():
        try:
            mail_acts.tie(db(), actor(), inkomend_id, normalise_kenmerk(form.kenmerk.data or "") or "")
        except NotFound:
            form.kenmerk.errors = ["Er is geen zaak met dit kenmerk."]
        else:
            flash("De e-mail ligt nu bij de zaak.", "ok")
            return redirect(url_for(".mails"))
    return render_template("beheer/mail.html", regel=Regel.read(found), form=form, gelezenform=HouseForm(formdata=None))


@bp.post("/beheer/mail/<uuid:inkomend_id>/gelezen")
@may_place
def mail_gelezen(inkomend_id: UUID) -> BaseResponse:
    """It belongs to no case."""
    received.one(db(), inkomend_id, None)
    mail_acts.handle(db(), actor(), inkomend_id)
    flash("De e-mail is afgehandeld.", "ok")
    return redirect(url_for(".mails"))


@bp.get("/beheer/mail/<uuid:inkomend_id>/bestand")
@may_place
def mail_bestand(inkomend_id: UUID) -> Response:
    """The mail as it came."""
    return as_file(received.one(db(), inkomend_id, None))
