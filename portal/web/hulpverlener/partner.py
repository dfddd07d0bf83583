"""The partner of a case: who it is, the own toestemming, and whose each schuld is."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, StringField, ValidationError

from portal import clock
from portal.actions import partner as acts
from portal.domain.antwoorden import age_on
from portal.domain.errors import AdresInReferentie, AlVerteld, MoveNotAllowed, NotFound
from portal.domain.schuldenaar import Schuldenaar
from portal.models import Partner, Pauzeverzoek
from portal.texts.bericht import blokken
from portal.texts.partnertoestemming import TEKST
from portal.web.fields import DagMaandJaarField
from portal.web.forms import required
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.antwoorden import Rij
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm
from portal.web.hulpverlener.namen import Namen
from portal.web.hulpverlener.woorden import en, plural
from portal.web.hulpverlener.woorden_zaak import SCHULDENAAR
from portal.web.hulpvrager import invoer
from portal.web.hulpvrager.forms.velden import Email, InNaam, Keuze, MagLeeg, NietVerplicht, Telefoon
from portal.web.hulpvrager.forms.vragen import MOMENTEN, ContactForm, GeboortedatumForm
from portal.web.session import actor, db
from portal.web.templating import day

VAN = "van-"


class PartnerForm(VersieForm):
    """The partner's own name, contact and secret address: the household is that of the hulpvrager."""

    voorletters = StringField("Voorletters", [NietVerplicht(), InNaam("Dit", 60)])
    voorvoegsel = StringField("Tussenvoegsel", [NietVerplicht(), InNaam("Dit", 20)])
    achternaam = StringField("Achternaam", [required("Vul de achternaam in."), InNaam("De achternaam")])
    geboren_on = DagMaandJaarField("Geboortedatum", [required("Vul de geboortedatum in.")], ahead_years=0)
    telefoon = StringField("Telefoonnummer van de partner zelf", [MagLeeg(), Telefoon()])
    email = StringField("E-mailadres van de partner zelf", [MagLeeg(), Email()])
    meelezen = BooleanField("Iemand anders leest deze e-mail")
    moment = Keuze("Wanneer is bellen veilig?", "Kies wanneer bellen veilig is.", MOMENTEN)
    geheim = BooleanField("Het adres van de partner is geheim")

    validate_geboren_on = GeboortedatumForm.validate_geboren_on

    def secties(self, known: Partner | None) -> dict[str, dict[str, Any]]:
        """Shaped like the answers of a hulpvrager. What is secret stays so."""
        naam = {name: self[name].data or "" for name in ("voorvoegsel", "achternaam")}
        return {
            "naam": {"voorletters": invoer.voorletters(self.voorletters.data or ""), **naam},
            "geboortedatum": GeboortedatumForm.sectie(self),
            "contact": ContactForm.sectie(self),
            "adres": {"geheim": bool(self.geheim.data or (known and known.geheim))},
        }


def _form(verzoek: Pauzeverzoek) -> PartnerForm:
    """What is known now."""
    partner = verzoek.partner
    values: dict[str, Any] = {"moment": "maakt_niet_uit"}
    if partner is not None:
        told = partner.gegevens
        values = {**told["naam"], **told["contact"], **told["adres"], "geboren_on": partner.persoon.geboren_on}
    return PartnerForm(versie=str(verzoek.versie), data=values)


def rows(verzoek: Pauzeverzoek, namen: Namen) -> list[Rij]:
    """The partner as the reviewer reads him or her; empty without one."""
    partner = verzoek.partner
    if partner is None:
        return []
    wie, contact, born = partner.persoon, partner.contact, partner.persoon.geboren_on
    return [
        ("Naam", wie.naam),
        ("Geboren", f"{day(born)} ({age_on(born, clock.today())} jaar)" if born else ""),
        ("Adres", "Hetzelfde, en geheim" if partner.geheim else "Hetzelfde"),
        ("Telefoon", contact.telefoon),
        ("E-mail", f"{contact.email} (iemand leest mee)" if contact.meelezen and contact.email else contact.email),
        ("Bellen is veilig", dict(MOMENTEN).get(contact.moment, "")),
        ("Toestemming", _consent(partner, namen)),
    ]


def _consent(partner: Partner, namen: Namen) -> str:
    given = partner.toestemming
    if given is None:
        ended = [each.revoked_at for each in partner.toestemmingen if each.revoked_at]
        return f"Ingetrokken op {day(clock.dutch_date(max(ended)))}" if ended else "Nog niet"
    heard = namen.staff(given.heard_by)
    return f"Gegeven op {day(clock.dutch_date(given.given_at))} (versie {given.versie}), mondeling aan {heard}"


@bp.route("/werkvoorraad/<uuid:verzoek_id>/partner", methods=["GET", "POST"])
@may_act
def partner(verzoek_id: UUID) -> str | Response:
    """Add the partner, or mend what is known."""
    verzoek = _load(verzoek_id)
    form = _form(verzoek)
    if form.validate_on_submit() and (failed := _saved(verzoek, form)) is not None:
        missed = f" Een correctie lukte niet voor {en(failed)}. Kijk bij ‘Corrigeren’." if failed else ""
        flash(f"De gegevens van de partner zijn opgeslagen.{missed}", "warning" if failed else "ok")
        return _back(verzoek_id)
    return render_template("hulpverlener/partner.html", verzoek=zaak.load(verzoek_id), form=form)


def _saved(verzoek: Pauzeverzoek, form: PartnerForm) -> list[str] | None:
    """The names of those who got no correctie; None when nothing was saved."""
    try:
        return acts.save_partner(db(), actor(), verzoek.id, form.read_versie, form.secties(verzoek.partner))
    except AdresInReferentie:
        form.geheim.errors = ["In een kenmerk staat de postcode. Pas eerst dat kenmerk aan bij de schuld."]
        return None


