"""The text blocks of the own organisatie: the list, a new one, other words, remove."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, TextAreaField, ValidationError

from portal.actions import tekstblokken as acts
from portal.domain.errors import BestaatAl, TeVeelTekstblokken
from portal.models import Bloksoort
from portal.queries import tekstblokken as blocks
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.forms import HouseForm, MaxText, OneLine, ZonderBsn, required
from portal.web.hulpverlener.woorden_zaak import BLOKSOORT
from portal.web.session import actor, db

may_keep = requires(*acts.KEEPERS)

MAX_TITEL = 60
"""Characters in the name by which a block is chosen."""

BESTAAT_AL = "Er is al een tekstblok met deze titel. Kies een andere."


class TekstblokForm(HouseForm):
    titel = StringField("Titel", [required("Vul een titel in."), OneLine(MAX_TITEL, "De titel")])
    tekst = TextAreaField("Tekst", [required("Vul de tekst in."), MaxText(what="De tekst"), ZonderBsn()])


class NieuwTekstblokForm(TekstblokForm):
    soort = RadioField(
        "Waarvoor is de tekst?",
        choices={str(soort): label for soort, label in BLOKSOORT.items()},
        validate_choice=False,
    )

    def validate_soort(self, field: RadioField) -> None:
        if field.data not in set(Bloksoort):
            raise ValidationError("Kies waarvoor de tekst is.")


@bp.get("/beheer/tekstblokken")
@may_keep
def tekstblokken() -> str:
    return render_template(
        "beheer/tekstblokken.html",
        blokken=[(blok, BLOKSOORT[blok.soort]) for blok in blocks.all_of(db(), actor())],
    )


@bp.route("/beheer/tekstblokken/nieuw", methods=["GET", "POST"])
@may_keep
def tekstblok_nieuw() -> str | Response:
    form = NieuwTekstblokForm()
    if form.validate_on_submit():
        try:
            soort = Bloksoort(form.soort.data)
            acts.add_tekstblok(db(), actor(), soort, form.titel.data or "", form.tekst.data or "")
        except BestaatAl:
            form.titel.errors = [BESTAAT_AL]
        except TeVeelTekstblokken:
            form.form_errors.append(f"Er zijn al {acts.MAX_BLOKKEN} tekstblokken. Haal er eerst een weg.")
        else:
            flash("Het tekstblok is bewaard.", "ok")
            return redirect(url_for(".tekstblokken"))
    return render_template("beheer/tekstblok.html", form=form, blok=None)


@bp.route("/beheer/tekstblokken/<uuid:tekstblok_id>", methods=["GET", "POST"])
@may_keep
def tekstblok(tekstblok_id: UUID) -> str | Response:
    blok = blocks.one(db(), tekstblok_id)
    form = TekstblokForm(titel=blok.titel, tekst=blok.tekst)
    if form.validate_on_submit():
        db().expunge(blok)  # the act reads it again
        try:
            acts.change_tekstblok(db(), actor(), tekstblok_id, form.titel.data or "", form.tekst.data or "")
        except BestaatAl:
            form.titel.errors = [BESTAAT_AL]
        else:
            flash("Het tekstblok is bewaard.", "ok")
            return redirect(url_for(".tekstblokken"))
    return render_template("beheer/tekstblok.html", form=form, blok=blok, soort=BLOKSOORT[blok.soort])


@bp.route("/beheer/tekstblokken/<uuid:tekstblok_id>/verwijderen", methods=["GET", "POST"])
@may_keep
def tekstblok_verwijderen(tekstblok_id: UUID) -> str | Response:
    """Ask first."""
    blok = blocks.one(db(), tekstblok_id)
    if request.method == "POST":
        db().expunge(blok)
        acts.remove_tekstblok(db(), actor(), tekstblok_id)
        flash("Het tekstblok is weg.", "ok")
        return redirect(url_for(".tekstblokken"))
    return render_template("beheer/tekstblok_verwijderen.html", blok=blok, form=HouseForm(formdata=None))
