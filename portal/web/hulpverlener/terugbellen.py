"""A hulpvrager asked to be called: what was asked, and what became of the call."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, ValidationError

from portal.actions import terugbellen as acts
from portal.domain.errors import MoveNotAllowed
from portal.domain.status import Eindreden
from portal.models import Pauzeverzoek
from portal.web.forms import HouseForm
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.antwoorden import Rij
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpvrager.forms.vragen import MOMENTEN
from portal.web.session import actor, db
from portal.web.templating import weekday

GESPROKEN, GEEN_GEHOOR = "gesproken", "geen_gehoor"

UITKOMST = {
    GESPROKEN: "Ik sprak de hulpvrager",
    GEEN_GEHOOR: "Ik kreeg geen gehoor. Ik bel later nog een keer",
}

SLUITEN = {
    Eindreden.NIETVERSCHENEN: "Sluiten: wij krijgen de hulpvrager niet te pakken",
    Eindreden.INGETROKKEN: "Sluiten: de hulpvrager wil geen hulp",
    Eindreden.OVERIG: "Sluiten: er is al een ander verzoek, of een andere reden",
}
"""Why nothing comes of an aanmelding with a name and a number."""


class TerugbelForm(HouseForm):
    uitkomst = RadioField("Hoe ging het gesprek?", validate_choice=False)

    @classmethod
    def of(cls, verzoek: Pauzeverzoek) -> "TerugbelForm":
        """With what can have come of the call."""
        form = cls()
        may_close = verzoek.onvolledig and verzoek.is_open
        form.uitkomst.choices = [
            *(UITKOMST.items() if verzoek.bellen_voor else ()),
            *([(str(reden), words) for reden, words in SLUITEN.items()] if may_close else ()),
        ]
        if not form.uitkomst.choices:
            raise MoveNotAllowed("no call is owed")
        return form

    def validate_uitkomst(self, field: RadioField) -> None:
        if field.data not in {value for value, *_ in field.iter_choices()}:
            raise ValidationError("Kies hoe het gesprek ging.")


def gevraagd(verzoek: Pauzeverzoek) -> list[Rij]:
    """Whom to call, where and until when, and what the caller may say."""
    wie = verzoek.gebeld_als
    return [
        ("Naam", wie.naam),
        ("Telefoon", wie.telefoon),
        ("Beste moment", MOMENTEN.get(wie.moment, "")),
        ("Uiterlijk", weekday(verzoek.bellen_voor)),
        (
            "Als iemand anders opneemt",
            "U mag zeggen dat de gemeente belt. Zeg niet waarover."
            if wie.voorstellen
            else "Zeg niet wie u bent en niet waarover u belt. Vraag alleen naar de hulpvrager.",
        ),
    ]


@bp.route("/werkvoorraad/<uuid:verzoek_id>/terugbellen", methods=["GET", "POST"])
@may_act
def terugbellen(verzoek_id: UUID) -> str | Response:
    """One question: how it went."""
    verzoek = zaak.load(verzoek_id)
    form = TerugbelForm.of(verzoek)
    if form.validate_on_submit():
        flash(_note(verzoek_id, form.uitkomst.data), "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    return render_template("hulpverlener/terugbellen.html", verzoek=verzoek, form=form, bellen=gevraagd(verzoek))


def _note(verzoek_id: UUID, uitkomst: str) -> str:
    """Do it, and say so."""
    if uitkomst == GESPROKEN:
        acts.finish_call(db(), actor(), verzoek_id)
        return "Genoteerd. De zaak staat niet meer bij Bel mij."
    if uitkomst == GEEN_GEHOOR:
        acts.miss_call(db(), actor(), verzoek_id)
        return "Genoteerd. De zaak blijft bij Bel mij staan."
    acts.close_aanmelding(db(), actor(), verzoek_id, Eindreden(uitkomst))
    return "De aanmelding is gesloten."
