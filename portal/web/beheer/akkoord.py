"""The second key: every question that waits for a colleague, and the page on which one is answered."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, TextAreaField, ValidationError

from portal import clock
from portal.actions import akkoord as acts
from portal.domain.akkoord import Akkoordsoort
from portal.domain.errors import MoveNotAllowed, NotFound
from portal.domain.roles import REVIEWERS, Role
from portal.models import Akkoordvraag
from portal.queries import akkoord
from portal.web.access import requires
from portal.web.beheer import akkoordwoorden
from portal.web.beheer.blueprint import bp
from portal.web.forms import HouseForm, MaxText, required
from portal.web.session import actor, db

may_answer = requires(*REVIEWERS, Role.LANDELIJK_BEHEERDER)


class AkkoordForm(HouseForm):
    """The answer of the second person. An address of a schuldeiser is checked by telephone first."""

    keuze = RadioField("Geeft u akkoord?", choices={"ja": "Ja", "nee": "Nee"}, validate_choice=False)
    gecontroleerd = BooleanField("Ik heb gebeld met de schuldeiser, op een nummer dat ik zelf heb opgezocht")
    antwoord = TextAreaField("Waarom?", [required("Vul in waarom u wel of geen akkoord geeft."), MaxText()])

    with_call = False

    def validate_keuze(self, field: RadioField) -> None:
        if field.data not in {"ja", "nee"}:
            raise ValidationError("Kies of u akkoord geeft.")

    def validate_gecontroleerd(self, field: BooleanField) -> None:
        if self.with_call and self.keuze.data == "ja" and not field.data:
            raise ValidationError("Zet een vinkje als u het adres hebt gecontroleerd.")


@bp.get("/akkoord")
@may_answer
def akkoorden() -> str:
    """What waits for you, what you asked, and what was decided last."""
    now = clock.now()
    return render_template(
        "beheer/akkoorden.html",
        wachten=[akkoordwoorden.read(each) for each in akkoord.to_decide(db(), actor(), now)],
        gevraagd=[akkoordwoorden.read(each) for each in akkoord.asked(db(), actor(), now)],
        besloten=[akkoordwoorden.read(each) for each in akkoord.decided(db(), actor())],
        mag_veel=actor().is_reviewer,
    )


@bp.route("/akkoord/<uuid:vraag_id>", methods=["GET", "POST"])
@may_answer
def akkoord_geven(vraag_id: UUID) -> str | Response:
    """What is asked, by whom and why; who asked it reads along and cannot answer."""
    vraag = akkoord.vraag(db(), vraag_id)
    if not akkoord.may_decide(actor(), vraag.organisatie_id):
        raise NotFound(f"akkoordvraag {vraag_id}")
    form = AkkoordForm()
    form.with_call = vraag.soort is Akkoordsoort.CONTACTGEGEVENS
    if form.validate_on_submit() and _decide(vraag_id, form):
        return redirect(url_for(".akkoorden"))
    return _page(akkoord.vraag(db(), vraag_id), form)


def _decide(vraag_id: UUID, form: AkkoordForm) -> bool:
    """Whether it was decided; if not, the form says what stands in the way."""
    yes = form.keuze.data == "ja"
    try:
        acts.decide(db(), actor(), vraag_id, form.antwoord.data or "", akkoord=yes)
    except MoveNotAllowed:
        form.form_errors.append("Dit kan niet meer: er is intussen iets veranderd. U kunt alleen nog ‘Nee’ kiezen.")
        return False
    flash("U gaf akkoord. Het is gedaan." if yes else "U gaf geen akkoord. Er verandert niets.", "ok")
    return True


def _page(vraag: Akkoordvraag, form: AkkoordForm) -> str:
    return render_template(
        "beheer/akkoord.html",
        regel=akkoordwoorden.read(vraag),
        feiten=akkoordwoorden.facts(vraag),
        zaken=akkoordwoorden.cases(vraag),
        form=form,
        is_open=vraag.is_open(clock.now()),
        is_eigen=vraag.asked_by == actor().id,
        met_telefoon=form.with_call,
    )
