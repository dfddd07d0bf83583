"""The settings of the own organisatie, a page each."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.actions import instellingen as acts
from portal.actions.akkoord import switch_two_keys
from portal.domain.huisstijl import Huisstijl
from portal.domain.roles import Role
from portal.queries import organisatie as own
from portal.web import session
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.huisstijlform import HuisstijlForm
from portal.web.beheer.organisatie_forms import (
    BeschikkingstermijnForm,
    BewaartermijnenForm,
    BriefpapierForm,
    ContactForm,
    TeammailForm,
    TweeSleutelsForm,
)
from portal.web.bestanden import takes_file
from portal.web.hulpverlener.woorden import plural
from portal.web.session import actor, db


@bp.route("/beheer/organisatie/contact", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def contact() -> str | Response:
    """Telephone, mailbox of the team and postal address."""
    form = ContactForm(obj=own.load(db(), actor().organisatie_id))
    if form.validate_on_submit():
        values = {name: form[name].data or "" for name in ("telefoon", "email", "postadres")}
        acts.change_contact(db(), actor(), **values)
        return _saved("De contactgegevens zijn opgeslagen.")
    return render_template("beheer/contact.html", form=form)


@bp.route("/beheer/organisatie/briefpapier", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def briefpapier() -> str | Response:
    """The lines under the name on a letter, and the last lines of a Kennisgeving."""
    found = own.load(db(), actor().organisatie_id)
    form = BriefpapierForm(obj=found)
    if form.validate_on_submit():
        acts.change_briefpapier(
            db(), actor(), briefhoofd=form.briefhoofd.data or None, ondertekening=form.ondertekening.data or None
        )
        return _saved("Het briefpapier is opgeslagen.")
    return render_template("beheer/briefpapier.html", form=form, organisatie=found)


@bp.route("/beheer/organisatie/huisstijl", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
@takes_file
def huisstijl() -> str | Response:
    """The colours of the pages of staff and hulpvragers, and the logo above the latter."""
    found = own.load(db(), actor().organisatie_id)
    form = HuisstijlForm(huisstijl=found.huisstijl.value)
    if form.validate_on_submit():
        logo, weg = form.logo.logo, form.logo_weg.data
        acts.change_huisstijl(db(), actor(), Huisstijl(form.huisstijl.data), logo=logo, logo_weg=weg)
        return _saved("De huisstijl is opgeslagen.")
    return render_template("beheer/huisstijl.html", form=form, huisstijlen=tuple(Huisstijl), organisatie=found)


@bp.route("/beheer/organisatie/teammail", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def teammail() -> str | Response:
    """The daily mail about the work: to whom, or not at all."""
    form = TeammailForm(obj=own.load(db(), actor().organisatie_id))
    if form.validate_on_submit():
        chosen = form.teammail.data or None
        acts.change_teammail(db(), actor(), teammail=chosen)
        return _saved("De dagelijkse e-mail staat aan." if chosen else "De dagelijkse e-mail staat uit.")
    return render_template("beheer/teammail.html", form=form, vanaf=session.settings().teammail_at)


@bp.route("/beheer/organisatie/bewaartermijnen", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def bewaartermijnen() -> str | Response:
    """How long closed cases are kept."""
    found = own.load(db(), actor().organisatie_id)
    form = BewaartermijnenForm(
        ingetrokken_days=found.bewaar_ingetrokken_days,
        niet_goedgekeurd_days=found.bewaar_niet_goedgekeurd_days,
        goedgekeurd_days=found.bewaar_goedgekeurd_days,
    )
    form.standaard = standaard()
    if form.validate_on_submit():
        chosen = acts.EigenTermijnen(
            ingetrokken_days=form.ingetrokken_days.data,
            niet_goedgekeurd_days=form.niet_goedgekeurd_days.data,
            goedgekeurd_days=form.goedgekeurd_days.data,
        )
        acts.change_bewaartermijnen(db(), actor(), chosen)
        return _saved("De bewaartermijnen zijn opgeslagen.")
    return render_template("beheer/bewaartermijnen.html", form=form)


@bp.route("/beheer/organisatie/beschikkingstermijn", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def beschikkingstermijn() -> str | Response:
    """How long after the first conversation the beschikking must be there."""
    form = BeschikkingstermijnForm(obj=own.load(db(), actor().organisatie_id))
    if form.validate_on_submit():
        acts.change_beschikkingstermijn(db(), actor(), weken=form.beschikking_weken.data)
        return _saved("De termijn voor de beschikking is opgeslagen.")
    standaard = plural(session.settings().beschikking_weken, "week", "weken")
    return render_template("beheer/beschikkingstermijn.html", form=form, standaard=standaard)


@bp.route("/beheer/organisatie/twee-sleutels", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def twee_sleutels() -> str | Response:
    """Whether what is delicate needs a second person. The address of a schuldeiser always does."""
    found = own.load(db(), actor().organisatie_id)
    form = TweeSleutelsForm(keuze="ja" if found.twee_sleutels else "nee")
    if form.validate_on_submit():
        switch_two_keys(db(), actor(), aan=form.keuze.data == "ja")
        return _saved("Opgeslagen.")
    return render_template("beheer/twee_sleutels.html", form=form)


def standaard() -> tuple[int, int, int]:
    """The terms of who chose none, in days: stopped, not approved, approved."""
    settings = session.settings()
    return (
        settings.retention_ingetrokken_days,
        settings.retention_niet_goedgekeurd_days,
        settings.retention_goedgekeurd_days,
    )


def _saved(zin: str) -> Response:
    flash(zin, "ok")
    return redirect(url_for(".organisatie"))
