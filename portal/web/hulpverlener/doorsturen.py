"""Give a case to another gemeente, and what is left of it here: that it went, and the trail until then."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField, ValidationError

from portal import clock
from portal.actions.doorsturen import forward_pauzeverzoek
from portal.domain.errors import GemeenteDoetNietMee, NotFound
from portal.domain.status import Move
from portal.models import Pauzeverzoek
from portal.queries import directory, doorsturen, dossier, gemeenten, organisatie
from portal.web.forms import MaxText, ZonderBsn, required
from portal.web.hulpverlener import geschiedenis, zaak
from portal.web.hulpverlener.blueprint import bp, may_act, may_read
from portal.web.hulpverlener.forms import VersieForm
from portal.web.hulpverlener.leestaal import other_taal
from portal.web.hulpverlener.namen import Namen, gemeente_codes, medewerker_ids, schuldeiser_ids
from portal.web.session import actor, db


class DoorsturenForm(VersieForm):
    gemeente = SelectField("Naar welke gemeente?", validate_choice=False)
    toelichting = TextAreaField(
        "Waarom stuurt u het verzoek door?",
        [
            required("Vul in waarom u het verzoek doorstuurt. De hulpvrager leest dit."),
            MaxText(what="Uw uitleg"),
            ZonderBsn(),
        ],
    )

    offered: Mapping[str, str] = MappingProxyType({})

    def offer(self, verzoek: Pauzeverzoek) -> None:
        """Every gemeente that takes part today, but its own."""
        taking_part = gemeenten.taking_part(db(), clock.today())
        self.offered = {each.code: each.naam for each in taking_part if each.code != verzoek.gemeente_code}
        self.gemeente.choices = {"": "Kies een gemeente", **self.offered}

    def validate_gemeente(self, field: SelectField) -> None:
        if field.data not in self.offered:
            raise ValidationError("Kies een gemeente.")


@bp.route("/werkvoorraad/<uuid:verzoek_id>/doorsturen", methods=["GET", "POST"])
@may_act
def doorsturen_naar(verzoek_id: UUID) -> str | Response:
    """Of a gemeente that was merged the new one is chosen beforehand."""
    verzoek, today = zaak.load_for(verzoek_id, Move.FORWARD), clock.today()
    route = gemeenten.route(db(), verzoek.gemeente_code, today)
    form = DoorsturenForm(versie=str(verzoek.versie), gemeente=route.gemeente.code if route else "")
    form.offer(verzoek)
    if form.validate_on_submit():
        naar = form.offered[form.gemeente.data]
        try:
            forward_pauzeverzoek(
                db(), actor(), verzoek_id, form.read_versie, form.gemeente.data, form.toelichting.data or ""
            )
        except GemeenteDoetNietMee:
            form.gemeente.errors = ["Deze gemeente doet niet meer mee. Kies een andere gemeente."]
        else:
            flash(f"Het verzoek is doorgestuurd naar gemeente {naar}. De hulpvrager krijgt bericht.", "ok")
            return redirect(url_for(".doorgestuurd"))
    return render_template("hulpverlener/doorsturen.html", verzoek=verzoek, form=form, leest=other_taal(verzoek))


@bp.get("/werkvoorraad/doorgestuurd")
@may_read
def doorgestuurd() -> str:
    """The latest cases that this organisatie gave away."""
    return render_template("hulpverlener/doorgestuurd.html", zaken=doorsturen.given_away(db(), actor()))


@bp.get("/werkvoorraad/doorgestuurd/<uuid:verzoek_id>")
@may_read
def doorgestuurd_spoor(verzoek_id: UUID) -> str:
    """The trail of a case as far as it was worked on here. Raises NotFound."""
    given = doorsturen.last_given_away(db(), actor(), verzoek_id)
    if given is None:
        raise NotFound(f"doorsturing of {verzoek_id}")
    entries = dossier.history(db(), verzoek_id)
    namen = Namen(
        medewerkers=organisatie.names(db(), medewerker_ids(entries)),
        schuldeisers={party.id: party.naam for party in directory.by_id(db(), schuldeiser_ids(entries))},
        ontvangers={},
        gemeenten=gemeenten.names_of(db(), gemeente_codes(entries)),
    )
    return render_template(
        "hulpverlener/doorgestuurd_spoor.html",
        zaak=given,
        door=namen.staff(given.forwarded_by),
        geschiedenis=geschiedenis.in_brief(entries, namen),
    )
