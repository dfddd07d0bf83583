"""A received mail about a case: read it as plain text, note what it answers, be done with it."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.actions import inkomend as mail_acts
from portal.domain.beantwoording import Antwoordweg
from portal.models import Inkomend, Kennisgeving
from portal.queries import directory, dossier
from portal.queries import inkomend as received
from portal.texts.veilig import multi_line, single_line
from portal.web.forms import HouseForm
from portal.web.hulpverlener import noteren, zaak
from portal.web.hulpverlener.blueprint import bp, may_act, may_read
from portal.web.hulpverlener.forms import KiesBerichtForm, NoteerForm
from portal.web.hulpverlener.mailwoorden import MAILBAND, MAILGEVOLG, MAILSOORT
from portal.web.session import actor, db

MAX_SHOWN = 20_000
"""Signs of a mail on its page; the file has the rest."""


@dataclass(frozen=True, slots=True)
class Regel:
    """One received mail in words, safe to show."""

    mail: Inkomend
    label: str
    uitleg: str
    doen: str
    band: str

    @classmethod
    def read(cls, mail: Inkomend) -> "Regel":
        return cls(mail, *MAILSOORT[mail.soort], MAILGEVOLG[mail.gevolg], MAILBAND[mail.band])

    @property
    def kleur(self) -> str:
        return "oranje" if self.mail.is_te_lezen else "grijs"

    @property
    def van(self) -> str:
        return single_line(self.mail.afzender) or "Onbekend"

    @property
    def onderwerp(self) -> str:
        return single_line(self.mail.onderwerp) or "Geen onderwerp"

    @property
    def tekst(self) -> str:
        return multi_line(self.mail.tekst, MAX_SHOWN)

    @property
    def bijlagen(self) -> list[str]:
        return [f"{single_line(each['naam'])} ({single_line(each['soort'])})" for each in self.mail.bijlagen]


def regels(mails: Iterable[Inkomend]) -> list[Regel]:
    return [Regel.read(mail) for mail in mails]


@bp.get("/werkvoorraad/<uuid:verzoek_id>/mail/<uuid:inkomend_id>")
@may_read
def mail(verzoek_id: UUID, inkomend_id: UUID) -> str:
    return _page(verzoek_id, inkomend_id)


@bp.post("/werkvoorraad/<uuid:verzoek_id>/mail/<uuid:inkomend_id>")
@may_act
def mail_gelezen(verzoek_id: UUID, inkomend_id: UUID) -> BaseResponse:
    """It was read, and there is nothing (more) to do."""
    received.one(db(), inkomend_id, verzoek_id)
    mail_acts.handle(db(), actor(), inkomend_id)
    flash("De e-mail is afgehandeld.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="mail"))


@bp.post("/werkvoorraad/<uuid:verzoek_id>/mail/<uuid:inkomend_id>/antwoord")
@may_act
def mail_antwoord(verzoek_id: UUID, inkomend_id: UUID) -> str | BaseResponse | tuple[str, int]:
    """The mail answers a Kennisgeving: note the answer, and the mail is done with."""
    found = received.one(db(), inkomend_id, verzoek_id)
    message = _answered(found, verzoek_id)
    if message is None:
        return _page(verzoek_id, inkomend_id)
    form = noteren.form_for(message)
    if not form.validate_on_submit():
        return _page(verzoek_id, inkomend_id, form)
    status = noteren.keep(form, message.id, Antwoordweg.MAIL)
    if status != 302:
        return _page(verzoek_id, inkomend_id, form), status
    mail_acts.handle(db(), actor(), inkomend_id, answers=message.id)
    flash("Het antwoord is genoteerd en de e-mail is afgehandeld.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="ontvangers"))


@bp.get("/werkvoorraad/<uuid:verzoek_id>/mail/<uuid:inkomend_id>/bestand")
@may_act
def mail_bestand(verzoek_id: UUID, inkomend_id: UUID) -> Response:
    """The mail as it came, to keep or to open in a mail program."""
    return as_file(received.one(db(), inkomend_id, verzoek_id))


def as_file(found: Inkomend) -> Response:
    """Never shown in the browser: its content comes from outside."""
    answer = Response(base64.b64decode(found.ruw), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = 'attachment; filename="bericht.eml"'
    return answer


def _page(verzoek_id: UUID, inkomend_id: UUID, form: NoteerForm | None = None) -> str:
    verzoek = zaak.load(verzoek_id)
    found = received.one(db(), inkomend_id, verzoek_id)
    message = _answered(found, verzoek_id)
    may_handle = actor().is_reviewer and found.is_te_lezen
    return render_template(
        "hulpverlener/mail.html",
        verzoek=verzoek,
        regel=Regel.read(found),
        kennisgeving=message,
        gelezenform=HouseForm(formdata=None) if may_handle else None,
        form=form or (noteren.form_for(message) if may_handle and message else None),
        kiesform=_choice(verzoek_id) if may_handle and found.kennisgeving_id is None else None,
        namen=directory.names(db()) if may_handle and message else [],
        mag_bewaren=actor().is_reviewer,
    )


def _answered(found: Inkomend, verzoek_id: UUID) -> Kennisgeving | None:
    """The message that the mail is about, or the one that was chosen for a mail of which only the case is known."""
    if found.kennisgeving_id is not None:
        return dossier.kennisgeving(db(), verzoek_id, found.kennisgeving_id)
    chosen = request.args.get("bericht")
    return next((each for each in noteren.answerable(verzoek_id) if str(each.id) == chosen), None)


def _choice(verzoek_id: UUID) -> KiesBerichtForm | None:
    """Which of the messages is answered. None where no message asks for an answer."""
    form = KiesBerichtForm(formdata=None, bericht=request.args.get("bericht"))
    form.offer(noteren.answerable(verzoek_id))
    return form if form.bericht.choices else None
