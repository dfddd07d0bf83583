"""Mijn gegevens: what the portal knows of a person and who got it, as page, on paper and as file; wiping a concept."""

import json
from collections.abc import Sequence
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions.hulpvrager import delete_concept
from portal.clock import dutch_date
from portal.db import limits
from portal.domain.errors import MoveNotAllowed
from portal.domain.foto import BRIEF_OP_FOTO
from portal.domain.kennisgeving import Soort
from portal.domain.melding import Meldingsoort
from portal.models import Aanvulling, Melding, Pauzeverzoek
from portal.queries import antwoord, bewijs, dossier, fotos
from portal.queries.reis import Reis
from portal.texts.talen import gettext, speaking, spoken
from portal.web import session
from portal.web.access import hulpvrager
from portal.web.hulpvrager import bp, gegevensblad, inzage, melden, pagina, samenvatting, zinnen
from portal.web.taal import NAMEN
from portal.web.templating import day


@bp.get("/gegevens")
@hulpvrager
def gegevens() -> pagina.Antwoord:
    """What was filled in, who got what, and what was done with it."""
    reis = pagina.load()
    alles = _everything(reis)
    verzoek = alles.verzoek
    return pagina.render(
        "gegevens",
        reis,
        verzoek=verzoek,
        fotos=alles.fotos,
        gebeurd=alles.gebeurd,
        organisatie=verzoek.organisatie.naam if verzoek.organisatie else "",
        may_report=melden.may_report(verzoek, Meldingsoort.GEGEVENS),
        terug=url_for("hulpvrager.status"),
        pdf_in_dutch=gegevensblad.taal() is not spoken(),
        **_shown(reis, alles, NAMEN[verzoek.reads]),
    )


@bp.get("/gegevens.pdf")
@hulpvrager
def gegevens_pdf() -> Response:
    """The same on paper, to keep or to take along; in Dutch where the typeface has no letters for the language."""
    limits.hit(session.database(), limits.SHEETS_PER_VERZOEK, str(session.verzoek_id()))
    with speaking(gegevensblad.taal()):
        reis = pagina.load()
        alles = _everything(reis)
        words = gegevensblad.words(
            alles, **_shown(reis, alles, gegevensblad.called(alles.verzoek.reads)), now=clock.now()
        )
    made = current_app.extensions["print_sheet"](gegevensblad.SJABLOON, words, clock.today())
    return _download(made, "application/pdf", f"gegevens-{alles.verzoek.kenmerk}.pdf")


@bp.get("/gegevens.json")
@hulpvrager
def gegevens_json() -> Response:
    """The same, whole, for another program."""
    alles = _everything(pagina.load())
    written = json.dumps(inzage.document(alles), ensure_ascii=False, indent=1)
    return _download(written, "application/json", f"gegevens-{alles.verzoek.kenmerk}.json")


def _download(content: str | bytes, mimetype: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return current_app.response_class(content, mimetype=mimetype, headers=headers)


@bp.route("/verwijderen", methods=["GET", "POST"])
@hulpvrager
def verwijderen() -> pagina.Antwoord:
    """Ask first, then delete a concept with everything in it, at once."""
    reis = pagina.load()
    if not reis.is_concept:
        return redirect(url_for("hulpvrager.status"))
    if request.method == "GET":
        return pagina.render("verwijderen", reis, terug=url_for("hulpvrager.gegevens"))
    try:
        delete_concept(session.db(), session.actor())
    except MoveNotAllowed:  # filed meanwhile
        return redirect(url_for("hulpvrager.status"))
    session.forget_hulpvrager()
    flash(gettext("Alles wat u had ingevuld, is gewist."), "ok")
    return redirect(url_for("public.start"))


def _shown(reis: Reis, alles: inzage.Alles, taal: str) -> dict[str, Any]:
    """What the page and the sheet say in the same words. `taal`: what the language of the person is called there."""
    verzoek = alles.verzoek
    gemeente = reis.route.gemeente.naam if reis.route else ""
    return {
        "rows": [(label, words) for _, label, words in samenvatting.rows(reis.antwoorden, gemeente)]
        + samenvatting.call_rows(verzoek.gebeld_als)
        + inzage.taal_rows(taal)
        + inzage.partner_rows(verzoek),
        "schulden": [samenvatting.schuld_row(schuld.verteld) for schuld in verzoek.schulden_for_hulpvrager],
        "ontvangers": [
            inzage.Ontvanger.read(each)
            for each in alles.kennisgevingen
            if each.handed_over_at and each.soort is not Soort.INTREKKING
        ],
    }


def _everything(reis: Reis) -> inzage.Alles:
    db = session.db()
    verzoek = dossier.load(db, reis.verzoek.id)
    issued = dossier.kennisgevingen_for_hulpvrager(db, verzoek.id)
    namen = {str(message.id): message.schuldeiser.naam for message in issued}
    organisatie = verzoek.organisatie.naam if verzoek.organisatie else ""
    asked, reported = dossier.aanvullingen(db, verzoek.id), dossier.meldingen(db, verzoek.id)
    return inzage.Alles(
        verzoek=verzoek,
        kennisgevingen=issued,
        antwoorden=antwoord.last_answers(db, verzoek.id),
        berichten=dossier.berichten(db, verzoek.id),
        aanvullingen=asked,
        meldingen=reported,
        fotos=_photos(verzoek, asked, reported),
        gebeurd=inzage.gebeurd(bewijs.chain(db, verzoek.id), namen, organisatie),
    )


def _photos(verzoek: Pauzeverzoek, asked: Sequence[Aanvulling], reported: Sequence[Melding]) -> list[inzage.Fotoregel]:
    """Each photo with what it came with, in the order of sending."""
    bij = {schuld.id: samenvatting.schuld_row(schuld.verteld)[0] for schuld in verzoek.schulden_for_hulpvrager}
    bij |= {each.id: _answer_of(each) for each in asked}
    bij |= {each.id: zinnen.gemeld(each) for each in reported}
    return [
        inzage.Fotoregel(
            foto,
            bij.get(foto.bij, gettext(BRIEF_OP_FOTO)),
            [
                url_for("hulpvrager.foto", foto_id=foto.id, pagina=number, _external=True)
                for number in range(1, foto.paginas + 1)
            ],
        )
        for foto in fotos.of_case(session.db(), verzoek.id)
    ]


def _answer_of(asked: Aanvulling) -> str:
    on = day(dutch_date(asked.answered_at)) if asked.answered_at else ""
    return gettext("Uw antwoord van %(dag)s", dag=on)
