"""One entry of the directory: what is known of it, and the page on which who may changes it."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import directory_entry as acts
from portal.actions.contact import may_decide
from portal.actions.directory_merge import may_merge
from portal.domain.errors import BestaatAl, NotFound
from portal.domain.event import LANDELIJK
from portal.domain.roles import REVIEWERS, Role
from portal.models import Lijstvoorstel, Schuldeiser
from portal.queries import directory, directory_entry
from portal.queries import organisatie as own
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.schuldeiserform import EntryForm
from portal.web.hulpverlener.geschiedenis import Regel, regels
from portal.web.hulpverlener.lijstwoorden import LEVERING
from portal.web.hulpverlener.namen import Namen, medewerker_ids, schuldeiser_ids
from portal.web.hulpverlener.woorden import CATEGORIE, KANAAL, PARTIJROL, adres_staat
from portal.web.session import actor, db


@bp.get("/beheer/schuldeisers/<uuid:schuldeiser_id>")
@requires(*Role)
def schuldeiser(schuldeiser_id: UUID) -> str:
    """What the directory says; its use, its bounces and its history for who keeps it."""
    mag_wijzigen = may_decide(actor(), directory_entry.load(db(), schuldeiser_id))
    rond = (directory_entry.usage(db(), schuldeiser_id), directory_entry.bounces(db(), schuldeiser_id))
    entry = directory_entry.load(db(), schuldeiser_id)
    return render_template(
        "beheer/schuldeiser.html",
        schuldeiser=entry,
        rol=PARTIJROL[entry.rol],
        categorie=CATEGORIE[entry.categorie],
        bereik=adres_staat(entry),
        kanaal=KANAAL[entry.kanaal],
        levering=LEVERING[entry.levering],
        convenant_nu=entry.convenant_on(clock.today()),
        gemachtigden=directory_entry.gemachtigden(db(), schuldeiser_id),
        opdrachtgevers=directory_entry.opdrachtgevers(db(), schuldeiser_id),
        gebruik=rond[0],
        terug=rond[1],
        mag_wijzigen=mag_wijzigen,
        mag_samenvoegen=may_merge(actor(), entry),
        mag_besluiten=Role.LANDELIJK_BEHEERDER in actor().roles and entry.voorstel is Lijstvoorstel.OPEN,
        samengevoegd_met=next(iter(directory.by_id(db(), [entry.samengevoegd_met_id])), None)
        if entry.samengevoegd_met_id
        else None,
        geschiedenis=_history(entry) if mag_wijzigen else [],
    )


@bp.route("/beheer/schuldeisers/<uuid:schuldeiser_id>/wijzigen", methods=["GET", "POST"])
@requires(*REVIEWERS, Role.LANDELIJK_BEHEERDER)
def schuldeiser_wijzigen(schuldeiser_id: UUID) -> str | Response:
    entry = directory_entry.load(db(), schuldeiser_id)
    if not may_decide(actor(), entry):
        raise NotFound(f"schuldeiser {schuldeiser_id}")
    naam = entry.naam
    form = EntryForm.of(entry, [each.naam for each in directory_entry.gemachtigden(db(), schuldeiser_id)])
    if form.validate_on_submit():
        try:
            acts.change_entry(
                db(), actor(), schuldeiser_id,
                stand=form.stand.data or "", values=form.values(), gemachtigden=form.collectors(),
            )  # fmt: skip
        except BestaatAl:
            form.naam.errors = [NAAM_BEZET]
        else:
            flash(f"Opgeslagen: {form.naam.data}.", "ok")
            return redirect(url_for(".schuldeiser", schuldeiser_id=schuldeiser_id))
    terug = url_for(".schuldeiser", schuldeiser_id=schuldeiser_id)
    return render_template("beheer/schuldeiser_form.html", form=form, kop=naam, titel="Gegevens wijzigen", terug=terug)


@bp.route("/beheer/schuldeisers/nieuw", methods=["GET", "POST"])
@requires(Role.LANDELIJK_BEHEERDER)
def schuldeiser_nieuw() -> str | Response:
    """A new landelijke entry. Its address is checked on the page after it."""
    form = EntryForm()
    if form.validate_on_submit():
        try:
            added = acts.add_entry(db(), actor(), form.values(), form.collectors())
        except BestaatAl:
            form.naam.errors = [NAAM_BEZET]
        else:
            flash(f"{form.naam.data} staat op de lijst. Vul nu een adres in.", "ok")
            return redirect(url_for(".adres", schuldeiser_id=added))
    return render_template(
        "beheer/schuldeiser_form.html", form=form, kop=None, titel="Nieuwe schuldeiser", terug=url_for(".schuldeisers")
    )


NAAM_BEZET = "Deze naam staat al op de landelijke lijst. Zoek hem op, of kies een andere naam."


def _history(entry: Schuldeiser) -> list[Regel]:
    entries = directory_entry.history(db(), actor().organisatie_id or LANDELIJK, entry.id)
    names = own.names(db(), medewerker_ids(entries))
    parties = {each.id: each.naam for each in directory.by_id(db(), schuldeiser_ids(entries))}
    return regels(entries, Namen(medewerkers=names, schuldeisers=parties, ontvangers={}))
