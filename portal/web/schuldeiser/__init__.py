"""For whoever received a Kennisgeving: what it is, whether it is real, how to answer. No account needed."""

from flask import Blueprint, render_template

from portal.web.access import public

bp = Blueprint("schuldeiser", __name__)

from portal.web.schuldeiser import antwoord, controleren, gegevens, overzicht  # noqa: E402 - they add their routes to bp

__all__ = ["antwoord", "bp", "controleren", "gegevens", "overzicht"]


@bp.get("/schuldeisers")
@public
def uitleg() -> str:
    """The page that every Kennisgeving names."""
    return render_template("schuldeiser/uitleg.html")
