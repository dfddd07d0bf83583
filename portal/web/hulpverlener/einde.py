"""The end of a pause comes near: what the case page says of it, and that a hulpverlener saw it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from portal.actions.bewaking import see_ends
from portal.domain.status import Status
from portal.models import Kennisgeving, Pauzeverzoek
from portal.queries import bewaking
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import GezienForm
from portal.web.session import actor, db


def near(verzoek: Pauzeverzoek, messages: Sequence[Kennisgeving], today: date) -> dict[str, object]:
    """The last days that were announced and that nobody saw yet, each with the schuldeisers that it is about."""
    if verzoek.status is not Status.GOEDGEKEURD:
        return {"eindes": []}
    unseen = bewaking.unseen(db(), verzoek.id, today)
    running = bewaking.in_force(messages, today)
    days = sorted({each.over_on for each in unseen})
    return {
        "eindes": [(day, sorted(k.schuldeiser.naam for k in running if k.eind_on == day)) for day in days],
        "gezienform": GezienForm(formdata=None, signalen=" ".join(str(each.id) for each in unseen)),
    }


@bp.post("/werkvoorraad/<uuid:verzoek_id>/einde-gezien")
@may_act
def einde_gezien(verzoek_id: UUID) -> Response:
    """Only what stood on the page: what is announced after that is still to be seen."""
    see_ends(db(), actor(), verzoek_id, GezienForm().read_signalen)
    flash("Genoteerd. De zaak staat niet meer bij Bijna afgelopen.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id))
