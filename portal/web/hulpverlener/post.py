"""The post: every letter that waits, printed as one file and marked as posted together."""

import io
from collections.abc import Iterable
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from pypdf import PdfWriter
from werkzeug.wrappers import Response as Answer
from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from portal.actions import verzending
from portal.domain.errors import MoveNotAllowed
from portal.models import Kennisgeving
from portal.queries import post as letters
from portal.web.forms import HouseForm
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.woorden import SOORT, plural
from portal.web.session import actor, db

FILE_NAME = "brieven.pdf"
"""Tells nothing of a person: it stays behind in a folder of downloads."""


def some(form: HouseForm, field: SelectMultipleField) -> None:
    if not field.data:
        raise ValidationError("Kies een of meer brieven.")


class PostForm(HouseForm):
    """Which letters: those on the page when it was made, so that a later one is never marked unseen."""

    brieven = SelectMultipleField("Brieven", [some], validate_choice=False)

    @property
    def ids(self) -> list[UUID]:
        """Each once. A page of ours holds ids only."""
        try:
            return [UUID(typed) for typed in dict.fromkeys(self.brieven.data or [])]
        except ValueError:
            abort(400)


@bp.route("/werkvoorraad/post", methods=["GET", "POST"])
@may_act
def post() -> str | Answer:
    """'Print' gives the file and changes nothing; 'verstuurd' is one act for each letter."""
    form = PostForm()
    if not form.validate_on_submit():
        return _page(form)
    ids = form.ids
    if request.form.get("actie") == "verstuurd":
        _mark_posted(ids)
        return redirect(url_for(".post"))
    found = letters.chosen(db(), actor(), ids)
    if len(found) < len(ids):
        form.form_errors.append("Er zijn brieven vervallen of al verstuurd. Kijk de lijst hieronder na.")
    if not all(row.Brief.is_intact for row in found):
        form.form_errors.append("Een brief is niet meer zoals hij is gemaakt. Print niets en waarschuw de beheerder.")
    if form.form_errors:
        return _page(form)
    return Response(
        stacked(row.Brief.pdf for row in found),
        content_type="application/pdf",
        headers={"Content-Disposition": f"attachment; filename={FILE_NAME}"},
    )


def stacked(pdfs: Iterable[bytes]) -> bytes:
    """The letters as they are kept, behind each other; each begins on a sheet of its own, also in two-sided print."""
    stack = PdfWriter()
    for pdf in pdfs:
        stack.append(io.BytesIO(pdf), import_outline=False)
        if len(stack.pages) % 2:
            stack.add_blank_page()
    written = io.BytesIO()
    stack.write(written)
    return written.getvalue()


def _mark_posted(ids: Iterable[UUID]) -> None:
    """Each by itself: one that lapsed meanwhile must not hold up the others, and must not be posted."""
    done, not_any_more = 0, 0
    for id in ids:
        try:
            verzending.mark_posted(db(), actor(), id)
            done += 1
        except MoveNotAllowed:
            not_any_more += 1
    if done:
        flash(f"Genoteerd: {plural(done, 'brief is', 'brieven zijn')} verstuurd.", "ok")
    if not_any_more:
        words = plural(not_any_more, "brief was al verstuurd of is", "brieven waren al verstuurd of zijn")
        flash(f"{words} vervallen. Kijk in de zaak of de brief nog weg mag.", "warning")


def _page(form: PostForm) -> str:
    waiting = letters.waiting(db(), actor())
    ready = [each for each in waiting if each.has_postadres]
    stapel = ready[: letters.PER_STAPEL]
    form.brieven.choices = [(str(each.id), _label(each)) for each in stapel]
    if not form.is_submitted() or form.form_errors:
        form.brieven.data = [str(each.id) for each in stapel]
    return render_template(
        "hulpverlener/post.html",
        form=form,
        is_meer=len(ready) > len(stapel) or len(waiting) == letters.MAX_WAITING,
        zonder_adres=[(each, _label(each)) for each in waiting if not each.has_postadres],
    )


def _label(letter: Kennisgeving) -> str:
    return f"{letter.schuldeiser.naam}, {SOORT[letter.soort].lower()} {letter.feiten['kenmerk']}"
