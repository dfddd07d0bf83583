"""The own organisatie: its data, its gemeenten, its staff; sign somebody out everywhere, let in again, put out."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import organisatie as acts
from portal.actions import toegang
from portal.actions.uitnodigen import restore_by_mail
from portal.db import limits
from portal.domain.roles import Role
from portal.domain.status import Verzendstatus
from portal.models import Medewerker, Organisatie, Teammail
from portal.queries import organisatie as own
from portal.queries import teammail as queries
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.instellingen import standaard
from portal.web.forms import HouseForm
from portal.web.hulpverlener.woorden import ROL, en, plural
from portal.web.public.pages import term
from portal.web.session import actor, database, db, settings
from portal.web.templating import day


@bp.get("/beheer/organisatie")
@requires(Role.BEHEERDER, Role.TEAMLEIDER)
def organisatie() -> str:
    found = own.load(db(), actor().organisatie_id)
    staff = own.medewerkers(db(), found.id, clock.now())
    return render_template(
        "beheer/organisatie.html",
        organisatie=found,
        gemeenten=own.gemeenten(db(), found.id),
        collegas=[(each, en([ROL[role] for role in Role if role in each.medewerker.roles])) for each in staff],
        nu=clock.now(),
        teammail=_teammail(found),
        beschikkingstermijn=_beschikkingstermijn(found),
        termijnen=_termijnen(found),
        mag_beheren=Role.BEHEERDER in actor().roles,
        ik=actor().id,
        form=HouseForm(formdata=None),
    )


def _teammail(found: Organisatie) -> list[str]:
    """Where the daily mail goes, and how the last one went."""
    if found.teammail is None:
        return ["Uit"]
    last = queries.last(db(), found.id)
    return [f"Aan {found.teammail}, elke werkdag vanaf {settings().teammail_at:%H.%M} uur", *_last(last)]


def _last(mail: Teammail | None) -> list[str]:
    if mail is None:
        return []
    if mail.is_empty:
        return [f"Op {day(mail.dag)} was er niets te melden."]
    how = {
        Verzendstatus.AANGEBODEN: "is verstuurd.",
        Verzendstatus.NIET_BEZORGD: "kwam niet aan. Kijk of het adres klopt.",
    }
    waits = "is onderweg." if mail.dag == clock.today() else "kon niet op tijd weg."
    return [f"De e-mail van {day(mail.dag)} {how.get(mail.status, waits)}"]


def _beschikkingstermijn(found: Organisatie) -> str:
    """How many weeks after the first conversation the beschikking must be there."""
    weken = plural(found.beschikking_weken or settings().beschikking_weken, "week", "weken")
    return weken + ("" if found.beschikking_weken else " (standaard)")


def _termijnen(found: Organisatie) -> list[str]:
    """How long it keeps what was stopped, not approved, approved."""
    chosen = found.bewaar_ingetrokken_days, found.bewaar_niet_goedgekeurd_days, found.bewaar_goedgekeurd_days
    pairs = zip(chosen, standaard(), strict=True)
    return [term(days or default) + ("" if days else " (standaard)") for days, default in pairs]


@bp.post("/beheer/organisatie/<uuid:medewerker_id>/uitloggen")
@requires(Role.BEHEERDER)
def overal_uitloggen(medewerker_id: UUID) -> Response:
    """End every session of one member of staff. Who does it to himself meets the sign-in page next."""
    count = toegang.revoke_sessions(db(), actor(), medewerker_id)
    if medewerker_id != actor().id:
        flash(f"Overal uitgelogd: {plural(count, 'sessie is', 'sessies zijn')} gestopt.", "ok")
    return redirect(url_for(".organisatie", _anchor="medewerkers"))


@bp.route("/beheer/organisatie/<uuid:medewerker_id>/herstel", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def herstel(medewerker_id: UUID) -> str | Response:
    """Who lost the password, the phone or the mailed link: ask first, then mail a new link."""
    found = collega(medewerker_id)
    if request.method == "POST":
        limits.hit(database(), limits.INVITATIONS_PER_BEHEERDER, str(actor().id))
        restore_by_mail(db(), actor(), medewerker_id, settings().invitation_seconds)
        flash(f"{found.naam} krijgt een e-mail met een link.", "ok")
        return redirect(url_for(".organisatie", _anchor="medewerkers"))
    return render_template("beheer/herstel.html", collega=found, form=HouseForm(formdata=None))


@bp.route("/beheer/organisatie/<uuid:medewerker_id>/uitzetten", methods=["GET", "POST"])
@requires(Role.BEHEERDER)
def uitzetten(medewerker_id: UUID) -> str | Response:
    """Who left: ask first, then end the account."""
    found = collega(medewerker_id)
    if request.method == "POST":
        acts.deactivate(db(), actor(), medewerker_id)
        flash(f"{found.naam} kan niet meer inloggen.", "ok")
        return redirect(url_for(".organisatie", _anchor="medewerkers"))
    return render_template("beheer/uitzetten.html", collega=found, form=HouseForm(formdata=None))


def collega(medewerker_id: UUID) -> Medewerker:
    """Whose account this beheerder may look after. It is let go of: the act reads it again."""
    acts.check_may_manage(actor(), medewerker_id)
    found = own.collega(db(), medewerker_id)
    db().expunge(found)
    return found
