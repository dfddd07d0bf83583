"""What the API is: the OpenAPI document for machines, and a page made from the same for who builds with it."""

import re

from flask import Response, render_template
from markupsafe import Markup, escape

from portal.domain.beantwoording import GeenMedewerking
from portal.domain.kennisgeving import Soort
from portal.texts import ontvangst
from portal.web.access import public
from portal.web.api.blueprint import bp
from portal.web.api.openapi import document
from portal.web.api.operations import OPERATIONS, as_json
from portal.web.api.schemas import SCHEMAS
from portal.web.problems import TITLES
from portal.web.session import settings

SOORTEN = {
    Soort.KENNISGEVING: "Pauzeer de incasso van de eerste tot en met de laatste dag, voor elk van de verwijzingen.",
    Soort.VERLENGING: "Neem de nieuwe laatste dag over. Dit bericht vervangt het bericht in eerder.",
    Soort.CORRECTIE: "Neem alle gegevens over. In gewijzigd staat wat anders is. Dit bericht vervangt het bericht in "
    "eerder.",
    Soort.HERINNERING: "Niets nieuws: wij wachten nog op uw antwoord. Een antwoord hierop hoort bij het bericht in "
    "eerder.",
    Soort.BEEINDIGING: "De pauze stopt op de laatste dag in dit bericht. U hoeft niet te antwoorden.",
    Soort.INTREKKING: "Verwijder het bericht in eerder en alles wat u eruit overnam: het was niet voor u bestemd.",
}
"""What each kind of message asks of the system of a schuldeiser."""

REDENEN = {GeenMedewerking.KLANT_ONBEKEND: ontvangst.KLANT_ONBEKEND, **ontvangst.REDEN}

_NAME = re.compile("`([^`]+)`")


def code(text: str) -> Markup:
    """A description with the `names` in it as code: OpenAPI writes them so, a page does not."""
    return Markup(_NAME.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped here


_missing = [str(kind) for kind in Soort if kind not in SOORTEN]
if _missing:
    raise RuntimeError(f"kinds of message that the page does not explain: {', '.join(_missing)}")


@bp.get("")
@public
def uitleg() -> str:
    """The page for people. It is made from the operations, so it cannot say something else."""
    return render_template(
        "api/uitleg.html",
        operaties=OPERATIONS,
        fouten=TITLES,
        schemas=SCHEMAS,
        code=code,
        soorten=SOORTEN,
        antwoorden=ontvangst.ANTWOORD,
        redenen=REDENEN,
        minuten=settings().api_token_seconds // 60,
    )


@bp.get("/openapi.json")
@public
def openapi() -> Response:
    """The document for machines."""
    return as_json(document())
