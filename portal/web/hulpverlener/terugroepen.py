"""Call a message back that went to the wrong party: who was told what, what goes out now, and the note of the leak."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField

from portal import clock
from portal.actions.terugroepen import Terugroeping, recall
from portal.domain.errors import MoveNotAllowed, VoorbeeldVerouderd
from portal.domain.kennisgeving import KennisgevingFeiten, from_json
from portal.models import Datalek, Kennisgeving, Pauzeverzoek
from portal.models.briefwisseling import Briefwisseling
from portal.queries import dossier, organisatie
from portal.queries.vervolg import Zaakstand, exchange_of, fingerprint, recalled
from portal.web.forms import MaxText, required
from portal.web.hulpverlener import vooruit, zaak
from portal.web.hulpverlener.antwoorden import Rij
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm
from portal.web.hulpverlener.woorden import KANAAL, SOORT, en
from portal.web.session import actor, db
from portal.web.templating import day, moment


class TerugroepenForm(VersieForm):
    gezien = HiddenField()
    wat = TextAreaField(
        "Wat ging er mis?", [required("Vul in wat er mis ging. Dit blijft bij de zaak."), MaxText(what="Uw uitleg")]
    )


@bp.route("/werkvoorraad/<uuid:verzoek_id>/kennisgevingen/<uuid:kennisgeving_id>/terugroepen", methods=["GET", "POST"])
@may_act
def terugroepen(verzoek_id: UUID, kennisgeving_id: UUID) -> str | Response:
    """One act for everything that this party was sent about the case."""
    stand, wisseling = _exchange(zaak.load(verzoek_id), kennisgeving_id)
    form = TerugroepenForm(versie=str(stand.verzoek.versie))
    if form.validate_on_submit():
        besluit = Terugroeping(versie=form.read_versie, gezien=form.gezien.data or "", wat=form.wat.data or "")
        try:
            reached = recall(db(), actor(), kennisgeving_id, besluit)
        except VoorbeeldVerouderd:
            form.form_errors.append(vooruit.VEROUDERD)
        else:
            flash(DONE if reached else NEVER_LEFT, "ok")
            return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="datalekken"))
    planned = recalled(stand, wisseling)
    form.gezien.data = fingerprint([planned] if planned else [])
    return render_template(
        "hulpverlener/terugroepen.html",
        verzoek=stand.verzoek,
        schuldeiser=wisseling.schuldeiser,
        verzonden=_sent(wisseling),
        regel=vooruit.regel(planned) if planned else None,
        form=form,
    )


DONE = "Het bericht is teruggeroepen. Meld het datalek vandaag nog bij de functionaris gegevensbescherming."
NEVER_LEFT = "Het bericht is teruggeroepen. Het was nog niet weg: er is niets gelekt."


def _exchange(verzoek: Pauzeverzoek, kennisgeving_id: UUID) -> tuple[Zaakstand, Briefwisseling]:
    stand = vooruit.stand_of(verzoek)
    wisseling = exchange_of(stand, kennisgeving_id)
    if wisseling.is_recalled:
        raise MoveNotAllowed("called back already")
    return stand, wisseling


def _sent(wisseling: Briefwisseling) -> list[Rij]:
    """Each message that may have arrived: how, when, and which facts of the person stood in it."""
    return [
        (SOORT[each.soort], [f"{KANAAL[each.kanaal]}, {_when(each)}", f"Hierin stond: {told(each)}"])
        for each in wisseling.berichten
        if each.may_have_arrived
    ]


def _when(message: Kennisgeving) -> str:
    return moment(message.handed_over_at) if message.handed_over_at else "misschien al onderweg"


def told(message: Kennisgeving) -> str:
    """The facts of the person in a message, by their kind."""
    facts: KennisgevingFeiten = from_json(message.feiten)
    names = ["naam", "geboortedatum", "hulp bij schulden"]
    if facts.betrokkene.postcode:
        names.append("adres")
    if any(each.referentie for each in facts.verwijzingen):
        names.append("kenmerk")
    return en(names)


def leaks(verzoek_id: UUID) -> list[tuple[str, list[Rij]]]:
    """What leaked, for the case page: to whom, and the facts of it."""
    found = dossier.datalekken(db(), verzoek_id)
    who = organisatie.names(db(), {each.found_by for each in found}) if found else {}
    return [(each.kennisgeving.schuldeiser.naam, _rows(each, who.get(each.found_by, ""))) for each in found]


def _rows(lek: Datalek, by: str) -> list[Rij]:
    message = lek.kennisgeving
    sent = message.handed_over_at
    return [
        ("Wat ging er mis", lek.wat),
        ("Gelekt", told(message) if lek.bereikt else "Niets: het bericht was nog niet weg"),
        ("Verstuurd", moment(sent) if sent and lek.bereikt else ""),
        ("Ontdekt", f"{day(clock.dutch_date(lek.found_at))}, door {by}"),
    ]