@bp.route("/werkvoorraad/<uuid:verzoek_id>/partner/verwijderen", methods=["GET", "POST"])
@may_act
def partner_verwijderen(verzoek_id: UUID) -> str | Response:
    """Who was added by mistake."""
    verzoek = _load(verzoek_id)
    if not verzoek.may_forget_partner:
        raise MoveNotAllowed("remove a partner who takes part")
    form = VersieForm(versie=str(verzoek.versie))
    if form.validate_on_submit():
        acts.remove_partner(db(), actor(), verzoek_id, form.read_versie)
        flash("De partner staat niet meer in deze zaak.", "ok")
        return _back(verzoek_id)
    return render_template("hulpverlener/partner_verwijderen.html", verzoek=verzoek, form=form)


class PartnertoestemmingForm(VersieForm):
    voorgelezen = BooleanField("Ik sprak de partner zelf, las de tekst voor en de partner zei ja")

    def validate_voorgelezen(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError("Lees de tekst voor en zet een vinkje als de partner zelf ja zei.")


@bp.route("/werkvoorraad/<uuid:verzoek_id>/partner/toestemming", methods=["GET", "POST"])
@may_act
def partner_toestemming(verzoek_id: UUID) -> str | Response:
    """The partner says yes by word of mouth."""
    verzoek = _load(verzoek_id)
    if verzoek.expect_partner().toestemming is not None:
        raise MoveNotAllowed("no toestemming is wanted")
    form = PartnertoestemmingForm(versie=str(verzoek.versie))
    if form.validate_on_submit():
        acts.note_partnertoestemming(db(), actor(), verzoek_id, form.read_versie)
        flash("De toestemming van de partner is genoteerd.", "ok")
        return _back(verzoek_id)
    return render_template(
        "hulpverlener/partner_toestemming.html", verzoek=verzoek, form=form, toestemming=blokken(TEKST)
    )


@bp.route("/werkvoorraad/<uuid:verzoek_id>/partner/toestemming-intrekken", methods=["GET", "POST"])
@may_act
def partner_toestemming_intrekken(verzoek_id: UUID) -> str | Response:
    """The partner says no after all: what it means, and one act."""
    verzoek = _load(verzoek_id)
    if verzoek.expect_partner().toestemming is None:
        raise NotFound(f"toestemming of the partner of {verzoek_id}")
    form = VersieForm(versie=str(verzoek.versie))
    if form.validate_on_submit():
        failed = acts.revoke_partnertoestemming(db(), actor(), verzoek_id)
        missed = f" Het lukte niet voor {en(failed)}. Kijk bij ‘Nog niet ingelicht’." if failed else ""
        flash(f"De toestemming van de partner is ingetrokken.{missed}", "warning" if failed else "ok")
        return _back(verzoek_id)
    return render_template("hulpverlener/partner_intrekken.html", verzoek=verzoek, form=form)


@bp.route("/werkvoorraad/<uuid:verzoek_id>/partner/schulden", methods=["GET", "POST"])
@may_act
def partner_schulden(verzoek_id: UUID) -> str | Response:
    """Whose each schuld is, in one act."""
    verzoek = _load(verzoek_id)
    if not verzoek.is_of_two:
        raise NotFound(f"partner of {verzoek_id}")
    form = _owed_form(verzoek)
    if form.validate_on_submit() and _noted(verzoek, form):
        return _back(verzoek_id)
    return render_template("hulpverlener/partner_schulden.html", verzoek=zaak.load(verzoek_id), form=form, van=VAN)


def _owed_form(verzoek: Pauzeverzoek) -> VersieForm:
    """One choice for each schuld."""
    choices = {str(value or ""): words.capitalize() for value, words in SCHULDENAAR.items()}
    fields = {
        f"{VAN}{schuld.id}": RadioField(
            f"Schuld {schuld.volgnummer}: {schuld.verteld.afzender}", choices=choices, default=schuld.schuldenaar or ""
        )
        for schuld in verzoek.schulden
    }
    made: type[VersieForm] = type("SchuldenaarFormVanZaak", (VersieForm,), fields)
    return made(versie=str(verzoek.versie))


def _noted(verzoek: Pauzeverzoek, form: VersieForm) -> bool:
    """Whether it was done; if not, the form says what stands in the way."""
    owed = {schuld.id: _owner(form[f"{VAN}{schuld.id}"].data) for schuld in verzoek.schulden}
    told = {partij.schuldeiser_id: partij.schuldeiser.naam for each in verzoek.schulden for partij in each.partijen}
    try:
        changed = acts.note_schuldenaars(db(), actor(), verzoek.id, form.read_versie, owed)
    except AlVerteld as error:
        names = en([told[id] for id in error.schuldeiser_ids])
        form.form_errors.append(f"{names} kreeg al bericht over deze schuld. Dat kunt u niet meer wijzigen.")
        return False
    flash(f"{plural(changed, 'schuld is', 'schulden zijn')} gewijzigd." if changed else "Er is niets gewijzigd.", "ok")
    return True


def _owner(value: str | None) -> Schuldenaar | None:
    return Schuldenaar(value) if value else None


def _load(verzoek_id: UUID) -> Pauzeverzoek:
    """The case, if anything may still be told. Raises MoveNotAllowed."""
    verzoek = zaak.load(verzoek_id)
    if not verzoek.may_have_partner:
        raise MoveNotAllowed(f"partner in {verzoek.status}")
    return verzoek


def _back(verzoek_id: UUID) -> Response:
    return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="partner"))
