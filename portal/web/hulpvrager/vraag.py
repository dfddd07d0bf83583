"""The questions of the journey: one page each, all handled alike."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from flask import abort, flash, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.actions.hulpvrager import save_answers
from portal.clock import dutch_date
from portal.domain import antwoorden, stappen
from portal.domain.errors import AndersBeantwoord
from portal.models import Gemeente
from portal.queries import gemeenten
from portal.queries.reis import Reis
from portal.texts.talen import gettext
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina, samenvatting, toestemming
from portal.web.hulpvrager.forms import vragen
from portal.web.hulpvrager.forms.gemeente import GemeenteForm
from portal.web.hulpvrager.forms.velden import StapForm
from portal.web.templating import day

FORMS: Mapping[str, type[StapForm]] = {
    "dreiging": vragen.DreigingForm,
    "gemeente": GemeenteForm,
    "naam": vragen.NaamForm,
    "geboortedatum": vragen.GeboortedatumForm,
    "minderjarig": vragen.MinderjarigForm,
    "adres": vragen.AdresForm,
    "contact": vragen.ContactForm,
    "hulp": vragen.HulpForm,
    "bedrijf": vragen.BedrijfForm,
    "toestemming": vragen.ToestemmingForm,
}
"""Question → its form; the template has the name of the question. The list of schulden has a module of its own, and
'nog-niet' asks nothing.
"""

LOCKED_BY_IDENTITY = frozenset({"naam", "geboortedatum"})
"""Answers that an identity provider vouches for: to be read, not changed."""


def is_locked(reis: Reis, slug: str) -> bool:
    """Whether this answer came from an identity provider, or is the gemeente that has the case already."""
    if slug == "gemeente":
        return reis.verzoek.onvolledig
    return reis.verzoek.bron is not None and slug in LOCKED_BY_IDENTITY


@bp.route("/<slug>", methods=["GET", "POST"])
@hulpvrager
def stap(slug: str) -> pagina.Antwoord:
    """Show a question, or keep its answer and go to the first open one."""
    if stappen.find(slug) is None:
        abort(NotFound.code)
    reis = pagina.load()
    if away := pagina.elsewhere(reis, slug):
        return away
    if slug not in FORMS:
        return _not_yet(reis)
    if is_locked(reis, slug):
        return _locked(reis, slug)
    form = FORMS[slug](data=_kept(reis, slug))
    if request.method == "POST" and form.validate():
        try:
            return _keep(slug, form)
        except AndersBeantwoord:
            return _show_both(pagina.load(), slug, form)
    status = pagina.INVALID if form.errors else pagina.OK
    return _show(reis, slug, form, status, stand=pagina.stand(reis.antwoorden.get(slug)))


def _kept(reis: Reis, slug: str) -> dict[str, Any]:
    """What the form shows: what was answered before. A gemeente is kept as its code and shown by its name."""
    sectie = dict(reis.antwoorden.get(slug, {}))
    if slug == "contact" and not sectie:
        asked = reis.verzoek.gebeld_als
        return FORMS[slug].shown({"telefoon": asked.telefoon, "moment": asked.moment} if asked.telefoon else {})
    if slug == "gemeente" and sectie:
        kept = session.db().get(Gemeente, sectie["code"])
        return {"naam": kept.naam} if kept else {}
    return FORMS[slug].shown(sectie)


def _keep(slug: str, form: StapForm) -> Response:
    seen = {slug: request.form.get("stand")}
    save_answers(session.db(), session.actor(), {slug: form.sectie()}, seen=seen)
    reis = pagina.load()
    if isinstance(form, GemeenteForm) and form.chosen is not None:
        _tell_merger(form.chosen, reis)
    return pagina.to_first_open(reis)


def _tell_merger(chosen: Gemeente, reis: Reis) -> None:
    """Who names a gemeente that was merged is told where it is now."""
    if reis.route is not None and reis.route.gemeente.code != chosen.code:
        names = {"naam": chosen.naam, "nu": reis.route.gemeente.naam}
        if chosen.geldig_tot:
            since = day(chosen.geldig_tot)
            flash(gettext("%(naam)s hoort sinds %(dag)s bij %(nu)s.", dag=since, **names), "info")
        else:
            flash(gettext("%(naam)s hoort bij %(nu)s.", **names), "info")


def _show(reis: Reis, slug: str, form: StapForm, status: int, **context: Any) -> tuple[str, int]:
    extra = _MORE[slug]() if slug in _MORE else {}
    return pagina.render(slug, reis, status, form=form, **pagina.frame(reis, slug), **extra, **context)


def _show_both(reis: Reis, slug: str, form: StapForm) -> tuple[str, int]:
    """The answer that was typed now, and in words the one that was given in the meantime."""
    rows = samenvatting.rows(reis.antwoorden, reis.route.gemeente.naam if reis.route else "")
    kept = [line for row, _, lines in rows if row == slug for line in lines]
    stand = antwoorden.stand(reis.antwoorden.get(slug))
    return _show(reis, slug, form, pagina.ANDERS, stand=stand, bewaard=kept)


_MORE: Mapping[str, Callable[[], dict[str, Any]]] = {
    "gemeente": lambda: {"gemeenten": gemeenten.names(session.db())},
    "toestemming": lambda: {"toestemming": toestemming.text()},
}
"""What some questions show besides their form."""


def _not_yet(reis: Reis) -> pagina.Antwoord:
    """The gemeente takes no part yet: what to do now. Nothing is lost."""
    if request.method == "POST":
        return pagina.to_first_open(reis)
    kept = timedelta(days=session.settings().concept_days)
    kept_until = dutch_date(reis.verzoek.changed_at + kept)
    return pagina.render("nog-niet", reis, kept_until=kept_until, **pagina.frame(reis, "nog-niet"))


def _locked(reis: Reis, slug: str) -> pagina.Antwoord:
    """An answer that an identity provider gave, or the gemeente that has the case."""
    if request.method == "POST":
        return pagina.to_first_open(reis)
    verder = pagina.to_first_open(reis).location
    persoon = None if slug == "gemeente" else reis.verzoek.persoon
    return pagina.render("vast", reis, persoon=persoon, verder=verder, **pagina.frame(reis, slug))
