"""Tell what came to a case after the approval: who gets what, and one act."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField

from portal.actions.bijkomen import Bijkomst, tell_added
from portal.domain.belet import Belet
from portal.domain.errors import (
    GeenOntvangers,
    GeenToestemming,
    GeheimAdresNietBevestigd,
    ParticulierNietBevestigd,
    VoorbeeldVerouderd,
)
from portal.domain.kennisgeving import Soort, Wijziging
from portal.domain.status import Move
from portal.models import Kennisgeving, Pauzeverzoek
from portal.queries.vervolg import Vervolg, added, fingerprint
from portal.web.hulpverlener import vooruit, zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm
from portal.web.hulpverlener.woorden import BELET
from portal.web.session import actor, db

NIEUW = "Kwam er na het besluit bij."
ANDER_KENMERK = "Hoorde van ons een ander kenmerk."
ANDERE_GEGEVENS = "Hoorde van ons andere gegevens."


class BijkomenForm(VersieForm):
    gezien = HiddenField()
    particulier_bevestigd = BooleanField("Ja, de hulpvrager wil dat deze persoon bericht krijgt")
    geheim_bevestigd = BooleanField("Ja, het adres blijft geheim. Ik heb de berichten hieronder gecontroleerd")


def open_work(verzoek: Pauzeverzoek, issued: Sequence[Kennisgeving]) -> list[tuple[str, str]]:
    """Who of a running pause does not know of it, or was told another reference: name and reason."""
    return [(each.schuldeiser.naam, _why(each)) for each in _plans(verzoek, issued)] if verzoek.is_running else []


def _why(planned: Vervolg) -> str:
    if planned.belet or planned.ontvanger.is_particulier:
        return BELET[planned.belet or Belet.NIET_BEVESTIGD]
    if _is_first(planned):
        return NIEUW
    known = planned.feiten is not None and planned.feiten.gewijzigd == (Wijziging.REFERENTIE,)
    return ANDER_KENMERK if known else ANDERE_GEGEVENS


def _is_first(planned: Vervolg) -> bool:
    return planned.feiten is not None and planned.feiten.soort is Soort.KENNISGEVING


def _plans(verzoek: Pauzeverzoek, issued: Sequence[Kennisgeving] | None = None) -> list[Vervolg]:
    return added(vooruit.stand_of(verzoek, issued))


@bp.route("/werkvoorraad/<uuid:verzoek_id>/bijkomen", methods=["GET", "POST"])
@may_act
def bijkomen(verzoek_id: UUID) -> str | Response:
    """What the page shows is what goes out: a change in between makes the act a stale one."""
    verzoek = zaak.load_for(verzoek_id, Move.ADD)
    form = BijkomenForm(versie=str(verzoek.versie))
    if form.validate_on_submit() and _tell(verzoek_id, form):
        return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="ontvangers"))
    verzoek = zaak.load(verzoek_id)
    planned = _plans(verzoek)
    form.gezien.data = fingerprint(planned)
    fresh = [each for each in planned if _is_first(each)]
    return render_template(
        "hulpverlener/bijkomen.html",
        verzoek=verzoek,
        form=form,
        regels=[vooruit.regel(each) for each in planned],
        particulieren=[each.schuldeiser.naam for each in fresh if each.ontvanger.is_particulier],
        kan_versturen=bool(verzoek.toestemming and any(each.feiten for each in planned)),
    )


def _tell(verzoek_id: UUID, form: BijkomenForm) -> bool:
    """Whether it was sent; if not, the form says what is to be mended."""
    besluit = Bijkomst(
        versie=form.read_versie,
        gezien=form.gezien.data or "",
        particulier_bevestigd=form.particulier_bevestigd.data,
        geheim_bevestigd=form.geheim_bevestigd.data,
    )
    try:
        failed = tell_added(db(), actor(), verzoek_id, besluit)
    except GeenOntvangers:
        form.form_errors.append("Er is niets verstuurd. Kijk hieronder wat er nog ontbreekt.")
    except GeenToestemming:
        form.form_errors.append("De hulpvrager heeft de toestemming ingetrokken. Bel de hulpvrager.")
    except ParticulierNietBevestigd as error:
        form.particulier_bevestigd.errors = [f"Bevestig dat {' en '.join(error.namen)} bericht mag krijgen."]
    except VoorbeeldVerouderd:
        form.form_errors.append(vooruit.VEROUDERD)
    except GeheimAdresNietBevestigd:
        form.geheim_bevestigd.errors = ["Bevestig dat u hebt gecontroleerd dat het adres nergens staat."]
    else:
        flash(*vooruit.told("De berichten gaan op weg.", failed))
        return True
    return False
