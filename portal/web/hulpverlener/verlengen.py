"""Ask for a longer pause: until when, of whom, and exactly what each of them will get."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, ValidationError

from portal import clock
from portal.actions.verlengen import Verlenging, extend_pauze
from portal.domain.errors import DuurOngeldig, GeenOntvangers, GeenToestemming, VoorbeeldVerouderd
from portal.domain.status import Antwoord, Move
from portal.queries.vervolg import Vervolg, Zaakstand, extended, fingerprint
from portal.web.fields import DagMaandJaarField
from portal.web.forms import required
from portal.web.hulpverlener import vooruit, zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm
from portal.web.session import actor, db
from portal.web.templating import day

TICK = "verleng-"


class VerlengenForm(VersieForm):
    """A tick for each recipient is added by `form_for`. `gezien`: the messages that the page showed."""

    gezien = HiddenField()
    tot_en_met = DagMaandJaarField("Nieuwe laatste dag", [required("Vul de nieuwe laatste dag van de pauze in.")])

    stand: Zaakstand

    def validate_tot_en_met(self, field: DagMaandJaarField) -> None:
        last = self.stand.last_day
        if field.data and not clock.today() < field.data <= last:
            raise ValidationError(f"Kies een dag na vandaag en uiterlijk {day(last)}: 8 maanden na de start.")

    def tick(self, planned: Vervolg) -> Any:
        return self[f"{TICK}{planned.schuldeiser.id}"]

    def chosen(self, all_of_them: Sequence[Vervolg]) -> frozenset[UUID]:
        return frozenset(each.schuldeiser.id for each in all_of_them if self.tick(each).data)


def form_for(stand: Zaakstand) -> VerlengenForm:
    """Everybody is ticked, but who does not join in: as long as the law of the pause allows."""
    refused = refusing(stand)
    fields = {
        f"{TICK}{each.schuldeiser.id}": BooleanField(
            f"Vraag {each.schuldeiser.naam} om een langere pauze", default=each.schuldeiser.id not in refused
        )
        for each in extended(stand, stand.last_day)
    }
    made: type[VerlengenForm] = type("VerlengenFormVanZaak", (VerlengenForm,), fields)
    form = made(tot_en_met=stand.last_day, versie=str(stand.verzoek.versie))
    form.stand = stand
    return form


def refusing(stand: Zaakstand) -> set[UUID]:
    """Who answered that it does not join in."""
    return {each.schuldeiser_id for each in stand.issued if each.antwoord is Antwoord.GEEN_MEDEWERKING}


@bp.route("/werkvoorraad/<uuid:verzoek_id>/verlengen", methods=["GET", "POST"])
@may_act
def verlengen(verzoek_id: UUID) -> str | Response:
    """'Verlengen en versturen' is one act on the messages of the page; anything else only shows them anew."""
    stand = vooruit.stand_of(zaak.load_for(verzoek_id, Move.EXTEND))
    form = form_for(stand)
    only_look = form.only_looks("verlengen", stand.verzoek.versie)
    if form.validate_on_submit() and not only_look and _extend(stand, form):
        return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="ontvangers"))
    return _page(vooruit.stand_of(zaak.load(verzoek_id)), form)


def _extend(stand: Zaakstand, form: VerlengenForm) -> bool:
    """Whether it was sent; if not, the form says what is to be mended."""
    besluit = Verlenging(
        versie=form.read_versie,
        gezien=form.gezien.data or "",
        tot_en_met=form.tot_en_met.data,
        schuldeisers=form.chosen(extended(stand, stand.last_day)),
    )
    try:
        failed = extend_pauze(db(), actor(), stand.verzoek.id, besluit)
    except GeenOntvangers:
        form.form_errors.append("Er is niemand om een langere pauze te vragen. Kies een schuldeiser of een latere dag.")
    except GeenToestemming:
        form.form_errors.append("De hulpvrager heeft de toestemming ingetrokken. Bel de hulpvrager.")
    except VoorbeeldVerouderd:
        form.form_errors.append(vooruit.VEROUDERD)
    except DuurOngeldig:
        form.form_errors.append("Deze dag kan niet meer. Kies een andere laatste dag.")
    else:
        flash(*vooruit.told("De berichten over de langere pauze gaan op weg.", failed))
        return True
    return False


def _page(stand: Zaakstand, form: VerlengenForm) -> str:
    until = stand.last_day if form.tot_en_met.errors or not form.tot_en_met.data else form.tot_en_met.data
    planned = extended(stand, until)
    chosen, refused = form.chosen(planned), refusing(stand)
    form.gezien.data = fingerprint(each for each in planned if each.schuldeiser.id in chosen)
    return render_template(
        "hulpverlener/verlengen.html",
        verzoek=stand.verzoek,
        form=form,
        regels=[(vooruit.regel(each), form.tick(each), each.schuldeiser.id in refused) for each in planned],
        eerste={each.schuldeiser.id: each.ontvanger.sleutel for each in reversed(planned) if each.feiten}.values(),
        laatste_dag=stand.last_day,
        kan_verlengen=bool(stand.verzoek.toestemming and any(each.feiten for each in planned)),
    )
