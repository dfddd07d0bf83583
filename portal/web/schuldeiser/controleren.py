"""Is this document genuine, and what is it worth today? For anybody with a kenmerk and a code, or a telephone."""

from flask import render_template, request

from portal import clock
from portal.db import limits
from portal.domain.controle import DocumentSoort
from portal.domain.kenmerk import normalise_kenmerk
from portal.domain.kennisgeving import Soort
from portal.queries import controle
from portal.web import session
from portal.web.access import public
from portal.web.schuldeiser import bp
from portal.web.schuldeiser.forms import ControleForm

DOCUMENTEN = {
    Soort.KENNISGEVING: "Kennisgeving",
    Soort.VERLENGING: "Verlenging van een pauze",
    Soort.CORRECTIE: "Correctie van een Kennisgeving",
    Soort.BEEINDIGING: "Bericht dat een pauze stopt",
    Soort.HERINNERING: "Herinnering aan een Kennisgeving",
    Soort.INTREKKING: "Intrekking van een Kennisgeving",
    DocumentSoort.BEWIJS_VAN_AANMELDING: "Bewijs van aanmelding",
    DocumentSoort.PAUZEKAART: "Pauzekaart",
}
"""What each document is called. Complete, or the import fails."""

_missing = [str(kind) for kind in (*Soort, *DocumentSoort) if kind not in DOCUMENTEN]
if _missing:
    raise RuntimeError(f"documents without a name: {', '.join(_missing)}")


@bp.route("/controleren", methods=["GET", "POST"])
@public
def controleren() -> str:
    """A QR code leads here with the boxes filled in. The answer comes after the button: a GET counts no attempt, so it
    must tell nothing.
    """
    form = ControleForm(data={name: request.args.get(name, "")[:40] for name in ("kenmerk", "code")})
    if not form.validate_on_submit():
        return render_template("schuldeiser/controleren.html", form=form)
    kenmerk = normalise_kenmerk(form.kenmerk.data or "") or ""
    limits.hit(session.database(), limits.CHECK_PER_CLIENT, session.client())
    limits.hit(session.database(), limits.CHECK_PER_KENMERK, kenmerk)
    found = controle.check(session.db(), kenmerk, form.code.data or "", clock.today())
    return render_template(
        "schuldeiser/gecontroleerd.html",
        kenmerk=kenmerk,
        found=found,
        document=DOCUMENTEN[found.soort] if found else "",
    )
