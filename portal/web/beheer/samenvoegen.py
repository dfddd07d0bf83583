"""Two entries that are one party, and what organisatie proposed for the landelijke list."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.actions import directory as directory_acts
from portal.actions.directory_merge import may_merge, merge_entries
from portal.domain.errors import AlreadyDecided, BestaatAl, HeeftKoppeling, NotFound
from portal.domain.roles import REVIEWERS, Role
from portal.models import Schuldeiser
from portal.queries import directory, directory_entry
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.forms import LijstForm
from portal.web.forms import HouseForm
from portal.web.hulpverlener.woorden import adres_staat
from portal.web.session import actor, db

CANDIDATES = 10
"""Entries to merge with that one search shows."""


@bp.get("/beheer/schuldeisers/<uuid:schuldeiser_id>/samenvoegen")
@requires(*REVIEWERS, Role.LANDELIJK_BEHEERDER)
def samenvoegen(schuldeiser_id: UUID) -> str:
    """Choose the entry that stays: those most like this one, or what was searched for."""
    weg = _mergeable(schuldeiser_id)
    form = LijstForm(request.args if "zoek" in request.args else None, zoek=weg.naam)
    typed = (form.zoek.data or "") if form.validate() else ""
    found = [each.schuldeiser for each in directory.suggest(db(), typed, CANDIDATES)]
    return render_template(
        "beheer/samenvoegen.html",
        weg=weg,
        form=form,
        gevonden=[(each, adres_staat(each)) for each in found if _may_stay(weg, each)],
    )


@bp.route("/beheer/schuldeisers/<uuid:schuldeiser_id>/samenvoegen/<uuid:blijft_id>", methods=["GET", "POST"])
@requires(*REVIEWERS, Role.LANDELIJK_BEHEERDER)
def samenvoegen_met(schuldeiser_id: UUID, blijft_id: UUID) -> str | Response:
    """Both side by side, and what happens; there is no way back."""
    weg, blijft = _mergeable(schuldeiser_id), directory_entry.load(db(), blijft_id)
    if not _may_stay(weg, blijft):
        raise NotFound(f"schuldeiser {blijft_id}")
    form, namen = HouseForm(), (weg.naam, blijft.naam)
    if form.validate_on_submit():
        try:
            merge_entries(db(), actor(), schuldeiser_id, blijft_id)
        except HeeftKoppeling:
            form.form_errors.append(f"{namen[0]} haalt berichten op via de koppeling. Voeg de andere samen met deze.")
            weg, blijft = _mergeable(schuldeiser_id), directory_entry.load(db(), blijft_id)
        else:
            flash(f"{namen[0]} is samengevoegd met {namen[1]}.", "ok")
            return redirect(url_for(".schuldeiser", schuldeiser_id=blijft_id))
    return render_template(
        "beheer/samenvoegen_met.html",
        form=form,
        partijen=[(each, adres_staat(each)) for each in (weg, blijft)],
        terug=url_for(".samenvoegen", schuldeiser_id=schuldeiser_id),
    )


@bp.post("/beheer/schuldeisers/<uuid:schuldeiser_id>/voorstel")
@requires(Role.LANDELIJK_BEHEERDER)
def lijstvoorstel(schuldeiser_id: UUID) -> Response:
    """Take it into the landelijke list, or leave it with its organisatie."""
    naam, keuze = directory_entry.load(db(), schuldeiser_id).naam, request.form.get("keuze")
    if keuze not in {"ja", "nee"}:
        abort(400)
    try:
        stand = request.form.get("stand", "")
        directory_acts.decide_voorstel(db(), actor(), schuldeiser_id, stand=stand, akkoord=keuze == "ja")
    except AlreadyDecided:
        flash(f"Er is intussen iets veranderd aan {naam}. Kijk eerst wat er nu staat.", "warning")
        return redirect(url_for(".schuldeiser", schuldeiser_id=schuldeiser_id))
    except BestaatAl:
        flash(f"{naam} staat al op de landelijke lijst. Voeg de twee samen.", "warning")
        return redirect(url_for(".samenvoegen", schuldeiser_id=schuldeiser_id))
    flash(f"{naam} staat {'nu' if keuze == 'ja' else 'niet'} op de landelijke lijst.", "ok")
    return redirect(url_for(".schuldeisers"))


def _mergeable(schuldeiser_id: UUID) -> Schuldeiser:
    weg = directory_entry.load(db(), schuldeiser_id)
    if not may_merge(actor(), weg):
        raise NotFound(f"schuldeiser {schuldeiser_id}")
    return weg


def _may_stay(weg: Schuldeiser, blijft: Schuldeiser) -> bool:
    return blijft.actief and blijft.id != weg.id and blijft.organisatie_id in (None, weg.organisatie_id)
