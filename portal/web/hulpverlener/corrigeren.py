"""Mend a fact of the person or the last day, and see who was told otherwise."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, StringField, ValidationError

from portal import clock
from portal.actions.corrigeren import Correctie, correct_pauzeverzoek
from portal.domain.errors import AdresInReferentie, DuurOngeldig, NietsVeranderd, VoorbeeldVerouderd
from portal.domain.status import Move
from portal.models import Pauzeverzoek
from portal.queries.vervolg import Vervolg, corrected, fingerprint
from portal.web.fields import DagMaandJaarField
from portal.web.forms import required
from portal.web.hulpverlener import vooruit, zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm
from portal.web.hulpverlener.woorden import plural
from portal.web.hulpvrager import invoer
from portal.web.hulpvrager.forms.velden import InNaam, Keuze, NietVerplicht
from portal.web.hulpvrager.forms.vragen import AdresForm, GeboortedatumForm
from portal.web.session import actor, db
from portal.web.templating import day


class CorrigerenForm(AdresForm, VersieForm):
    """Everything that a schuldeiser is told of the person. `gezien`: the messages that the page showed."""

    gezien = HiddenField()
    voorletters = StringField("Voorletters", [NietVerplicht(), InNaam("Dit", 60)])
    voorvoegsel = StringField("Tussenvoegsel", [NietVerplicht(), InNaam("Dit", 20)])
    achternaam = StringField("Achternaam", [required("Vul de achternaam in."), InNaam("De achternaam")])
    geboren_on = DagMaandJaarField("Geboortedatum", [required("Vul de geboortedatum in.")], ahead_years=0)
    soort = Keuze(
        "Heeft de hulpvrager een vast adres?", "Kies of er een vast adres is.", {"adres": "Ja", "geen": "Nee"}
    )
    geheim = BooleanField("Het adres is geheim")
    tot_en_met = DagMaandJaarField("Laatste dag van de pauze", [NietVerplicht()])

    validate_geboren_on = GeboortedatumForm.validate_geboren_on

    verzoek: Pauzeverzoek

    def irrelevant(self) -> Iterable[str]:
        return (*super().irrelevant(), *(() if self.verzoek.is_running else ("tot_en_met",)))

    def validate_postcode(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError("Vul de postcode in.")
        super().validate_postcode(field)

    def validate_huisnummer(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError("Vul het huisnummer in.")
        super().validate_huisnummer(field)

    def validate_tot_en_met(self, field: DagMaandJaarField) -> None:
        last = self.verzoek.eind_on
        if field.data and last and not clock.today() < field.data <= last:
            raise ValidationError(f"Kies een dag na vandaag en uiterlijk {day(last)}. Voor een latere dag verlengt u.")

    def secties(self) -> dict[str, dict[str, Any]]:
        """The sections of the answers, made whole as those of the hulpvrager are. What is secret stays so."""
        adres = self.sectie() | ({"geheim": True} if self.verzoek.adres.geheim else {})
        naam = {name: self[name].data or "" for name in ("voorvoegsel", "achternaam")}
        return {
            "naam": {"voorletters": invoer.voorletters(self.voorletters.data or ""), **naam},
            "geboortedatum": GeboortedatumForm.sectie(self),
            "adres": adres,
        }


def form_for(verzoek: Pauzeverzoek) -> CorrigerenForm:
    """What is known now; the last day stays empty unless it is to change."""
    persoon, adres = verzoek.persoon, verzoek.antwoorden.get("adres", {})
    form = CorrigerenForm(
        versie=str(verzoek.versie),
        data={
            "voorletters": persoon.voorletters,
            "voorvoegsel": persoon.voorvoegsel,
            "achternaam": persoon.achternaam,
            "geboren_on": persoon.geboren_on,
            **{name: adres.get(name) for name in ("soort", "postcode", "huisnummer", "toevoeging", "geheim")},
        },
    )
    form.verzoek = verzoek
    return form


@bp.route("/werkvoorraad/<uuid:verzoek_id>/corrigeren", methods=["GET", "POST"])
@may_act
def corrigeren(verzoek_id: UUID) -> str | Response:
    """'Corrigeren' is one act on the messages of the page; anything else only shows them anew."""
    verzoek = zaak.load_for(verzoek_id, Move.CORRECT)
    form = form_for(verzoek)
    only_look = form.only_looks("corrigeren", verzoek.versie)
    valid = form.validate_on_submit()
    if valid and not only_look and _correct(verzoek_id, form):
        return redirect(url_for(".dossier", verzoek_id=verzoek_id))
    return _page(zaak.load(verzoek_id), form, is_filled_in=valid)


def _correct(verzoek_id: UUID, form: CorrigerenForm) -> bool:
    """Whether it was done; if not, the form says what is to be mended."""
    besluit = Correctie(
        versie=form.read_versie,
        gezien=form.gezien.data or "",
        secties=form.secties(),
        tot_en_met=form.tot_en_met.data,
    )
    try:
        told, failed = correct_pauzeverzoek(db(), actor(), verzoek_id, besluit)
    except NietsVeranderd:
        form.form_errors.append("U hebt niets veranderd.")
    except VoorbeeldVerouderd:
        form.form_errors.append(vooruit.VEROUDERD)
    except AdresInReferentie:
        form.geheim.errors = ["In een kenmerk staat de postcode. Pas eerst dat kenmerk aan bij de schuld."]
    except DuurOngeldig:
        form.tot_en_met.errors = ["Deze dag kan niet meer. Kies een andere dag."]
    else:
        sent = f" {plural(told, 'schuldeiser krijgt', 'schuldeisers krijgen')} een correctie." if told else ""
        flash(*vooruit.told(f"De gegevens zijn gecorrigeerd.{sent}", failed))
        return True
    return False


def _page(verzoek: Pauzeverzoek, form: CorrigerenForm, *, is_filled_in: bool) -> str:
    planned = _plans(verzoek, form, is_filled_in=is_filled_in)
    form.gezien.data = fingerprint(planned)
    return render_template(
        "hulpverlener/corrigeren.html",
        verzoek=verzoek,
        form=form,
        regels=[vooruit.regel(each) for each in planned],
        is_bekeken=is_filled_in,
    )


def _plans(verzoek: Pauzeverzoek, form: CorrigerenForm, *, is_filled_in: bool) -> list[Vervolg]:
    """What would go out. Of a form with faults in it nothing is known yet."""
    if not verzoek.is_running:
        return []
    stand = vooruit.stand_of(verzoek)
    if not is_filled_in:
        return corrected(stand)
    return corrected(replace(stand, antwoorden=verzoek.antwoorden | form.secties()), form.tot_en_met.data)
