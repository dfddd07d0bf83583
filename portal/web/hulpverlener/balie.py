"""An aanmelding that is taken down at the desk or on the telephone, and a toestemming by word of mouth."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, Field, RadioField, SelectField, ValidationError

from portal import clock
from portal.actions import balie as acts
from portal.domain.antwoorden import MEERDERJARIG, Bron, age_on
from portal.domain.errors import AlreadyDecided, GemeenteDoetNietMee, MoveNotAllowed
from portal.domain.taal import Taal
from portal.models import Pauzeverzoek
from portal.queries import organisatie
from portal.web.forms import MerkForm
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm
from portal.web.hulpverlener.leestaal import taalkeuze
from portal.web.hulpverlener.woorden_zaak import BRON
from portal.web.hulpvrager.forms import vragen
from portal.web.hulpvrager.forms.velden import StapForm
from portal.web.hulpvrager.toestemming import text as consent_text
from portal.web.hulpvrager.vraag import LOCKED_BY_IDENTITY
from portal.web.session import actor, db
from portal.web.templating import day

VRAGEN: dict[str, type[StapForm]] = {
    "dreiging": vragen.DreigingForm,
    "naam": vragen.NaamForm,
    "geboortedatum": vragen.GeboortedatumForm,
    "adres": vragen.AdresForm,
    "contact": vragen.ContactForm,
    "hulp": vragen.HulpForm,
    "bedrijf": vragen.BedrijfForm,
}
"""The questions of the journey that are asked on one page, in its order, with its own forms and rules."""

WIJZE = {str(bron): words for bron, words in BRON.items() if bron is not Bron.DIGID}


MEANWHILE = "De hulpvrager vulde intussen zelf iets in. Vraag wat er moet staan, en verstuur opnieuw."


class BalieForm(MerkForm, VersieForm):
    """Where it is taken down, for which gemeente when none has it, and what was said about telling schuldeisers."""

    bron = RadioField("Waar spreekt u de hulpvrager?", choices=WIJZE, validate_choice=False)
    taal = taalkeuze()
    gemeente = SelectField("In welke gemeente woont de hulpvrager?", validate_choice=False)
    keuze = RadioField(
        "Mag de gemeente schuldeisers een bericht sturen?",
        choices={"ja": "Ja, de hulpvrager geeft toestemming", "nee": "Nee, nu niet"},
        validate_choice=False,
    )
    voorgelezen = BooleanField("Ik heb de tekst voorgelezen")
    nagelopen = BooleanField("Ik heb deze schulden voorgelezen")

    @classmethod
    def of(cls, verzoek: Pauzeverzoek | None) -> "BalieForm":
        """For a new aanmelding, or one that a gemeente has already."""
        form = cls(versie=str(verzoek.versie), taal=str(verzoek.reads)) if verzoek else cls()
        if verzoek is None or not verzoek.schulden:
            del form.nagelopen
        if verzoek is not None:
            del form.gemeente
            return form
        own = [
            each for each in organisatie.gemeenten_now(db(), actor().organisatie_id) if each.exists_on(clock.today())
        ]
        form.gemeente.choices = {"": "Kies een gemeente", **{each.code: each.naam for each in own}}
        return form

    @property
    def gekozen(self) -> Taal:
        """The language, once it was found right."""
        return Taal(self.taal.data)

    def validate_bron(self, field: RadioField) -> None:
        if field.data not in WIJZE:
            raise ValidationError("Kies waar u de hulpvrager spreekt.")

    def validate_gemeente(self, field: SelectField) -> None:
        if not field.data or field.data not in {value for value, *_ in field.iter_choices()}:
            raise ValidationError("Kies een gemeente. Woont iemand ergens anders? Verwijs dan naar die gemeente.")

    def validate_keuze(self, field: RadioField) -> None:
        if field.data not in {"ja", "nee"}:
            raise ValidationError("Kies of de hulpvrager toestemming geeft.")

    def validate_nagelopen(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError("Lees de schulden voor die al op de lijst staan, en zet een vinkje.")

    def validate_voorgelezen(self, field: BooleanField) -> None:
        if self.keuze.data == "ja" and not field.data:
            raise ValidationError("Lees de tekst voor en zet een vinkje, of kies ‘Nee’.")


class Aanmelding:
    """All forms of the page as one, for the summary of what is wrong. Filled with what was answered already."""

    def __init__(self, verzoek: Pauzeverzoek | None) -> None:
        self.balie = BalieForm.of(verzoek)
        locked = LOCKED_BY_IDENTITY if verzoek and verzoek.bron == Bron.DIGID else frozenset()
        self.vraag = {
            slug: form(prefix=f"{slug}-", meta={"csrf": False}, data=_kept(verzoek, slug))
            for slug, form in VRAGEN.items()
            if slug not in locked
        }
        self.geboren_on = verzoek.persoon.geboren_on if verzoek and locked else None
        self.is_geheim = verzoek is not None and verzoek.adres.geheim
        self.forms = (self.balie, *self.vraag.values())

    def __iter__(self) -> Iterator[Field]:
        return (field for form in self.forms for field in form)

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self.forms if form.errors]

    @property
    def form_errors(self) -> list[str]:
        return [message for form in self.forms for message in form.form_errors]

    def validate_on_submit(self) -> bool:
        """Every form is looked at, so that everything to mend is said at once."""
        if not self.balie.is_submitted():
            return False
        valid = [form.validate() for form in self.forms]
        return all(valid)

    def secties(self) -> dict[str, dict[str, Any]]:
        """The answers as the journey keeps them."""
        told = {slug: form.sectie() for slug, form in self.vraag.items()}
        geboren_on = self.geboren_on or self.vraag["geboortedatum"]["geboren_on"].data
        if geboren_on and age_on(geboren_on, clock.today()) < MEERDERJARIG:
            told["minderjarig"] = {"gelezen": True}
        if self.is_geheim:  # lifting it is another act
            told["adres"]["geheim"] = True
        if self.balie.gemeente:
            told["gemeente"] = {"code": self.balie.gemeente.data}
        return told | {"schulden": {"klaar": True}, "toestemming": {"keuze": self.balie.keuze.data}}


def _kept(verzoek: Pauzeverzoek | None, slug: str) -> dict[str, Any]:
    """What a form shows: what was answered before, or said about the call.

    Mail addresses open the case. Unless DigiD vouched for who typed them they are asked anew, and the number of a
    helper with them.
    """
    sectie = dict(verzoek.antwoorden.get(slug, {})) if verzoek else {}
    if verzoek is None or verzoek.bron == Bron.DIGID:
        return VRAGEN[slug].shown(sectie)
    if slug == "contact":
        asked = verzoek.gebeld_als
        sectie = {"telefoon": asked.telefoon, "moment": asked.moment} if asked.telefoon else {}
    if slug == "hulp":
        sectie = {name: value for name, value in sectie.items() if name not in {"email", "telefoon"}}
    return VRAGEN[slug].shown(sectie)


class ToestemmingForm(VersieForm):
    voorgelezen = BooleanField("Ik heb de tekst voorgelezen en de hulpvrager zei ja")

    def validate_voorgelezen(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError("Lees de tekst voor en zet een vinkje als de hulpvrager ja zei.")


@bp.route("/werkvoorraad/aanmelding", methods=["GET", "POST"])
@may_act
def aanmelding() -> str | Response:
    """Everything on one page, to read out and fill in; schulden are added on the case page."""
    form = Aanmelding(None)
    if form.validate_on_submit():
        id = form.balie.row_id(actor().id or UUID(int=0))
        try:
            acts.register_aanmelding(db(), actor(), id, Bron(form.balie.bron.data), form.secties(), form.balie.gekozen)
        except GemeenteDoetNietMee:
            form.balie.gemeente.errors = ["Deze gemeente doet niet meer mee. Kies een andere gemeente."]
        else:
            return _filed(id)
    return _show(form, None)


@bp.route("/werkvoorraad/<uuid:verzoek_id>/aanmelding", methods=["GET", "POST"])
@may_act
def aanmelding_aanvullen(verzoek_id: UUID) -> str | Response:
    """The same page for who asked to be called, with what is known already."""
    verzoek = zaak.load(verzoek_id)
    if not verzoek.may_answer:
        raise MoveNotAllowed("every question was answered")
    form = Aanmelding(verzoek)
    if form.validate_on_submit():
        bron, versie = Bron(form.balie.bron.data), form.balie.read_versie
        try:
            acts.complete_aanmelding(db(), actor(), verzoek_id, versie, bron, form.secties(), form.balie.gekozen)
        except AlreadyDecided:
            return _once_more(form, verzoek_id)
        return _filed(verzoek_id)
    return _show(form, verzoek)


def _once_more(form: Aanmelding, verzoek_id: UUID) -> str:
    """The hulpvrager changed something meanwhile: what the hulpverlener typed stays, and counts when sent again."""
    verzoek = zaak.load(verzoek_id)
    if not verzoek.may_answer:
        raise AlreadyDecided("completed meanwhile")
    form.balie.versie.data = str(verzoek.versie)
    form.balie.form_errors.append(MEANWHILE)
    return _show(form, verzoek)


def _filed(id: UUID) -> Response:
    verzoek = zaak.load(id)
    flash(
        f"De aanmelding is compleet. Noem het kenmerk: {verzoek.kenmerk}. "
        f"Eerste gesprek: uiterlijk {day(verzoek.eerste_gesprek_voor)}. Voeg nu de schulden toe.",
        "ok",
    )
    return redirect(url_for(".dossier", verzoek_id=id))


def _show(form: Aanmelding, verzoek: Pauzeverzoek | None) -> str:
    return render_template("hulpverlener/aanmelding.html", form=form, verzoek=verzoek, toestemming=consent_text())


@bp.route("/werkvoorraad/<uuid:verzoek_id>/toestemming", methods=["GET", "POST"])
@may_act
def toestemming_noteren(verzoek_id: UUID) -> str | Response:
    """The hulpvrager says yes by word of mouth."""
    verzoek = zaak.load_open(verzoek_id)
    if not verzoek.wants_toestemming:
        raise MoveNotAllowed("no toestemming is wanted")
    form = ToestemmingForm(versie=str(verzoek.versie))
    if form.validate_on_submit():
        acts.note_toestemming(db(), actor(), verzoek_id, form.read_versie)
        flash("De toestemming is genoteerd.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    return render_template(
        "hulpverlener/toestemming_noteren.html", verzoek=verzoek, form=form, toestemming=consent_text()
    )
