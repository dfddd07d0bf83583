"""The queue: lanes with counts, a page of one lane, and a search.

The search is sent, not asked for in the address: a name or birth date does not belong in logs and histories.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.baan import Baan
from portal.domain.kenmerk import normalise_kenmerk
from portal.domain.roles import Role
from portal.models import Pauzeverzoek
from portal.queries import afwezigheid, banen, bekijken, bewaking, doorsturen, organisatie
from portal.queries import werkvoorraad as queue
from portal.texts.banen import BAAN, GROEPEN
from portal.web.hulpverlener import termijnen
from portal.web.hulpverlener.blueprint import bp, may_read
from portal.web.hulpverlener.forms import ZoekForm
from portal.web.hulpverlener.keuze import KeuzeForm, Vraag
from portal.web.hulpverlener.termijnen import Termijn
from portal.web.hulpverlener.toewijzen import ToewijzenForm
from portal.web.hulpverlener.woorden import STATUS
from portal.web.session import actor, db

_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


@dataclass(frozen=True, slots=True)
class Rij:
    """One case in a list."""

    verzoek: Pauzeverzoek
    status: str
    kleur: str
    wacht: str
    termijn: Termijn
    wgs: Termijn | None

    @classmethod
    def read(cls, verzoek: Pauzeverzoek, today: date, einde: date | None, baan: Baan | None) -> "Rij":
        wacht = termijnen.waiting(verzoek, today)
        to_call = baan is Baan.TERUGBELLEN
        termijn = termijnen.to_call(verzoek, today) if to_call else termijnen.of(verzoek, today, einde)
        return cls(verzoek, *STATUS[verzoek.status], wacht, termijn, termijnen.beside(verzoek, today))


@bp.get("/werkvoorraad")
@may_read
def werkvoorraad() -> str:
    """One lane. Without a choice the first on the page that holds something."""
    vraag = Vraag.read()
    away = afwezigheid.absent(db(), clock.today())
    vervangt = afwezigheid.replaced(actor(), away)
    keuze = vraag.keuze(vervangt)
    counts = banen.counts(db(), actor(), keuze)
    baan = _chosen(request.args.get("baan")) or _first(counts)
    volgorde = vraag.order_in(baan)
    rows = queue.lane(db(), actor(), baan, vraag.place_in(baan), keuze=keuze, volgorde=volgorde)
    shown = rows[: queue.PAGE]
    return render_template(
        "hulpverlener/werkvoorraad.html",
        groepen=[(kop, [_tab(lane, counts, baan) for lane in banen_in]) for kop, banen_in in GROEPEN.items()],
        baan=baan,
        kop=BAAN[baan][0],
        leeg=BAAN[baan][1],
        rijen=_rows(shown, baan),
        bekijkers=bekijken.others(db(), actor(), [each.id for each in shown], clock.now()),
        afwezig=away,
        vervangt=vervangt,
        volgende=queue.place(shown[-1], volgorde) if len(rows) > queue.PAGE else None,
        is_vervolg="na" in request.args,
        mag_versturen=actor().is_reviewer,
        zoekform=ZoekForm(formdata=None),
        vraag=vraag,
        **_forms(vraag, baan),
    )


def _forms(vraag: Vraag, baan: Baan) -> dict[str, KeuzeForm | ToewijzenForm | None]:
    """What to see, and for a teamleider in lanes where cases can change hands: who gets them."""
    staff = organisatie.reviewers(db(), actor().organisatie_id)
    keuzeform = vraag.form(baan, organisatie.gemeenten_now(db(), actor().organisatie_id), staff)
    if Role.TEAMLEIDER not in actor().roles or baan is Baan.KLAAR:
        return {"keuzeform": keuzeform, "toewijsform": None}
    toewijsform = ToewijzenForm(formdata=None)
    toewijsform.offer(staff)
    return {"keuzeform": keuzeform, "toewijsform": toewijsform}


def _first(counts: Mapping[Baan, int]) -> Baan:
    return next((lane for group in GROEPEN.values() for lane in group if counts[lane]), Baan.NIEUW)


def _tab(lane: Baan, counts: Mapping[Baan, int], chosen: Baan) -> tuple[Baan, str, str, bool]:
    """A lane with its label, its count, and whether it is the one on the page."""
    return lane, BAAN[lane][0], _count(counts[lane]), lane is chosen


def _count(count: int) -> str:
    return str(count) if count <= banen.MOST else f"{banen.MOST}+"


@bp.route("/werkvoorraad/zoeken", methods=["GET", "POST"])
@may_read
def zoeken() -> str | Response:
    """Find a case. A whole kenmerk leads straight to its case."""
    form = ZoekForm()
    if request.method == "GET":
        return redirect(url_for(".werkvoorraad"))
    if not form.validate_on_submit():
        return render_template("hulpverlener/zoeken.html", form=form, rijen=None)
    typed = form.zoek.data or ""
    found = queue.search(db(), actor(), as_stored(typed))
    if len(found) == 1 and normalise_kenmerk(typed):
        return redirect(url_for(".dossier", verzoek_id=found[0].id))
    kenmerk = normalise_kenmerk(typed)
    if not found and kenmerk and (gone := doorsturen.named(db(), actor(), kenmerk)):
        return redirect(url_for(".doorgestuurd_spoor", verzoek_id=gone.verzoek_id))
    return render_template("hulpverlener/zoeken.html", form=form, rijen=_rows(found), is_vol=len(found) == queue.PAGE)


def as_stored(typed: str) -> str:
    """A Dutch date as the index has it: '3-5-1980' is '1980-05-03'. Anything else stays as it is."""
    found = _DUTCH_DAY.fullmatch(typed.strip())
    if found is None:
        return typed
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return typed


def _rows(cases: Sequence[Pauzeverzoek], baan: Baan | None = None) -> list[Rij]:
    today = clock.today()
    announced = bewaking.unseen_ends(db(), [verzoek.id for verzoek in cases], today)
    return [Rij.read(verzoek, today, announced.get(verzoek.id), baan) for verzoek in cases]


def _chosen(typed: str | None) -> Baan | None:
    if not typed:
        return None
    return Baan(typed) if typed in set(Baan) else abort(404)
