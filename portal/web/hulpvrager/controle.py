"""The check page: every answer with a way to change it, and the button that files the pauzeverzoek."""

from typing import Any

from flask import redirect, request, url_for

from portal.actions.hulpvrager import submit
from portal.domain.antwoorden import Contact
from portal.domain.errors import GemeenteDoetNietMee, MoveNotAllowed, NietCompleet
from portal.domain.stappen import CONTROLE
from portal.queries import reis as reizen
from portal.queries.reis import Reis
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, pagina, samenvatting
from portal.web.hulpvrager.forms.slot import IndienenForm
from portal.web.hulpvrager.vraag import is_locked


@bp.route("/controle", methods=["GET", "POST"])
@hulpvrager
def controle() -> pagina.Antwoord:
    """Look everything over, and file it."""
    reis = pagina.load()
    if not reis.may_answer:
        return redirect(url_for("hulpvrager.bevestiging"))
    if away := pagina.elsewhere(reis, CONTROLE):
        return away
    form = IndienenForm()
    if request.method == "POST" and form.validate():
        return _file()
    lines = reizen.schulden(session.db(), reis.verzoek.id)
    return pagina.render(
        "controle",
        reis,
        pagina.INVALID if form.errors else pagina.OK,
        form=form,
        rows=[(label, words, _change_url(reis, slug)) for slug, label, words in _answers(reis)],
        schulden=[samenvatting.schuld_row(line.verteld) for line in lines],
        belt=bool(Contact.read(reis.antwoorden).telefoon),
        schulden_url=url_for("hulpvrager.schulden"),
        terug=pagina.url_of(reis.before(CONTROLE)),
    )


def _file() -> pagina.Antwoord:
    """Filing twice is filing once: both lead to the confirmation."""
    try:
        submit(session.db(), session.actor())
    except MoveNotAllowed:
        pass
    except NietCompleet as error:
        return pagina.to_slug(error.stap)
    except GemeenteDoetNietMee:
        return pagina.to_slug("nog-niet")
    return redirect(url_for("hulpvrager.bevestiging"))


def _answers(reis: Reis) -> list[samenvatting.Row]:
    return samenvatting.rows(reis.antwoorden, reis.route.gemeente.naam if reis.route else "")


def _change_url(reis: Reis, slug: str) -> Any:
    return None if is_locked(reis, slug) else pagina.url_of(slug)
