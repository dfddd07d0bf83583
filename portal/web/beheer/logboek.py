"""The trail of the own organisatie and its cases, for an auditor: a day at a time, nothing to change."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import abort, render_template, request
from wtforms import DateField, SelectField

from portal import clock
from portal.domain import events
from portal.domain.roles import Role
from portal.models import AuditEntry
from portal.queries import directory, logboek, organisatie
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.forms import HouseForm
from portal.web.hulpverlener import geschiedenis
from portal.web.hulpverlener.namen import Namen, medewerker_ids, schuldeiser_ids
from portal.web.session import actor, db

GROEPEN = {
    "verzoeken": "Verzoeken en besluiten",
    "kennisgevingen": "Kennisgevingen en antwoorden",
    "berichten": "Berichten aan de hulpvrager",
    "toegang": "Medewerkers en inloggen",
    "organisatie": "Organisatie en lijst met schuldeisers",
    "overig": "Al het andere",
}
"""What the trail is filtered by."""

_BEGINS = {
    "verzoeken": ("Pauze", "Schuld", "Toestemming", "Supplement", "AntwoordSaved", "Identiteit"),
    "kennisgevingen": ("Kennisgeving", "Antwoordlink", "AntwoordHandled"),
    "berichten": ("Bericht", "Hulpvrager"),
    "toegang": (
        "Medewerker",
        "Uitnodiging",
        "Wachtwoord",
        "Sessies",
        "Herstelcode",
        "AppTakenOff",
        "Werkaccount",
        "Passkey",
    ),
    "organisatie": ("Organisatie", "Bewaartermijnen", "Deelname", "Directory", "Contactgegevens", "Schuldeiser"),
}
"""Group → how the names of its events begin. The longest beginning counts; what has none is in the last group."""


def groep_of(name: str) -> str:
    """The group of a kind of event."""
    fitting = [(len(begin), group) for group, begins in _BEGINS.items() for begin in begins if name.startswith(begin)]
    return max(fitting)[1] if fitting else "overig"


class LogboekForm(HouseForm):
    """It changes nothing, so it carries no token."""

    class Meta(HouseForm.Meta):
        csrf = False

    dag = DateField("Dag")
    soort = SelectField("Wat", choices={"": "Alles", **GROEPEN}, default="", validate_choice=False)


@bp.get("/beheer/logboek")
@requires(Role.AUDITOR)
def log() -> str:
    """The newest first. A day or a group that does not exist is today and everything."""
    form = LogboekForm(request.args)
    day = form.dag.data or clock.today()
    form.dag.data, form.dag.raw_data = day, None
    rows = logboek.entries(db(), day, logboek.PAGE + 1, before=_before(), kinds=_kinds(form.soort.data))
    shown = rows[: logboek.PAGE]
    return render_template(
        "beheer/logboek.html",
        form=form,
        dag=day,
        dagen=[each for each in (day - timedelta(days=1), day + timedelta(days=1)) if each <= clock.today()],
        regels=list(zip(shown, geschiedenis.regels(shown, _names(shown)), strict=True)),
        kenmerken=logboek.kenmerken(db(), {entry.keten for entry in shown}),
        eigen=actor().organisatie_id,
        soort=form.soort.data if form.soort.data in GROEPEN else None,
        volgende=shown[-1].id if len(rows) > logboek.PAGE else None,
    )


def _kinds(group: str | None) -> list[str] | None:
    if group not in GROEPEN:
        return None
    return [kind.__name__ for kind in events.all_events() if groep_of(kind.__name__) == group]


def _names(entries: Sequence[AuditEntry]) -> Namen:
    parties = directory.by_id(db(), schuldeiser_ids(entries))
    messages = {UUID(id) for entry in entries if (id := entry.feiten.get("kennisgeving_id"))}
    return Namen(
        medewerkers=organisatie.names(db(), medewerker_ids(entries)),
        schuldeisers={party.id: party.naam for party in parties},
        ontvangers=logboek.ontvangers(db(), messages),
    )


def _before() -> int | None:
    typed = request.args.get("na")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 18):
        abort(404)
    return int(typed)
