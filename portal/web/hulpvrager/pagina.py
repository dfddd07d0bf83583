"""What the pages of the journey share: load the case, show a page, and know where the person may be."""

from typing import Any, TypeAlias

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain import antwoorden, stappen
from portal.domain.antwoorden import Sectie
from portal.queries import reis as reizen
from portal.queries.reis import Reis
from portal.texts import talen
from portal.texts.talen import gettext
from portal.web import session

Antwoord: TypeAlias = "tuple[str, int] | Response"

WARN_SECONDS = 5 * 60
"""How long before the end of a session. WCAG 2.2.1 asks for 20 seconds; a telephone lies in a pocket longer."""

OK = 200
ANDERS = 409
"""Another answer was given since the page was opened: it comes back with both."""

INVALID = 422
"""What was sent cannot be kept as it is: the page comes back with what was typed and what to mend."""


def load() -> Reis:
    """The journey of the person in this browser."""
    return reizen.load(session.db(), session.verzoek_id(), clock.today())


def render(template: str, reis: Reis | None, status: int = OK, **context: Any) -> tuple[str, int]:
    """A page with the telephone, the colours and the logo of the own gemeente, and the way to go on later for who has
    begun.
    """
    route = reis.route if reis else None
    organisatie = route.organisatie if route else None
    page = render_template(
        f"hulpvrager/{template}.html",
        reis=reis,
        telefoon=organisatie.telefoon if organisatie else None,
        gemeente_naam=route.gemeente.naam if route else None,
        huisstijl=organisatie.huisstijl if organisatie else None,
        logo_van=organisatie if organisatie and organisatie.logo_sha256 else None,
        later_url=url_for("hulpvrager.bewaren") if reis else None,
        sessie=still() if reis else None,
        **context,
    )
    return page, status


def still() -> dict[str, Any]:
    """How long this browser is still in: seconds, the hour, and how many seconds before the end it is warned."""
    ends = session.hulpvrager_until()
    left = max(0, int((ends - clock.now()).total_seconds()))
    return {"seconden": left, "tot": talen.hour(ends), "waarschuw": WARN_SECONDS}


def to_slug(slug: str) -> Response:
    """To a page of the journey."""
    if slug == stappen.CONTROLE:
        return redirect(url_for("hulpvrager.controle"))
    if slug == "schulden":
        return redirect(url_for("hulpvrager.schulden"))
    return redirect(url_for("hulpvrager.stap", slug=slug))


def url_of(slug: str | None) -> str | None:
    """The address of a page of the journey."""
    return to_slug(slug).location if slug else None


def to_first_open(reis: Reis) -> Response:
    """Where the person goes on: the first open question, the check page, or the status page when it was filed."""
    return to_slug(reis.first_open) if reis.may_answer else redirect(url_for("hulpvrager.status"))


def elsewhere(reis: Reis, slug: str) -> Response | None:
    """Away from a page that may not be open now; None when it may."""
    return None if reis.may_answer and reis.may_open(slug) else to_first_open(reis)


def stand(sectie: Sectie | None) -> str:
    """Which answer the page was opened on: it stays so when the page comes back to be mended."""
    sent = request.form.get("stand", "")
    return sent if antwoorden.is_stand(sent) else antwoorden.stand(sectie)


def frame(reis: Reis, slug: str) -> dict[str, Any]:
    """What stands around every question: its title, the way back, and how far the person is."""
    slugs = [each.slug for each in stappen.path(reis.antwoorden, reis.omgeving) if not each.blocks]
    question = stappen.find(slug)
    return {
        "titel": gettext(question.titel) if question else "",
        "terug": url_of(reis.before(slug)),
        "waar": gettext("Vraag %(nummer)s van %(aantal)s", nummer=slugs.index(slug) + 1, aantal=len(slugs))
        if slug in slugs
        else None,
    }
