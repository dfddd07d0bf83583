"""Go on later, on any device: by a mailed link, or with kenmerk and access code."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from portal.actions import toegang
from portal.db import limits
from portal.texts.talen import gettext, ngettext
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina


@bp.get("/bewaren")
@hulpvrager
def bewaren() -> pagina.Antwoord:
    """What is kept, and the ways back."""
    reis = pagina.load()
    verder = pagina.to_first_open(reis).location
    dagen = session.settings().concept_days
    return pagina.render("bewaren", reis, contact=reis.verzoek.contact, dagen=dagen, verder=verder)


@bp.get("/toegangscode")
@hulpvrager
def toegangscode_page() -> Response:
    """Somebody came back to the page that showed a code: it is not shown again."""
    return redirect(url_for("hulpvrager.bewaren"))


@bp.post("/toegangscode")
@hulpvrager
def toegangscode() -> pagina.Antwoord:
    """Make a code. This answer is the only place where it is ever shown."""
    code = toegang.make_toegangscode(session.db(), session.actor())
    reis = pagina.load()
    verder = pagina.to_first_open(reis).location
    address = session.settings().base_url.partition("://")[2] + url_for("account.terug")
    return pagina.render("toegangscode", reis, code=code, verder=verder, terug_adres=address)


@bp.post("/link")
@hulpvrager
def link() -> Response:
    """Mail a link to the address of this pauzeverzoek."""
    reis = pagina.load()
    email = reis.verzoek.contact.email
    if not email:
        return redirect(url_for("hulpvrager.bewaren"))
    limits.hit(session.database(), limits.LINK_PER_CLIENT, session.client())
    limits.hit(session.database(), limits.LINK_PER_ADDRESS, email.casefold())
    seconds = session.settings().link_seconds
    toegang.request_link(session.db(), session.actor(), seconds)
    told = gettext("Wij sturen een link naar uw e-mailadres.")
    lives = ngettext("De link werkt %(num)s minuut.", "De link werkt %(num)s minuten.", seconds // 60)
    flash(f"{told} {lives}", "ok")
    return redirect(url_for("hulpvrager.bewaren"))
