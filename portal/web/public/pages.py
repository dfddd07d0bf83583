"""The start page, privacy and accessibility."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.texts.talen import ngettext
from portal.web import session
from portal.web import taal as talen
from portal.web.access import public
from portal.web.account.doel import local_path
from portal.web.public.blueprint import bp

TOESLAGEN_HERSTEL = "https://herstel.toeslagen.nl/"
"""The government's own site for victims of the toeslagenaffaire, who have a pauzeknop of another kind."""


@bp.get("/")
@public
def start() -> str:
    """What a pause is, what it is not, and the button that begins."""
    return render_template(
        "public/start.html", toeslagen_url=TOESLAGEN_HERSTEL, digid_enabled=session.settings().digid_enabled
    )


@bp.get("/privacy")
@public
def privacy() -> str:
    settings = session.settings()
    return render_template(
        "public/privacy.html",
        concept=term(settings.concept_days),
        ingetrokken=term(settings.retention_ingetrokken_days),
        niet_goedgekeurd=term(settings.retention_niet_goedgekeurd_days),
        goedgekeurd=term(settings.retention_goedgekeurd_days),
    )


def term(days: int) -> str:
    """'3 jaar' for whole years, give or take the leap days; else '90 dagen'."""
    years = round(days / 365.25)
    if years and abs(days - years * 365.25) <= 1:
        return ngettext("%(num)s jaar", "%(num)s jaar", years)
    return ngettext("%(num)s dag", "%(num)s dagen", days)


@bp.get("/toegankelijkheid")
@public
def toegankelijkheid() -> str:
    return render_template("public/toegankelijkheid.html")


@bp.post("/taal")
@public
def taal() -> Response:
    """The button of a language on a page without a form of its own: back to that page, in the other language."""
    talen.keep(request.form.get(session.TAAL, ""))
    return redirect(local_path(request.form.get("verder")) or url_for("public.start"))
