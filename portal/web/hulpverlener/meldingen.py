"""What a hulpvrager reported after filing: on the case page, and on a page of its own to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from portal.actions.melden import handle
from portal.clock import dutch_date
from portal.domain.errors import NotFound
from portal.domain.melding import Meldingsoort
from portal.domain.roles import REVIEWERS
from portal.domain.status import Move
from portal.models import Kennisgeving, Melding, Pauzeverzoek
from portal.queries import dossier, fotos
from portal.web.forms import HouseForm, MaxText
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act, may_read
from portal.web.hulpverlener.woorden import MELDINGSOORT, POSTMOMENT, POSTSOORT
from portal.web.hulpvrager.forms.velden import NietVerplicht
from portal.web.hulpvrager.samenvatting import schuld_row
from portal.web.session import actor, db
from portal.web.templating import day


class MeldingForm(HouseForm):
    reactie = TextAreaField("Antwoord aan de hulpvrager", [NietVerplicht(), MaxText(what="Uw antwoord")])


@dataclass(frozen=True, slots=True)
class Gemeld:
    """One report in words: what it is, a badge for when the post was written, and the facts."""

    melding: Melding
    wat: str
    badge: tuple[str, str] | None
    feiten: list[tuple[str, str | list[str]]]

    @property
    def is_open(self) -> bool:
        return self.melding.handled_at is None


def gemeld(verzoek: Pauzeverzoek, rows: Sequence[Melding], ontvangers: dict[UUID, str]) -> list[Gemeld]:
    """The reports of a case. `ontvangers`: id of a Kennisgeving → who it is for."""
    return [_read(verzoek, melding, ontvangers) for melding in rows]


def _read(verzoek: Pauzeverzoek, melding: Melding, ontvangers: dict[UUID, str]) -> Gemeld:
    what = MELDINGSOORT[melding.soort]
    wat = f"{what[0].upper()}{what[1:]}"
    match melding.soort:
        case Meldingsoort.POST:
            return _post(verzoek, melding, wat, ontvangers)
        case Meldingsoort.SCHULD:
            naam, regels = schuld_row(melding.schuld)
            return Gemeld(melding, wat, None, [("Volgens de hulpvrager", [naam, *regels])])
    return Gemeld(melding, wat, None, [("Volgens de hulpvrager", melding.tekst)])


def _post(verzoek: Pauzeverzoek, melding: Melding, wat: str, ontvangers: dict[UUID, str]) -> Gemeld:
    post, message = melding.post, melding.kennisgeving
    begin, end = _pause(verzoek, message)
    feiten: list[tuple[str, str | list[str]]] = [
        ("Van", post.afzender),
        ("Wat", POSTSOORT[post.wat]),
        ("Gedateerd", day(post.gedateerd_on) if post.gedateerd_on else "Niet bekend"),
        ("Ons bericht", _sent(message, ontvangers)),
        ("Pauze", f"van {day(begin)} tot en met {day(end)}" if begin and end else ""),
        ("In het kort", post.tekst),
    ]
    badge = POSTMOMENT[post.moment(begin, end)] if begin and end else None
    return Gemeld(melding, wat, badge, feiten)


def _sent(message: Kennisgeving | None, ontvangers: dict[UUID, str]) -> str:
    if message is None:
        return "Aan deze partij ging geen bericht"
    at = message.handed_over_at
    return f"{ontvangers.get(message.id, '')}, {f'verstuurd op {day(dutch_date(at))}' if at else 'nog niet verstuurd'}"


def _pause(verzoek: Pauzeverzoek, message: Kennisgeving | None) -> tuple[date | None, date | None]:
    """The days asked of who sent the post; of an unknown party those of the case."""
    return (message.start_on, message.eind_on) if message else (verzoek.start_on, verzoek.eind_on)


@bp.get("/werkvoorraad/<uuid:verzoek_id>/meldingen/<uuid:melding_id>")
@may_read
def melding(verzoek_id: UUID, melding_id: UUID) -> str:
    """One report with all that belongs to it, and a box to answer."""
    return _page(verzoek_id, melding_id, MeldingForm(formdata=None))


@bp.post("/werkvoorraad/<uuid:verzoek_id>/meldingen/<uuid:melding_id>")
@may_act
def melding_afhandelen(verzoek_id: UUID, melding_id: UUID) -> Response | tuple[str, int]:
    """It was looked at; what is written is for the hulpvrager to read."""
    form = MeldingForm()
    if not form.validate():
        return _page(verzoek_id, melding_id, form), 422
    of_case(verzoek_id, melding_id)
    handle(db(), actor(), melding_id, form.reactie.data or "")
    flash("Dit bericht is afgehandeld.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id))


def _page(verzoek_id: UUID, melding_id: UUID, form: MeldingForm) -> str:
    verzoek = zaak.load(verzoek_id)
    found = of_case(verzoek_id, melding_id)
    namen = {each.id: each.schuldeiser.naam for each in dossier.kennisgevingen(db(), verzoek_id)}
    return render_template(
        "hulpverlener/melding.html",
        verzoek=verzoek,
        gemeld=_read(verzoek, found, namen),
        form=form,
        fotos=fotos.sent_with(db(), verzoek_id, melding_id),
        mag_toevoegen=actor().is_reviewer and found.soort is Meldingsoort.SCHULD and zaak.may_match(verzoek),
        mag_corrigeren=actor().is_reviewer
        and found.soort is Meldingsoort.GEGEVENS
        and zaak.allows(verzoek, Move.CORRECT),
        mag_afhandelen=bool(actor().roles & REVIEWERS) and found.handled_at is None,
    )


def of_case(verzoek_id: UUID, melding_id: UUID) -> Melding:
    """One report of this case. Raises NotFound."""
    for each in dossier.meldingen(db(), verzoek_id):
        if each.id == melding_id:
            return each
    raise NotFound(f"melding {melding_id}")
