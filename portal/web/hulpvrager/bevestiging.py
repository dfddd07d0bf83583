"""The confirmation: it is in, and this is what happens next."""

from flask import redirect, url_for

from portal.domain.status import OPEN
from portal.queries import dossier
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina, zinnen


@bp.get("/bevestiging")
@hulpvrager
def bevestiging() -> pagina.Antwoord:
    """Kenmerk, the date before which the gemeente calls, and what to keep paying."""
    reis = pagina.load()
    if reis.verzoek.status not in OPEN or reis.may_answer:
        return redirect(url_for("hulpvrager.status"))
    samen = zinnen.samen(dossier.load(session.db(), reis.verzoek.id))
    return pagina.render("bevestiging", reis, contact=reis.verzoek.contact, samen=samen, has_bewijs=True)
