"""Match one schuld to parties of the directory: suggestions, a search, and each party's own reference."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, StringField

from portal.actions import directory as directory_acts
from portal.actions import review
from portal.domain.errors import AdresInReferentie, AlVerteld, BsnInReferentie, NotFound
from portal.domain.status import Move
from portal.models import Pauzeverzoek, Schuld, Schuldeiser
from portal.queries import directory
from portal.web.forms import MAX_LINE, HouseForm, OneLine, clean
from portal.web.hulpverlener import voorstellen, zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import SchuldeiserForm, read_ids
from portal.web.hulpverlener.fotos import photos_of
from portal.web.hulpverlener.woorden import CATEGORIE, PARTIJROL, adres_staat
from portal.web.hulpvrager.forms.schuld import MAX_REFERENTIE
from portal.web.hulpvrager.forms.velden import NietVerplicht
from portal.web.session import actor, db

MAX_CHOSEN = 12
"""Parties of one schuld that a page takes. Practice: one or two."""

NOBODY_CHOSEN = "Kies wie er bericht krijgt. Staat de schuldeiser er niet bij? Zoek, of voeg hem toe."

IS_TOLD = "{} kreeg al bericht over deze pauze. Laat het vinkje staan."

IN_REFERENCE = {
    BsnInReferentie: (
        "Dit lijkt een BSN. Een BSN mag niet in een bericht. Laat het kenmerk leeg of vul een ander kenmerk in."
    ),
    AdresInReferentie: (
        "Hierin staat de postcode van een geheim adres. Laat het kenmerk leeg of vul een ander kenmerk in."
    ),
}

TICK, REFERENCE = "partij-", "referentie-"


@dataclass(slots=True)
class Groep:
    """Candidates that were found in the same way."""

    kop: str
    kandidaten: list["Kandidaat"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """A party that may be meant, ticked beforehand or not, with the reference that stands in its box."""

    schuldeiser: Schuldeiser
    gekozen: bool
    referentie: str

    @property
    def uitleg(self) -> str:
        party = self.schuldeiser
        kind = [PARTIJROL[party.rol]]
        if not party.is_gemachtigde:
            kind.append(CATEGORIE[party.categorie].lower())
        return " · ".join([*kind, party.convenant or "geen convenant", adres_staat(party)])


class KoppelForm(HouseForm):
    """A tick and a reference for each candidate are added by `form_for`. `gezocht` is what was searched last: Enter in
    the box presses the first button of the page, and what stands there unsearched is meant as a search.
    """

    gezocht = HiddenField()
    zoek = StringField("Zoek in de lijst", [OneLine(what="De zoektekst")])

    def tick(self, party: Schuldeiser) -> Any:
        return self[f"{TICK}{party.id}"]

    def reference(self, party: Schuldeiser) -> Any:
        return self[f"{REFERENCE}{party.id}"]

    def chosen(self, parties: Iterable[Schuldeiser]) -> dict[UUID, str | None]:
        """The ticked parties, each with its own reference."""
        return {party.id: self.reference(party).data or None for party in parties if self.tick(party).data}


@bp.route("/werkvoorraad/<uuid:verzoek_id>/schulden/<uuid:schuld_id>/koppelen", methods=["GET", "POST"])
@may_act
def koppelen(verzoek_id: UUID, schuld_id: UUID) -> str | Response:
    """The page. Searching keeps what is ticked and typed, and writes nothing."""
    verzoek = zaak.load_matchable(verzoek_id)
    schuld = line_of(verzoek, schuld_id)
    zoek = (clean(request.form.get("zoek") or request.args.get("zoek")) or "")[:MAX_LINE]
    groups = candidates(schuld, zoek, _asked_for())
    parties = [each.schuldeiser for group in groups for each in group.kandidaten]
    form = form_for(groups)
    is_new_search = zoek != (form.gezocht.data or "")
    form.gezocht.data = zoek
    if form.is_submitted() and form.validate() and not is_new_search:
        if request.form.get("actie") == "nieuw":
            return redirect(_new_party_url(verzoek_id, schuld_id, form.chosen(parties)))
        if request.form.get("actie") != "zoeken" and _match(verzoek_id, schuld_id, form, parties):
            return redirect(next_step(verzoek_id))
    return render_template(
        "hulpverlener/koppelen.html",
        verzoek=verzoek,
        schuld=schuld,
        groepen=groups,
        kan_koppelen=bool(parties),
        niet_in_gebruik=_retired(schuld, zoek),
        form=form,
        **photos_of(schuld),
    )


def _match(verzoek_id: UUID, schuld_id: UUID, form: KoppelForm, parties: list[Schuldeiser]) -> bool:
    """Whether it was matched; if not, the form says what is to be mended."""
    chosen = form.chosen(parties)
    if not chosen:
        form.form_errors.append(NOBODY_CHOSEN)
        return False
    try:
        review.match_schuld(db(), actor(), verzoek_id, schuld_id, chosen)
    except AlVerteld as error:
        form.form_errors += [IS_TOLD.format(party.naam) for party in directory.by_id(db(), error.schuldeiser_ids)]
        return False
    except (BsnInReferentie, AdresInReferentie) as error:
        for id in error.schuldeiser_ids:
            form[f"{REFERENCE}{id}"].errors = [IN_REFERENCE[type(error)]]
        return False
    return True


def line_of(verzoek: Pauzeverzoek, schuld_id: UUID) -> Schuld:
    """The schuld of this case. Raises NotFound."""
    for schuld in verzoek.schulden:
        if schuld.id == schuld_id:
            return schuld
    raise NotFound(f"schuld {schuld_id}")


def candidates(schuld: Schuld, zoek: str, asked_for: list[UUID]) -> list[Groep]:
    """Who may be meant, each party once: chosen before, like the typed names, and found by searching."""
    told = schuld.verteld
    found = voorstellen.find([schuld], zoek)
    matched = {partij.schuldeiser_id: partij.referentie or "" for partij in schuld.partijen}
    sure = _beforehand(schuld, found) if not (matched or asked_for) else set()
    sender_reference = told.referentie

    def candidate(party: Schuldeiser, *, is_sender: bool, ticked: bool) -> Kandidaat:
        reference = matched.get(party.id, sender_reference if is_sender and not matched else "")
        return Kandidaat(party, ticked, reference)

    kept = {partij.schuldeiser.id: partij.schuldeiser for partij in schuld.partijen}
    kept |= {party.id: party for party in directory.by_id(db(), asked_for)} if asked_for else {}
    kept = {id: party for id, party in kept.items() if party.actief}
    lists = [
        ("Gekozen", list(kept.values()), not told.namens),
        (f"Lijkt op de afzender ‘{told.afzender}’", _parties(found, told.afzender), True),
        (f"Lijkt op ‘{told.namens}’", _parties(found, told.namens), False),
        (f"Gevonden met ‘{zoek}’", _parties(found, zoek), not told.namens),
    ]
    groups, seen = [], set[UUID]()
    for kop, parties, is_sender in lists:
        fresh = [party for party in parties if party.id not in seen]
        seen |= {party.id for party in fresh}
        group = [candidate(p, is_sender=is_sender, ticked=p.id in sure or p.id in kept) for p in fresh]
        if group or (zoek and kop.startswith("Gevonden")):
            groups.append(Groep(kop, group))
    return groups


def _retired(schuld: Schuld, zoek: str) -> list[str]:
    """The names of parties that are meant but cannot be chosen: tied before, or called so, and no longer in use."""
    told = schuld.verteld
    tied = [partij.schuldeiser for partij in schuld.partijen if not partij.schuldeiser.actief]
    called = directory.retired(db(), [told.afzender, told.namens, zoek])
    return list(dict.fromkeys(party.naam for party in [*tied, *called] if not party.is_particulier))


def _parties(found: voorstellen.Gevonden, typed: str) -> list[Schuldeiser]:
    return [suggestion.schuldeiser for suggestion in found[typed]] if typed else []


def _beforehand(schuld: Schuld, found: voorstellen.Gevonden) -> set[UUID]:
    """The parties that are surely meant. A private person is never chosen beforehand."""
    told = schuld.verteld
    sure = [voorstellen.certain(found[typed]) for typed in (told.afzender, told.namens) if typed]
    return {party.id for party in sure if party is not None and not party.is_particulier and not told.particulier}


def form_for(groups: list[Groep]) -> KoppelForm:
    """The form with a tick and a reference for each candidate."""
    fields: dict[str, Any] = {}
    for candidate in (each for group in groups for each in group.kandidaten):
        party = candidate.schuldeiser
        fields[f"{TICK}{party.id}"] = BooleanField(party.naam, default=candidate.gekozen)
        fields[f"{REFERENCE}{party.id}"] = StringField(
            f"Kenmerk bij {party.naam}",
            [NietVerplicht(), OneLine(MAX_REFERENTIE, "Het kenmerk")],
            default=candidate.referentie,
        )
    made: type[KoppelForm] = type("KoppelFormVanSchuld", (KoppelForm,), fields)
    return made()


def _asked_for() -> list[UUID]:
    """The parties that were ticked on the page, or that an address asks for: they stay in sight."""
    ticked = (name.removeprefix(TICK) for name in request.form if name.startswith(TICK))
    return read_ids([*ticked, *request.args.getlist("kies")])[:MAX_CHOSEN]


def next_step(verzoek_id: UUID) -> str:
    """The next schuld without a party; when there is none, the decision."""
    verzoek = zaak.load(verzoek_id)
    unmatched = next((schuld for schuld in verzoek.schulden if not schuld.is_matched), None)
    if unmatched is not None:
        return url_for(".koppelen", verzoek_id=verzoek_id, schuld_id=unmatched.id)
    page = next((page for move, page in _DECISIONS.items() if zaak.allows(verzoek, move)), ".dossier")
    return url_for(page, verzoek_id=verzoek_id)


_DECISIONS = {Move.APPROVE: ".besluit", Move.ADD: ".bijkomen"}
"""Where what was tied is told, by what the case allows."""


def _new_party_url(verzoek_id: UUID, schuld_id: UUID, chosen: Iterable[UUID]) -> str:
    return url_for(".nieuwe_schuldeiser", verzoek_id=verzoek_id, schuld_id=schuld_id, kies=[str(id) for id in chosen])


@bp.route("/werkvoorraad/<uuid:verzoek_id>/schulden/<uuid:schuld_id>/nieuwe-schuldeiser", methods=["GET", "POST"])
@may_act
def nieuwe_schuldeiser(verzoek_id: UUID, schuld_id: UUID) -> str | Response:
    """Add an entry to the directory of the own organisatie, and come back with it chosen."""
    verzoek = zaak.load_matchable(verzoek_id)
    schuld = line_of(verzoek, schuld_id)
    chosen = [str(id) for id in read_ids(request.args.getlist("kies"))[:MAX_CHOSEN]]
    form = SchuldeiserForm(naam=schuld.verteld.namens or schuld.verteld.afzender)
    if form.validate_on_submit():
        added = directory_acts.propose_schuldeiser(db(), actor(), **form.entry())
        return redirect(url_for(".koppelen", verzoek_id=verzoek_id, schuld_id=schuld_id, kies=[*chosen, str(added)]))
    ids: dict[str, Any] = {"verzoek_id": verzoek_id, "schuld_id": schuld_id, "kies": chosen}
    return render_template(
        "hulpverlener/nieuwe_schuldeiser.html",
        verzoek=verzoek,
        schuld=schuld,
        form=form,
        hier=url_for(".nieuwe_schuldeiser", **ids),
        terug=url_for(".koppelen", **ids),
    )
