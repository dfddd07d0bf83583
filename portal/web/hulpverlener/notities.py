"""Notes for colleagues, and the registers that were consulted: lists on the case page, and a page to add each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField, ValidationError

from portal.actions import notities as acts
from portal.models import Notitie, Register, Registercontrole, Registeruitkomst
from portal.web.forms import MaxText, MerkForm, required
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.namen import Namen
from portal.web.hulpverlener.woorden_zaak import REGISTER, REGISTERUITKOMST
from portal.web.hulpvrager.forms.velden import NietVerplicht
from portal.web.session import actor, db

KLEUR = {Registeruitkomst.IN_ORDE: "groen", Registeruitkomst.BIJZONDERHEDEN: "oranje"}


class NotitieForm(MerkForm):
    tekst = TextAreaField("Notitie", [required("Vul uw notitie in."), MaxText(what="De notitie")])


class ControleForm(MerkForm):
    uitkomst = RadioField(
        "Wat was het resultaat?",
        choices={str(uitkomst): label for uitkomst, label in REGISTERUITKOMST.items()},
        validate_choice=False,
    )
    toelichting = TextAreaField("Toelichting", [NietVerplicht(), MaxText(what="De toelichting")])

    def validate_uitkomst(self, field: RadioField) -> None:
        if field.data not in set(Registeruitkomst):
            raise ValidationError("Kies wat het resultaat was.")

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if self.uitkomst.data == Registeruitkomst.BIJZONDERHEDEN and not self.toelichting.data:
            self.toelichting.errors = ["Vul in wat er bijzonder is."]
            return False
        return valid


@dataclass(frozen=True, slots=True)
class Controle:
    """One register, and how it was the last time that somebody looked."""

    register: Register
    naam: str
    laatste: Registercontrole | None
    uitkomst: str = ""
    kleur: str = ""
    door: str = ""


def controles(checks: Sequence[Registercontrole], namen: Namen) -> list[Controle]:
    """Every register, looked up or not. The checks are oldest first."""
    last = {check.register: check for check in checks}
    return [_controle(register, last.get(register), namen) for register in Register]


def not_done(checks: Sequence[Registercontrole]) -> list[tuple[Register, str]]:
    """The registers that nobody noted a look in, with their names."""
    done = {check.register for check in checks}
    return [(register, REGISTER[register]) for register in Register if register not in done]


def _controle(register: Register, last: Registercontrole | None, namen: Namen) -> Controle:
    if last is None:
        return Controle(register, REGISTER[register], None)
    words, colour = REGISTERUITKOMST[last.uitkomst], KLEUR[last.uitkomst]
    return Controle(register, REGISTER[register], last, words, colour, namen.staff(last.checked_by))


def written(notes: Sequence[Notitie], namen: Namen) -> list[tuple[Notitie, str]]:
    """Each note with who wrote it."""
    return [(note, namen.staff(note.written_by)) for note in notes]


@bp.route("/werkvoorraad/<uuid:verzoek_id>/notities", methods=["GET", "POST"])
@may_act
def notitie(verzoek_id: UUID) -> str | Response:
    verzoek, form = zaak.load(verzoek_id), NotitieForm()
    if form.validate_on_submit():
        acts.write_notitie(db(), actor(), verzoek_id, form.tekst.data or "", id=form.row_id(verzoek_id))
        flash("De notitie is bewaard.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="notities"))
    return render_template("hulpverlener/notitie.html", verzoek=verzoek, form=form)


@bp.route("/werkvoorraad/<uuid:verzoek_id>/controles/<naam>", methods=["GET", "POST"])
@may_act
def registercontrole(verzoek_id: UUID, naam: str) -> str | Response:
    verzoek, form = zaak.load(verzoek_id), ControleForm()
    register = Register(naam) if naam in set(Register) else abort(404)
    if form.validate_on_submit():
        uitkomst, id = Registeruitkomst(form.uitkomst.data), form.row_id(verzoek_id)
        acts.check_register(db(), actor(), verzoek_id, register, uitkomst, form.toelichting.data or "", id=id)
        flash(f"De controle is genoteerd: {REGISTER[register]}.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="controles"))
    return render_template(
        "hulpverlener/registercontrole.html", verzoek=verzoek, form=form, register=register, naam=REGISTER[register]
    )
