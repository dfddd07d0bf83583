"""Who is away and who replaces him: a page of the team, filled in by oneself or by a teamleider."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, ValidationError
from wtforms.validators import InputRequired

from portal import clock
from portal.actions import afwezigheid as acts
from portal.actions.afwezigheid import MAX_DAYS
from portal.domain.errors import AlAfwezig
from portal.domain.roles import Role
from portal.queries import afwezigheid as away
from portal.queries import organisatie
from portal.web.fields import DagMaandJaarField
from portal.web.forms import HouseForm
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.session import actor, db

EERSTE_DAG = "Vul de eerste dag in."
LAATSTE_DAG = "Vul de laatste dag in."


class AfwezigForm(HouseForm):
    medewerker = SelectField("Wie is afwezig?", validate_choice=False)
    van = DagMaandJaarField("Eerste dag", [InputRequired(EERSTE_DAG)])
    tot_en_met = DagMaandJaarField("Laatste dag", [InputRequired(LAATSTE_DAG)])
    vervanger = SelectField("Wie vervangt?", validate_choice=False)

    def offer(self, people: dict[str, str], about: dict[str, str]) -> None:
        self.medewerker.choices = about
        self.vervanger.choices = {"": "Kies een collega", **people}

    def validate_tot_en_met(self, field: DagMaandJaarField) -> None:
        last = field.data
        if last is None:
            return
        if last < clock.today():
            raise ValidationError("De laatste dag is al voorbij.")
        if self.van.data and not self.van.data <= last <= self.van.data + timedelta(days=MAX_DAYS):
            raise ValidationError("De laatste dag ligt na de eerste, en hoogstens een jaar later.")

    def validate_vervanger(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Kies wie er vervangt.")
        if field.data == self.medewerker.data:
            raise ValidationError("Kies iemand anders: niemand vervangt zichzelf.")


@bp.route("/werkvoorraad/afwezigheid", methods=["GET", "POST"])
@may_act
def afwezigheid() -> str | Response:
    """The absences that are not over, and a new one."""
    people = {str(each.id): each.naam for each in organisatie.reviewers(db(), actor().organisatie_id)}
    me = str(actor().id)
    form = AfwezigForm(medewerker=me)
    form.offer(people, people if _is_teamleider() else {me: people.get(me, "")})
    if form.validate_on_submit() and _register(form, people):
        return redirect(url_for(".afwezigheid"))
    return render_template(
        "hulpverlener/afwezigheid.html",
        form=form,
        afwezig=away.listed(db(), clock.today()),
        mag=lambda each: _is_teamleider() or each.afwezigheid.medewerker_id == actor().id,
        is_teamleider=_is_teamleider(),
    )


def _register(form: AfwezigForm, people: dict[str, str]) -> bool:
    """Whether it was kept; otherwise the form says why not."""
    medewerker, vervanger = str(form.medewerker.data), str(form.vervanger.data)
    if medewerker not in people or vervanger not in people:
        form.vervanger.errors = ["Kies een collega die zaken beoordeelt."]
        return False
    try:
        acts.register(
            db(),
            actor(),
            medewerker_id=UUID(medewerker),
            vervanger_id=UUID(vervanger),
            start_on=form.van.data,
            eind_on=form.tot_en_met.data,
        )
    except AlAfwezig:
        form.van.errors = [f"{people[medewerker]} is in deze dagen al afwezig. Haal dat eerst weg."]
        return False
    flash(f"{people[vervanger]} krijgt in deze dagen de zaken van {people[medewerker]}.", "ok")
    return True


@bp.post("/werkvoorraad/afwezigheid/<uuid:afwezigheid_id>/beeindigen")
@may_act
def afwezigheid_beeindigen(afwezigheid_id: UUID) -> Response:
    """Back earlier, or not away at all."""
    acts.end(db(), actor(), afwezigheid_id)
    flash("De afwezigheid is weggehaald.", "ok")
    return redirect(url_for(".afwezigheid"))


def _is_teamleider() -> bool:
    return Role.TEAMLEIDER in actor().roles
