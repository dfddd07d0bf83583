"""A mailed link of a member of staff: choose a password, then connect an app."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.actions.inloggen import begin_enrolment
from portal.actions.uitnodigen import accept
from portal.domain.errors import OngeldigeToegang
from portal.models import links
from portal.web import session
from portal.web.access import public
from portal.web.account import tussenstap
from portal.web.account.blueprint import bp
from portal.web.account.forms import NieuwWachtwoordForm
from portal.web.account.tussenstap import Tussenstap


@bp.route("/medewerker/uitnodiging/<token>", methods=["GET", "POST"])
@public
def uitnodiging(token: str) -> ResponseReturnValue:
    """Mail scanners open every link, so opening shows a form and looks nothing up; the password spends the link."""
    form = NieuwWachtwoordForm()
    try:
        links.read_uitnodiging(token)
        if not form.validate_on_submit():
            return render_template("account/uitnodiging.html", form=form)
        id = accept(session.db(), token, form.nieuw.data or "")
    except OngeldigeToegang:
        return render_template("account/uitnodiging_werkt_niet.html"), 410
    session.end_medewerker()
    begin_enrolment(session.db(), id)
    tussenstap.remember(Tussenstap(id, None))
    return redirect(url_for("account.aanmelden"))
