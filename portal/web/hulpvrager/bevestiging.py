"""The confirmation: it is in, and this is what happens next."""

from flask import redirect, url_for

from portal.domain.status import OPEN
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina


@bp.get("/bevestiging")
@hulpvrager
def bevestiging() -> pagina.Antwoord:
    """Kenmerk, the date before which the gemeente calls, and what to keep paying."""
    reis = pagina.load()
    if reis.verzoek.status not in OPEN or reis.may_answer:
        return redirect(url_for("hulpvrager.status"))
    return pagina.render("bevestiging", reis, contact=reis.verzoek.contact, has_bewijs=True)
