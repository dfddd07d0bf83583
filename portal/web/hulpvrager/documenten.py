"""What a hulpvrager can show to others: the Bewijs van aanmelding, and the pauzekaart as long as the pause runs."""

import segno
from flask import current_app, redirect, url_for
from markupsafe import Markup

from portal import clock
from portal.domain.controle import DocumentSoort
from portal.domain.status import Status
from portal.domain.taal import Taal
from portal.models import Pauzeverzoek
from portal.models.links import bewijswijzers
from portal.queries import dossier
from portal.queries.reis import Reis
from portal.texts import talen
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina


@bp.get("/bewijs-van-aanmelding.pdf")
@hulpvrager
def bewijs() -> pagina.Antwoord:
    """The document, to keep; the browser does not. The worker makes it within seconds after filing."""
    reis = pagina.load()
    if not has_bewijs(reis.verzoek):
        return pagina.to_first_open(reis)
    made = dossier.aanmeldbewijs(session.db(), reis.verzoek.id)
    if made is None:
        return pagina.render("bewijs", reis, terug=url_for("hulpvrager.status"))
    disposition = f'attachment; filename="bewijs-{reis.verzoek.kenmerk}.pdf"'
    return current_app.response_class(
        made.pdf, mimetype="application/pdf", headers={"Content-Disposition": disposition}
    )


@bp.get("/pauzekaart")
@hulpvrager
def pauzekaart() -> pagina.Antwoord:
    """To print, or to show at the door on the telephone. No schulden, no amounts, no schuldeisers."""
    reis = pagina.load()
    if not has_pauzekaart(reis.verzoek):
        return redirect(url_for("hulpvrager.status"))
    return pagina.render("pauzekaart", reis, kaart=_kaart(reis), terug=url_for("hulpvrager.status"))


def _kaart(reis: Reis) -> Markup:
    """The card, in Dutch: who stands at the door reads it."""
    wijzers = bewijswijzers(session.db().adressen.base_url, reis.verzoek.id, DocumentSoort.PAUZEKAART)
    code = segno.make(wijzers.scan_url(reis.verzoek.kenmerk), error="m", micro=False)
    with talen.speaking(Taal.NL):
        card, _ = pagina.render(
            "_kaart",
            reis,
            verzoek=reis.verzoek,
            wijzers=wijzers,
            qr=code.svg_data_uri(light="#fff", dark="#000", border=4),
        )
    return Markup(card)  # noqa: S704 - a page of our own, escaped where it was made


def has_bewijs(verzoek: Pauzeverzoek) -> bool:
    """Whether there is a Bewijs van aanmelding to show: not of a concept, of what the person
    stopped, or while the questions are open.
    """
    return not verzoek.onvolledig and verzoek.status not in {Status.CONCEPT, Status.INGETROKKEN}


def has_pauzekaart(verzoek: Pauzeverzoek) -> bool:
    """Whether there is a pause to show, today."""
    last = verzoek.eind_on
    return verzoek.status is Status.GOEDGEKEURD and last is not None and clock.today() <= last
