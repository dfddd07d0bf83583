"""Hand a case to a colleague or put it back; as teamleider, give out many at once."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, SelectMultipleField, ValidationError

from portal.actions import toewijzen as acts
from portal.domain.roles import Role
from portal.domain.status import Move
from portal.models import Medewerker
from portal.queries import organisatie
from portal.web.access import requires
from portal.web.forms import HouseForm
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm, read_ids
from portal.web.hulpverlener.keuze import NIEMAND, Vraag
from portal.web.hulpverlener.woorden import en, plural
from portal.web.session import actor, db

MAX_DIGITS = 9
"""Of a version in an address: far more than a case ever has."""


class _NaarForm(VersieForm):
    naar = SelectField("Aan wie geeft u de zaak?", validate_choice=False)

    offered: Mapping[str, str] = MappingProxyType({})

    def offer(self, people: Mapping[str, str]) -> None:
        self.offered = people
        self.naar.choices = {"": "Kies een collega", **people}

    def validate_naar(self, field: SelectField) -> None:
        if field.data not in self.offered:
            raise ValidationError("Kies een collega.")


class ToewijzenForm(HouseForm):
    """The cases that were ticked, each with the version that the page showed, and who gets them."""

    zaken = SelectMultipleField(validate_choice=False)
    naar = SelectField("Wijs de aangevinkte zaken toe aan", validate_choice=False)

    def offer(self, staff: Sequence[Medewerker]) -> None:
        self.naar.choices = {"": "Kies een collega"} | {str(each.id): each.naam for each in staff}

    @property
    def versies(self) -> dict[UUID, int]:
        """Id → version; what is no such pair is left out."""
        pairs = [text.partition(":")[::2] for text in self.zaken.data or ()]
        return {id: int(versie) for text, versie in pairs for id in read_ids([text]) if _is_number(versie)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS


@bp.route("/werkvoorraad/<uuid:verzoek_id>/overdragen", methods=["GET", "POST"])
@may_act
def overdragen(verzoek_id: UUID) -> str | Response:
    """To a colleague, or back to where everybody can take it."""
    verzoek = zaak.load_for(verzoek_id, Move.ASSIGN)
    others = [
        each
        for each in organisatie.reviewers(db(), actor().organisatie_id)
        if each.id not in {actor().id, verzoek.behandelaar_id}
    ]
    back = {NIEMAND: "Niemand: zet de zaak terug bij Nieuw"} if zaak.allows(verzoek, Move.RELEASE) else {}
    form = _NaarForm(versie=str(verzoek.versie))
    form.offer({str(each.id): each.naam for each in others} | back)
    if not form.validate_on_submit():
        return render_template("hulpverlener/overdragen.html", verzoek=verzoek, form=form)
    if form.naar.data == NIEMAND:
        acts.release(db(), actor(), verzoek_id, form.read_versie)
        flash("De zaak staat weer bij Nieuw.", "ok")
    else:
        acts.hand_over(db(), actor(), verzoek_id, form.read_versie, UUID(form.naar.data))
        flash(f"De zaak is nu van {form.offered[form.naar.data]}.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id))


@bp.post("/werkvoorraad/toewijzen")
@requires(Role.TEAMLEIDER)
def toewijzen() -> Response:
    """Give the ticked cases to one colleague, and say which ones somebody else changed meanwhile."""
    form = ToewijzenForm()
    found = read_ids([form.naar.data or ""])
    back = redirect(url_for(".werkvoorraad", baan=request.args.get("baan"), **Vraag.read().args))
    if not found or not form.versies:
        flash("Er is niets toegewezen. Zet een vinkje bij de zaken en kies een collega.", "warning")
        return back
    left = acts.assign_many(db(), actor(), form.versies, found[0])
    if given := len(form.versies) - len(left):
        flash(f"{plural(given, 'zaak is', 'zaken zijn')} toegewezen.", "ok")
    if left:
        why = "De zaak is afgesloten, is net veranderd of was al van deze collega."
        flash(f"Niet toegewezen: {en(left)}. {why}", "warning")
    return back
