"""Write down the first conversation and the beschikking: the two days at which a clock of the Wgs stops."""

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, ValidationError

from portal import clock
from portal.actions import wgs
from portal.domain.errors import DatumOngeldig, MoveNotAllowed
from portal.domain.status import WGS_LOOPT
from portal.models import Pauzeverzoek
from portal.queries import organisatie
from portal.web.fields import DagMaandJaarField
from portal.web.forms import required
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm
from portal.web.hulpverlener.woorden import plural
from portal.web.session import actor, db, settings
from portal.web.templating import day

WEL, NIET = "wel", "niet"


class GesprekForm(VersieForm):
    op = DagMaandJaarField("Op welke dag was het gesprek?", [required("Vul de dag van het gesprek in.")], ahead_years=0)


class BeschikkingForm(VersieForm):
    op = DagMaandJaarField(
        "Welke datum staat op de beschikking?", [required("Vul de datum van de beschikking in.")], ahead_years=0
    )
    uitkomst = RadioField(
        "Wat staat in de beschikking?",
        choices={WEL: "Toegelaten tot de schuldhulp", NIET: "Niet toegelaten tot de schuldhulp"},
        validate_choice=False,
    )

    def validate_uitkomst(self, field: RadioField) -> None:
        if field.data not in (WEL, NIET):
            raise ValidationError("Kies wat er in de beschikking staat.")

    @property
    def toegelaten(self) -> bool:
        return bool(self.uitkomst.data == WEL)

    @staticmethod
    def written(toegelaten: bool | None) -> str | None:
        """The choice for what was kept."""
        return None if toegelaten is None else WEL if toegelaten else NIET


@bp.route("/werkvoorraad/<uuid:verzoek_id>/eerste-gesprek", methods=["GET", "POST"])
@may_act
def eerste_gesprek(verzoek_id: UUID) -> str | Response:
    verzoek = _running(verzoek_id)
    form = GesprekForm(versie=str(verzoek.versie), op=verzoek.eerste_gesprek_on or clock.today())
    if form.validate_on_submit() and form.op.data:
        try:
            standaard = settings().beschikking_weken
            voor = wgs.register_gesprek(db(), actor(), verzoek_id, form.read_versie, form.op.data, standaard)
        except DatumOngeldig:
            form.op.errors = [_outside(verzoek.meldingsdatum, "het verzoek", verzoek.beschikking_on, "de beschikking")]
        else:
            flash(f"Het eerste gesprek is genoteerd. De beschikking moet er uiterlijk {day(voor)} zijn.", "ok")
            return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    chosen = organisatie.load(db(), verzoek.organisatie_id).beschikking_weken
    termijn = plural(chosen or settings().beschikking_weken, "week", "weken")
    return render_template("hulpverlener/eerste_gesprek.html", verzoek=verzoek, form=form, termijn=termijn)


@bp.route("/werkvoorraad/<uuid:verzoek_id>/beschikking", methods=["GET", "POST"])
@may_act
def beschikking(verzoek_id: UUID) -> str | Response:
    """Before the first conversation there is nothing to decide on."""
    verzoek = _running(verzoek_id)
    if verzoek.eerste_gesprek_on is None:
        raise MoveNotAllowed("a beschikking before the first conversation")
    form = BeschikkingForm(
        versie=str(verzoek.versie),
        op=verzoek.beschikking_on or clock.today(),
        uitkomst=BeschikkingForm.written(verzoek.toegelaten),
    )
    if form.validate_on_submit() and form.op.data:
        try:
            wgs.register_beschikking(
                db(), actor(), verzoek_id, form.read_versie, form.op.data, toegelaten=form.toegelaten
            )
        except DatumOngeldig:
            form.op.errors = [_outside(verzoek.eerste_gesprek_on, "het eerste gesprek", None, "")]
        else:
            flash("De beschikking is genoteerd.", "ok")
            return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    return render_template("hulpverlener/beschikking.html", verzoek=verzoek, form=form)


def _running(verzoek_id: UUID) -> Pauzeverzoek:
    verzoek = zaak.load(verzoek_id)
    if verzoek.status not in WGS_LOOPT:
        raise MoveNotAllowed(f"track of the Wgs in {verzoek.status}")
    return verzoek


def _outside(first: date | None, first_what: str, last: date | None, last_what: str) -> str:
    """What the earliest and the latest day are."""
    until = f"{last_what} van {day(last)}" if last else "vandaag"
    return f"Kies een dag vanaf {first_what} van {day(first)} tot en met {until}."
