"""The landelijke directory as a file: take it out, and read it in after seeing every change that it makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import HiddenField, StringField, TextAreaField

from portal import clock
from portal.actions.directory_file import COLUMNS, Regel, read_regels, write_regels
from portal.actions.directory_import import Gevolg, Uitkomst, counts, digest, import_directory, preview
from portal.domain.errors import AlreadyDecided, OngeldigBestand
from portal.domain.roles import Role
from portal.queries import directory
from portal.web.access import requires
from portal.web.beheer.blueprint import bp
from portal.web.forms import HouseForm, MaxText, clean
from portal.web.hulpverlener.lijstwoorden import KOLOM, VELD
from portal.web.hulpverlener.woorden import plural
from portal.web.session import actor, db, settings
from portal.web.templating import day

MAX_FILE_BYTES = 200 * 1024
"""The file comes along twice: to be looked at, and to be confirmed. A larger one is for the operator."""


class BestandForm(HouseForm):
    """A file to look at, or the one that was looked at with what it would do."""

    bestand = StringField("Bestand (CSV)")
    inhoud = HiddenField()
    gezien = HiddenField()
    reden = TextAreaField("Waarom veranderen de e-mailadressen?", [MaxText()])


@dataclass(frozen=True, slots=True)
class Wijziging:
    """What one line does, in words: a field, how it was, how it will be."""

    regel: int
    naam: str
    is_nieuw: bool
    velden: list[tuple[str, str, str]]
    vraagt: str | None


@bp.get("/beheer/schuldeisers/lijst.csv")
@requires(Role.LANDELIJK_BEHEERDER)
def lijst_csv() -> Response:
    """The landelijke entries, as the portal reads them in again."""
    name = f"schuldeisers-{clock.today():%Y-%m-%d}.csv"
    content = "\ufeff" + write_regels(directory.companies(db()))  # a spreadsheet knows UTF-8 by its first sign
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(content, content_type="text/csv; charset=utf-8", headers=headers)


@bp.route("/beheer/schuldeisers/inlezen", methods=["GET", "POST"])
@requires(Role.LANDELIJK_BEHEERDER)
def lijst_inlezen() -> str | Answer:
    """First what the file would do; nothing changes until that was confirmed."""
    form = BestandForm(formdata=request.form)
    if not form.validate_on_submit():
        return _page(form)
    text = form.inhoud.data or _uploaded(form)
    if text is None:
        return _page(form)
    try:
        regels = read_regels(text.splitlines())
        if form.gezien.data and _has_reason(form, regels):
            flash(_summary(_read_in(form, regels)), "ok")
            return redirect(url_for(".schuldeisers"))
        return _dry_run(form, text, regels)
    except OngeldigBestand as error:
        return _page(form, error)
    except AlreadyDecided:
        form.form_errors.append("De lijst is intussen veranderd. Kijk de wijzigingen opnieuw na.")
        return _dry_run(form, text, regels)


def _has_reason(form: BestandForm, regels: Sequence[Regel]) -> bool:
    """Whether the second person can read why, when there is something to ask."""
    if not form.reden.data and any(each.asks for each in preview(db(), actor(), regels)):
        form.reden.errors = ["Vul in waarom de e\u2011mailadressen veranderen. Uw collega leest dit."]
    return not form.reden.errors


def _read_in(form: BestandForm, regels: Sequence[Regel]) -> list[Uitkomst]:
    return import_directory(
        db(),
        actor(),
        regels,
        gezien=form.gezien.data,
        reden=form.reden.data or "",
        lives=timedelta(days=settings().akkoord_days),
    )


def _uploaded(form: BestandForm) -> str | None:
    """The chosen file as text, cleaned as all that is typed; None when the form says what is wrong with it."""
    sent = request.files.get("bestand")
    raw = sent.read(MAX_FILE_BYTES + 1) if sent else b""
    if not raw:
        form.bestand.errors = ["Kies een bestand."]
    elif len(raw) > MAX_FILE_BYTES:
        form.bestand.errors = ["Dit bestand is te groot. Vraag de beheerder van het portaal om het in te lezen."]
    else:
        try:
            return clean(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            form.bestand.errors = ["Dit bestand is geen tekst in UTF-8. Sla het op als CSV UTF-8."]
    return None


def _page(form: BestandForm, error: OngeldigBestand | None = None) -> str:
    wrong: dict[int, list[str]] = {}
    for fout in error.fouten if error else ():
        wrong.setdefault(fout.regel, []).append(fout.kolom)
    return render_template(
        "beheer/lijst_inlezen.html",
        form=form,
        kolommen=[(name, KOLOM[name]) for name in COLUMNS],
        fouten=[(line, [name for name in dict.fromkeys(names) if name]) for line, names in wrong.items()],
    )


def _dry_run(form: BestandForm, text: str, regels: Sequence[Regel]) -> str:
    outcomes = preview(db(), actor(), regels)
    form.inhoud.data, form.gezien.data = text, digest(outcomes)
    return render_template(
        "beheer/lijst_wijzigingen.html",
        form=form,
        wijzigingen=[_wijziging(each) for each in outcomes if each.gevolg is not Gevolg.UNCHANGED or each.asks],
        wachten=[each.regel.naam for each in outcomes if each.waits],
        vragen=_asked(outcomes),
        aantal=counts(outcomes),
    )


def _wijziging(outcome: Uitkomst) -> Wijziging:
    is_nieuw = outcome.gevolg is Gevolg.ADDED
    told = {**outcome.changes, **({"email": outcome.regel.email} if is_nieuw else {})}
    velden = [(VELD[name], _said(outcome.was.get(name)), _said(value)) for name, value in told.items()]
    told_velden = [each for each in velden if not is_nieuw or each[2]]
    return Wijziging(outcome.regel.number, outcome.regel.naam, is_nieuw, told_velden, outcome.asks)


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case list():
            return "; ".join(value)
        case date():
            return day(value)
        case _:
            return str(value).replace("\n", ", ")


def _summary(outcomes: Sequence[Uitkomst]) -> str:
    number = counts(outcomes)
    asked = _asked(outcomes)
    told = (
        f"Ingelezen: {number[Gevolg.ADDED]} nieuw, {number[Gevolg.CHANGED]} gewijzigd, "
        f"{number[Gevolg.UNCHANGED]} hetzelfde."
    )
    return f"{told} Een collega moet nog akkoord geven voor {asked}." if asked else told


def _asked(outcomes: Sequence[Uitkomst]) -> str:
    """For how many addresses a colleague decides, in words; nothing when for none."""
    count = sum(each.asks is not None for each in outcomes)
    return plural(count, "e\u2011mailadres", "e\u2011mailadressen") if count else ""
