"""The directory: who can be told, over which channel, and who vouched for the address."""

from datetime import date, timedelta
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import akkoord, akkoord_soorten
from portal.actions import directory as directory_acts
from portal.actions.contact import may_decide
from portal.domain.errors import BestaatAl, NotFound
from portal.domain.roles import READERS, REVIEWERS, Actor, Role
from portal.models import Schuldeiser
from portal.queries import directory
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.beheer.forms import AdresForm, LijstForm
from portal.web.forms import clean
from portal.web.hulpverlener.woorden import CATEGORIE, PARTIJROL, adres_staat
from portal.web.session import actor, db, settings

SEPARATOR = "_"
"""Between the name and the id in `na`; an id has none."""


@bp.get("/beheer/schuldeisers")
@requires(*Role)
def schuldeisers() -> str:
    """By name, a page at a time, or the entries most like what was typed."""
    form = LijstForm(request.args)
    typed = (form.zoek.data or "") if form.validate() else ""
    rows = directory.listing(db(), typed, directory.PAGE + 1, _read_cursor(request.args.get("na")))
    shown = rows[: directory.PAGE]
    more = len(rows) > directory.PAGE and not typed
    return render_template(
        "beheer/schuldeisers.html",
        form=form,
        rijen=[_row(entry, actor(), clock.today()) for entry in shown],
        zoek=typed,
        volgende=f"{shown[-1].naam}{SEPARATOR}{shown[-1].id}" if more else None,
        is_vervolg="na" in request.args and not typed,
        verouderd=directory.stale(db(), actor(), clock.today(), settings().address_check_months),
        lijstvoorstellen=directory.voorstellen(db(), actor()),
        mag_stilte_zien=bool(actor().roles & (READERS | {Role.LANDELIJK_BEHEERDER})),
        mag_toevoegen=Role.LANDELIJK_BEHEERDER in actor().roles,
    )


@bp.route("/beheer/schuldeisers/<uuid:schuldeiser_id>/adres", methods=["GET", "POST"])
@requires(*REVIEWERS, Role.LANDELIJK_BEHEERDER)
def adres(schuldeiser_id: UUID) -> str | Response:
    """Set how the party is reached, and vouch for its e-mail address."""
    entry = next(iter(directory.by_id(db(), [schuldeiser_id])), None)
    if entry is None or not may_decide(actor(), entry):
        raise NotFound(f"schuldeiser {schuldeiser_id}")
    naam = entry.naam
    form = AdresForm(email=entry.email, postadres=entry.postadres)
    if form.validate_on_submit() and _keep(schuldeiser_id, naam, form):
        return redirect(url_for(".schuldeisers", zoek=naam))
    return render_template("beheer/adres.html", form=form, schuldeiser=entry)


def _keep(schuldeiser_id: UUID, naam: str, form: AdresForm) -> bool:
    """Whether it was kept. Another e-mail address is asked of a colleague: this one alone is not enough."""
    same = None if form.has_new_email or not form.gecontroleerd.data else form.email.data or None
    try:
        if form.has_new_email:
            lives = timedelta(days=settings().akkoord_days)
            wens = akkoord_soorten.change_email(schuldeiser_id, form.email.data or "")
            akkoord.ask(db(), actor(), wens, form.reden.data or "", lives)
    except BestaatAl:
        form.email.errors = ["Voor deze schuldeiser wacht al een ander e\u2011mailadres op akkoord."]
        return False
    directory_acts.keep_addresses(db(), actor(), schuldeiser_id, email=same, postadres=form.postadres.data or None)
    if form.has_new_email:
        flash(
            "Opgeslagen. Een collega moet nog akkoord geven voor het e\u2011mailadres. Tot dan blijft het oude.", "ok"
        )
    else:
        flash(f"Opgeslagen: zo bereikt het portaal {naam}.", "ok")
    return True


def _row(entry: Schuldeiser, acting: Actor, today: date) -> dict[str, object]:
    return {
        "schuldeiser": entry,
        "soort": f"{PARTIJROL[entry.rol]}, {CATEGORIE[entry.categorie].lower()}"
        if not entry.is_gemachtigde
        else PARTIJROL[entry.rol],
        "convenant": entry.convenant_on(today) or "Geen",
        "maanden": f"{entry.default_maanden} (max. {entry.max_maanden})",
        "bereik": adres_staat(entry),
        "mag_controleren": may_decide(acting, entry),
    }


def _read_cursor(text: str | None) -> tuple[str, UUID] | None:
    if not text:
        return None
    naam, _, id = text.rpartition(SEPARATOR)
    try:
        return clean(naam) or "", UUID(id)
    except ValueError:
        abort(404)
