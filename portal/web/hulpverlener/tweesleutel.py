"""What a hulpverlener asks a colleague to agree to: a secret address, one unverified address, many cases at once."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, TextAreaField, ValidationError

from portal.actions import akkoord
from portal.actions.akkoord_soorten import (
    Wens,
    end_many,
    lift_geheim,
    mail_unverified,
    may_be_mailed_unverified,
    resend_many,
)
from portal.domain.akkoord import Akkoordstatus
from portal.domain.errors import BestaatAl, MoveNotAllowed, NotFound
from portal.domain.kenmerk import normalise_kenmerk
from portal.domain.status import Eindreden, Status
from portal.models import Pauzeverzoek
from portal.queries import akkoord as questions
from portal.queries import dossier
from portal.web.forms import HouseForm, MaxText, required
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.woorden import EINDREDEN, en, plural
from portal.web.session import actor, db, settings

ASKED = "Gevraagd. Een collega moet nog akkoord geven."
EINDE = {"": "Kies een reden"} | {str(reden): label for reden, label in EINDREDEN.items()}
DONE = "Gedaan. Uw organisatie werkt zonder akkoord van een tweede persoon."


class RedenForm(HouseForm):
    """Why: the second person reads it."""

    reden = TextAreaField("Waarom is dit nodig?", [required("Vul in waarom dit nodig is."), MaxText()])


class VeelBeeindigenForm(RedenForm):
    """Cases by their kenmerken, as copied from a list."""

    kenmerken = TextAreaField("Kenmerken", [required("Vul de kenmerken in."), MaxText(what="De lijst")])
    zaken: Sequence[Pauzeverzoek] = ()
    einde = SelectField("Reden van het einde", choices=EINDE, validate_choice=False)

    def validate_einde(self, field: SelectField) -> None:
        if field.data not in {str(reden) for reden in EINDREDEN}:
            raise ValidationError("Kies een reden.")

    def validate_kenmerken(self, field: TextAreaField) -> None:
        """Each line is one running pause of the own organisatie."""
        typed = [part for part in re.split(r"[\s,;]+", field.data or "") if part]
        if len(typed) > questions.MAX_ZAKEN:
            raise ValidationError(f"Vul hoogstens {questions.MAX_ZAKEN} kenmerken in.")
        if wrong := [part for part in typed if normalise_kenmerk(part) is None]:
            raise ValidationError(f"Dit is geen kenmerk: {en(wrong[:5])}.")
        wanted = list(dict.fromkeys(normalise_kenmerk(part) or "" for part in typed))
        self.zaken = questions.called(db(), actor(), wanted)
        found = {each.kenmerk for each in self.zaken if each.status is Status.GOEDGEKEURD}
        if missing := [kenmerk for kenmerk in wanted if kenmerk not in found]:
            raise ValidationError(f"Bij deze kenmerken loopt geen pauze: {en(missing[:5])}.")


class VeelOpnieuwForm(RedenForm):
    schuldeiser = RadioField("Welke schuldeiser?", validate_choice=False)
    offered: frozenset[str] = frozenset()

    def offer(self, choices: dict[str, str]) -> None:
        self.schuldeiser.choices = choices
        self.offered = frozenset(choices)

    def validate_schuldeiser(self, field: RadioField) -> None:
        if field.data not in self.offered:
            raise ValidationError("Kies een schuldeiser.")


def _ask(wens: Wens, reden: str) -> None:
    """Ask, or do it where one person is enough; the next page says which."""
    try:
        vraag = akkoord.ask(db(), actor(), wens, reden, timedelta(days=settings().akkoord_days))
    except BestaatAl:
        flash("Dit is al gevraagd en wacht op akkoord van een collega.", "warning")
        return
    flash(ASKED if vraag.status is Akkoordstatus.OPEN else DONE, "ok")


def _asking(form: RedenForm, wens: Callable[[], Wens], back: str, **page: object) -> str | Response:
    if form.validate_on_submit():
        _ask(wens(), form.reden.data or "")
        return redirect(back)
    return render_template("hulpverlener/akkoord_vragen.html", form=form, terug=back, **{"verzoek": None} | page)


@bp.route("/werkvoorraad/<uuid:verzoek_id>/geheim-adres", methods=["GET", "POST"])
@may_act
def geheim_adres(verzoek_id: UUID) -> str | Response:
    """Ask that the address may be told after all."""
    verzoek = zaak.load_open(verzoek_id)
    if not verzoek.adres.geheim:
        raise MoveNotAllowed("no secret address")
    return _asking(
        RedenForm(),
        lambda: lift_geheim(verzoek_id),
        url_for(".dossier", verzoek_id=verzoek_id),
        kop="Geheim adres opheffen",
        uitleg="Daarna staan postcode en huisnummer in de Kennisgevingen. Vraag de hulpvrager eerst of dat veilig is.",
        verzoek=verzoek,
    )


@bp.route(
    "/werkvoorraad/<uuid:verzoek_id>/kennisgevingen/<uuid:kennisgeving_id>/ongecontroleerd", methods=["GET", "POST"]
)
@may_act
def ongecontroleerd(verzoek_id: UUID, kennisgeving_id: UUID) -> str | Response:
    """Ask that this one message goes to an address that nobody checked."""
    message = dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    if not may_be_mailed_unverified(message):
        raise NotFound("unverified address")
    wens = mail_unverified(message)
    return _asking(
        RedenForm(),
        lambda: wens,
        url_for(".kennisgeving", verzoek_id=verzoek_id, kennisgeving_id=kennisgeving_id),
        kop=f"E-mail naar {message.schuldeiser.naam} zonder controle",
        uitleg=f"Het bericht gaat naar {wens.email}. Niemand controleerde dit adres. Een fout is een datalek.",
        verzoek=zaak.load(verzoek_id),
    )


@bp.route("/akkoord/veel-beeindigen", methods=["GET", "POST"])
@may_act
def veel_beeindigen() -> str | Response:
    """Many pauses end for one reason; each hulpvrager is told, then the schuldeisers."""
    form = VeelBeeindigenForm()
    return _asking(
        form,
        lambda: end_many(uuid4(), [each.id for each in form.zaken], Eindreden(form.einde.data)),
        url_for("beheer.akkoorden"),
        kop="Veel pauzes tegelijk beëindigen",
        uitleg="Elke hulpvrager krijgt bericht, en daarna de schuldeisers. De reden van het einde lezen zij niet.",
    )


@bp.route("/akkoord/veel-opnieuw", methods=["GET", "POST"])
@may_act
def veel_opnieuw() -> str | Response:
    """Everything that one schuldeiser did not get goes again, for instance after its mail server was down."""
    parties = questions.failed(db(), actor())
    form = VeelOpnieuwForm()
    form.offer(
        {
            str(party.id): f"{party.naam}: {plural(count, 'bericht', 'berichten')}, naar {party.verified_email}"
            for party, count in parties
            if party.verified_email
        }
    )
    return _asking(
        form,
        lambda: _resend(UUID(form.schuldeiser.data)),
        url_for("beheer.akkoorden"),
        kop="Veel berichten opnieuw versturen",
        uitleg="Wat bij één schuldeiser niet kon worden bezorgd, gaat opnieuw naar het gecontroleerde e-mailadres.",
    )


def _resend(schuldeiser_id: UUID) -> Wens:
    return resend_many(schuldeiser_id, list(questions.failed_at(db(), actor(), schuldeiser_id)))
