"""Approve, and send all: start, months per recipient, and exactly what each of them will get."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, RadioField, StringField, ValidationError

from portal import clock
from portal.actions import review
from portal.actions.verzendplan import START_WITHIN_DAYS, Besluit
from portal.domain.belet import Belet
from portal.domain.duur import MAX_MAANDEN
from portal.domain.errors import (
    DuurOngeldig,
    GeenOntvangers,
    GeenToestemming,
    GeheimAdresNietBevestigd,
    NietGekoppeld,
    ParticulierNietBevestigd,
    VoorbeeldVerouderd,
)
from portal.domain.kennisgeving import Kanaal
from portal.domain.status import Move
from portal.models import Pauzeverzoek, Schuldeiser
from portal.models.ontvanger import Ontvanger, ontvangers
from portal.queries import dossier as case_file
from portal.queries import organisatie, voorbeeld
from portal.queries.voorbeeld import Voorbeeld
from portal.web.fields import DagMaandJaarField
from portal.web.forms import required
from portal.web.hulpverlener import notities, weggelaten, zaak
from portal.web.hulpverlener.antwoorden import Rij
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import VersieForm
from portal.web.hulpverlener.woorden import BELET, CATEGORIE, PARTIJROL, adres_staat, plural
from portal.web.session import actor, db

MONTHS = "maanden-"

PARTICULIER = {
    "ja": "Ja, de hulpvrager wil dat deze persoon bericht krijgt",
    "nee": "Nee, nu nog niet. De andere berichten gaan wel weg",
}

CHANGED = (
    "De gegevens van een schuldeiser of van uw organisatie zijn veranderd. Kijk de berichten na en keur opnieuw goed."
)


class BesluitForm(VersieForm):
    """A number of months for each recipient is added by `form_for`."""

    gezien = HiddenField()
    start_on = DagMaandJaarField("Eerste dag van de pauze", [required("Vul de eerste dag van de pauze in.")])
    particulier = RadioField("Krijgt deze persoon bericht?", choices=PARTICULIER, validate_choice=False)
    geheim_bevestigd = BooleanField("Ja, het adres blijft geheim. Ik heb de berichten hierboven gecontroleerd")

    def validate_start_on(self, field: DagMaandJaarField) -> None:
        today = clock.today()
        if field.data and not today <= field.data <= today + timedelta(days=START_WITHIN_DAYS):
            raise ValidationError(f"Kies een dag vanaf vandaag, hoogstens {START_WITHIN_DAYS} dagen vooruit.")

    def months(self, party: Schuldeiser) -> Any:
        return self[f"{MONTHS}{party.id}"]

    def maanden(self, parties: Sequence[Schuldeiser]) -> dict[UUID, int]:
        """The months of each recipient; 0 for what is no number: no pause lasts that long."""
        return {party.id: read_months(self.months(party).data) or 0 for party in parties}


class Months:
    """A whole number of months that this recipient allows. The list at the top of the page says whose box it is."""

    def __init__(self, party: Schuldeiser) -> None:
        self.maximum = max_months(party)
        self.field_flags = {"whose": party.naam}

    def __call__(self, form: Any, field: Any) -> None:
        months = read_months(field.data)
        if months is None or not 1 <= months <= self.maximum:
            raise ValidationError(f"Vul een getal in van 1 tot en met {self.maximum}.")


def read_months(typed: str | None) -> int | None:
    text = (typed or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else None


def max_months(party: Schuldeiser) -> int:
    return min(party.max_maanden, MAX_MAANDEN)


def form_for(parties: Sequence[Schuldeiser], versie: int) -> BesluitForm:
    """The form with the months of each recipient: the default of the pair, within its maximum."""
    fields = {
        f"{MONTHS}{party.id}": StringField(
            # Sight sees it below the name; a screen reader hears each box by itself.
            Markup('Maanden<span class="pk-sr"> voor {}</span>').format(party.naam),
            [Months(party)],
            default=str(min(party.default_maanden, max_months(party))),
        )
        for party in parties
    }
    made: type[BesluitForm] = type("BesluitFormVanZaak", (BesluitForm,), fields)
    return made(start_on=clock.today(), versie=str(versie))


@dataclass(frozen=True, slots=True)
class Regel:
    """One recipient on the page. `belet` says why it is not told; `weggelaten` what its message does not say."""

    voorbeeld: Voorbeeld
    schuldeiser: Schuldeiser
    soort: str
    bereik: str
    maximum: int
    schulden: str
    waarschuwing: str
    belet: str
    weggelaten: list[Rij]

    @classmethod
    def read(cls, preview: Voorbeeld, verzoek: Pauzeverzoek, others: int) -> "Regel":
        recipient = preview.ontvanger
        party = recipient.schuldeiser
        kind = PARTIJROL[party.rol] if party.is_gemachtigde else CATEGORIE[party.categorie]
        numbers = ", ".join(str(schuld.volgnummer) for schuld in recipient.schulden)
        kept_back = (
            weggelaten.rows(verzoek, recipient, preview.feiten, preview.tekst.onderwerp, others)
            if preview.feiten and preview.tekst
            else []
        )
        return cls(
            preview, party, kind, adres_staat(party), max_months(party), f"schuld {numbers}", _warning(recipient),
            BELET[recipient.belet] if recipient.belet else "", kept_back,
        )  # fmt: skip

    @property
    def is_told(self) -> bool:
        return not self.belet

    @property
    def is_partner_gevraagd(self) -> bool:
        """Whether it waits for the toestemming of the partner."""
        return self.voorbeeld.ontvanger.belet is Belet.GEEN_TOESTEMMING_PARTNER


def _warning(recipient: Ontvanger) -> str:
    party = recipient.schuldeiser
    if party.channel is Kanaal.BRIEF and not party.postadres:
        return "Er is geen e-mailadres en geen postadres. Zoek het postadres op voordat u goedkeurt."
    if party.is_gemachtigde and any(schuld.schuldeiser is None for schuld in recipient.schulden):
        return "De schuldeiser zelf is niet gekoppeld. Alleen deze gemachtigde krijgt bericht."
    return ""


@bp.route("/werkvoorraad/<uuid:verzoek_id>/besluit", methods=["GET", "POST"])
@may_act
def besluit(verzoek_id: UUID) -> str | Response:
    """'Goedkeuren en … versturen' is one act; anything else, Enter in a box too, computes again and writes nothing."""
    verzoek = zaak.load_for(verzoek_id, Move.APPROVE)
    parties = list(dict.fromkeys(each.schuldeiser for each in ontvangers(verzoek) if not each.belet))
    form = form_for(parties, verzoek.versie)
    only_look = form.only_looks("goedkeuren", verzoek.versie)
    if form.validate_on_submit() and not only_look and (told := _approve(verzoek_id, form, parties)):
        flash(f"De pauze is goedgekeurd. {plural(told, 'bericht gaat', 'berichten gaan')} op weg.", "ok")
        return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="ontvangers"))
    return _page(zaak.load(verzoek_id), form, form.maanden(parties), is_decision=not only_look)


def _approve(verzoek_id: UUID, form: BesluitForm, parties: Sequence[Schuldeiser]) -> int:
    """How many are told; 0 when it was not approved, and then the form says what is to be mended."""
    decided = Besluit(
        versie=form.read_versie,
        gezien=form.gezien.data or "",
        start_on=form.start_on.data,
        maanden=form.maanden(parties),
        particulier_bevestigd=form.particulier.data == "ja",
        zonder_particulier=form.particulier.data == "nee",
        geheim_bevestigd=form.geheim_bevestigd.data,
    )
    try:
        return review.approve_pauzeverzoek(db(), actor(), verzoek_id, decided)
    except NietGekoppeld as error:
        numbers = ", ".join(map(str, error.volgnummers))
        form.form_errors.append(f"Koppel eerst schuld {numbers} aan een schuldeiser.")
    except GeenOntvangers:
        form.form_errors.append("Er is niemand om bericht te sturen. Voeg een schuld toe, of koppel een andere partij.")
    except GeenToestemming:
        form.form_errors.append("De hulpvrager gaf geen toestemming. Zonder toestemming kunt u niet goedkeuren.")
    except ParticulierNietBevestigd as error:
        form.particulier.errors = [f"Kies of {' en '.join(error.namen)} bericht krijgt."]
    except GeheimAdresNietBevestigd:
        form.geheim_bevestigd.errors = ["Bevestig dat u hebt gecontroleerd dat het adres nergens staat."]
    except DuurOngeldig:
        form.form_errors.append("De duur past niet meer. Werk het voorbeeld bij en kijk de maanden na.")
    except VoorbeeldVerouderd:
        form.form_errors.append(CHANGED)
    return 0


def _refresh(form: BesluitForm, verzoek: Pauzeverzoek, *, is_decision: bool) -> None:
    """From here on the page shows what there is now; who decided on something else is told so."""
    fresh = voorbeeld.fingerprint(verzoek, _own_name(), clock.today())
    if is_decision and form.gezien.data != fresh and CHANGED not in form.form_errors:
        form.form_errors.append(CHANGED)
    form.gezien.data = fresh


def _page(verzoek: Pauzeverzoek, form: BesluitForm, maanden: Mapping[UUID, int], *, is_decision: bool) -> str:
    _refresh(form, verzoek, is_decision=is_decision)
    today = clock.today()
    previews = voorbeeld.preview(
        verzoek,
        start_on=today if form.start_on.errors else form.start_on.data or today,
        maanden=maanden,
        contactpersoon=_own_name(),
        today=today,
        base_url=db().adressen.base_url,
    )
    rows = [Regel.read(preview, verzoek, len(previews) - 1) for preview in previews]
    first = {row.schuldeiser.id: row for row in reversed(rows) if row.is_told}  # one box for who gets two messages
    told = [row for row in rows if row.is_told]
    unmatched = [schuld for schuld in verzoek.schulden if not schuld.is_matched]
    ends = [row.voorbeeld.feiten.eind_on for row in rows if row.voorbeeld.feiten]
    return render_template(
        "hulpverlener/besluit.html",
        verzoek=verzoek,
        form=form,
        regels=[(row, row in first.values()) for row in rows],
        tot_en_met=max(ends, default=None),
        particulieren=[row.schuldeiser.naam for row in told if row.voorbeeld.ontvanger.is_particulier],
        aantal=len(told),
        verdeling=_split(told),
        knop=f"Goedkeuren en {plural(len(told), 'bericht', 'berichten')} versturen",
        ongekoppeld=unmatched,
        niet_gecontroleerd=notities.not_done(case_file.registercontroles(db(), verzoek.id)),
        kan_goedkeuren=bool(told and not unmatched and verzoek.toestemming),
    )


PER_KANAAL = {Kanaal.EMAIL: "per e-mail", Kanaal.BRIEF: "per brief", Kanaal.API: "via de koppeling"}


def _split(rows: Sequence[Regel]) -> str:
    """How many go which way, and how many are bound: '10 per e-mail, 6 per brief; 3 volgens een convenant'."""
    ways = Counter(row.schuldeiser.channel for row in rows)
    bound = sum(1 for row in rows if row.voorbeeld.feiten and row.voorbeeld.feiten.convenant)
    split = ", ".join(f"{ways[kanaal]} {words}" for kanaal, words in PER_KANAAL.items() if ways[kanaal])
    return f"{split}; {bound} volgens een convenant" if bound else split


def _own_name() -> str:
    id = actor().id
    return organisatie.names(db(), [id])[id] if id else ""
