"""What a schuldeiser answered, and what the hulpverlener does with it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, ValidationError

from portal import clock
from portal.actions import antwoordlink, doorgeven
from portal.domain.errors import BestaatAl, DuurOngeldig, GeenToestemming, MoveNotAllowed
from portal.domain.status import Antwoord
from portal.models import Beantwoording, Kennisgeving, Schuldeiser
from portal.queries import antwoord as answers
from portal.queries import directory, dossier
from portal.web.forms import HouseForm
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.woorden import ANTWOORDWEG, adres_staat, said_in_words
from portal.web.session import actor, db
from portal.web.templating import moment

_URL = "/werkvoorraad/<uuid:verzoek_id>/kennisgevingen/<uuid:kennisgeving_id>"

NIET_DOORGEGEVEN: Mapping[type[Exception], str] = {
    BestaatAl: "Deze partij heeft al een Kennisgeving in deze zaak.",
    DuurOngeldig: "Voor deze partij is de langste pauze al voorbij.",
    GeenToestemming: "De hulpvrager heeft de toestemming ingetrokken. Bel de hulpvrager.",
}


class DoorgevenForm(HouseForm):
    partij = RadioField("Wie krijgt de Kennisgeving?", validate_choice=False)

    offered: Mapping[str, str] = MappingProxyType({})

    def offer(self, parties: Iterable[Schuldeiser]) -> None:
        self.offered = {str(party.id): f"{party.naam} ({adres_staat(party)})" for party in parties}
        self.partij.choices = dict(self.offered)

    def validate_partij(self, field: RadioField) -> None:
        if field.data not in self.offered:
            raise ValidationError("Kies wie de Kennisgeving krijgt.")


def rows(given: Beantwoording) -> list[tuple[str, str]]:
    """The answer on the page of its message."""
    said = given.gegeven
    found = [
        ("Antwoord", said_in_words(given)),
        ("Ontvangen", f"{moment(given.answered_at)}, {ANTWOORDWEG[given.via]}"),
        ("Contactpersoon", said.contactpersoon),
        ("Telefoon", said.telefoon),
        ("E-mail", said.email),
        ("Kenmerk van de schuldeiser", said.referentie),
    ]
    return [(name, value) for name, value in found if value]


def may_pass_on(message: Kennisgeving, given: Beantwoording | None) -> bool:
    """Whether there is somebody new to tell."""
    asked = given is not None and given.antwoord is Antwoord.OVERGEDRAGEN and message.antwoord_unread
    return asked and not message.is_over(clock.today())


@bp.post(f"{_URL}/antwoordlink-intrekken")
@may_act
def antwoordlink_intrekken(verzoek_id: UUID, kennisgeving_id: UUID) -> Response:
    """Nobody answers through this link any more."""
    dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    antwoordlink.revoke(db(), actor(), kennisgeving_id)
    flash("De antwoordlink werkt niet meer.", "ok")
    return redirect(url_for(".kennisgeving", verzoek_id=verzoek_id, kennisgeving_id=kennisgeving_id))


@bp.post(f"{_URL}/antwoord-afgehandeld")
@may_act
def antwoord_afgehandeld(verzoek_id: UUID, kennisgeving_id: UUID) -> Response:
    """The answer leaves the queue."""
    dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    doorgeven.handle_answer(db(), actor(), kennisgeving_id)
    flash("Het antwoord is afgehandeld.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="ontvangers"))


@bp.route(f"{_URL}/doorgeven", methods=["GET", "POST"])
@may_act
def antwoord_doorgeven(verzoek_id: UUID, kennisgeving_id: UUID) -> str | Response:
    """A new recipient by the word of the schuldeiser: told with the same last day, or an earlier one."""
    zaak.load(verzoek_id)
    form = DoorgevenForm()
    form.offer(_candidates(*_handed_over(verzoek_id, kennisgeving_id)))
    if form.validate_on_submit():
        try:
            doorgeven.pass_on(db(), actor(), kennisgeving_id, UUID(form.partij.data))
        except (BestaatAl, DuurOngeldig, GeenToestemming) as error:
            form.partij.errors = [NIET_DOORGEGEVEN[type(error)]]
        else:
            flash("De Kennisgeving staat klaar voor de nieuwe ontvanger.", "ok")
            return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="ontvangers"))
    verzoek = zaak.load(verzoek_id)
    message, given = _handed_over(verzoek_id, kennisgeving_id)
    return render_template(
        "hulpverlener/doorgeven.html",
        verzoek=verzoek,
        kennisgeving=message,
        form=form,
        naar=given.naar.naam if given.naar else given.gegeven.naar_naam,
    )


def _handed_over(verzoek_id: UUID, kennisgeving_id: UUID) -> tuple[Kennisgeving, Beantwoording]:
    """The message and its answer, read again after an act that failed. Raises MoveNotAllowed."""
    message = dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    given = answers.last_answer(db(), message.id)
    if given is None or not may_pass_on(message, given):
        raise MoveNotAllowed("nothing to pass on")
    return message, given


def _candidates(message: Kennisgeving, given: Beantwoording) -> list[Schuldeiser]:
    """The party of the directory that was named, or those most like the typed name; never a private person."""
    if given.naar is not None:
        return [given.naar]
    found = (each.schuldeiser for each in directory.suggest(db(), given.gegeven.naar_naam))
    return [party for party in found if not party.is_particulier and party.id != message.schuldeiser_id]
