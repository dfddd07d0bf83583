"""Note what a schuldeiser answered: heard on the telephone, or read in a mail. The same words as on its own page."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import beantwoorden
from portal.domain.beantwoording import Antwoordweg
from portal.domain.errors import AlreadyDecided, AntwoordOngeldig, MoveNotAllowed, NietMeerTeBeantwoorden
from portal.models import Kennisgeving
from portal.queries import antwoord as answers
from portal.queries import directory, dossier
from portal.web.hulpverlener import zaak
from portal.web.hulpverlener.blueprint import bp, may_act
from portal.web.hulpverlener.forms import NoteerForm
from portal.web.schuldeiser import woorden
from portal.web.schuldeiser.forms import FIELDS, shown
from portal.web.session import actor, db

OVERTAKEN = "Intussen kwam er een ander antwoord binnen. Kijk het na. Klopt dit toch? Noteer het dan nog een keer."
TOO_LATE = "Op dit bericht kan geen antwoord meer komen: de pauze is voorbij, of er is een nieuwer bericht."


@bp.route(
    "/werkvoorraad/<uuid:verzoek_id>/kennisgevingen/<uuid:kennisgeving_id>/antwoord-noteren", methods=["GET", "POST"]
)
@may_act
def antwoord_noteren(verzoek_id: UUID, kennisgeving_id: UUID) -> str | Response | tuple[str, int]:
    """The schuldeiser called."""
    message = dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    if message.id not in {each.id for each in answerable(verzoek_id)}:
        raise MoveNotAllowed("note an answer to what asks for none")
    form = form_for(message)
    status = 200
    if form.validate_on_submit():
        status = keep(form, message.id, Antwoordweg.HULPVERLENER)
        if status == 302:
            flash("Het antwoord is genoteerd.", "ok")
            return redirect(url_for(".kennisgeving", verzoek_id=verzoek_id, kennisgeving_id=kennisgeving_id))
    page = render_template(
        "hulpverlener/antwoord_noteren.html",
        verzoek=zaak.load(verzoek_id),
        kennisgeving=message,
        form=form,
        namen=directory.names(db()),
    )
    return page, status


def answerable(verzoek_id: UUID) -> list[Kennisgeving]:
    """The messages of a case that ask for an answer today, the last one to each recipient."""
    messages = dossier.kennisgevingen(db(), verzoek_id)
    return [each for each in messages if answers.asks_on(each, _to_same(each, messages), clock.today())]


def form_for(message: Kennisgeving) -> NoteerForm:
    """The form, beginning with the answer that counts now."""
    meant = answers.meant_by(db(), message)
    return NoteerForm(data=shown(answers.last_answer(db(), meant.id), meant.eind_on))


def keep(form: NoteerForm, kennisgeving_id: UUID, via: Antwoordweg) -> int:
    """Keep the answer of a valid form; returns 302, or the status of the page that says what is wrong."""
    given = form.gegeven(directory.called(db(), form.naar.data or ""))
    try:
        beantwoorden.answer(db(), actor(), kennisgeving_id, given, via=via, na=form.seen)
    except AntwoordOngeldig as error:
        form[FIELDS.get(error.veld, error.veld)].errors = [woorden.ONGELDIG[error.veld]]
        return 200
    except AlreadyDecided:
        last = answers.last_answer(db(), kennisgeving_id)
        form.na.data = str(last.volgnummer) if last else "0"
        flash(OVERTAKEN, "error")
        return 409
    except NietMeerTeBeantwoorden:
        flash(TOO_LATE, "error")
        return 409
    return 302


def _to_same(message: Kennisgeving, messages: Sequence[Kennisgeving]) -> list[Kennisgeving]:
    return [each for each in messages if each.sleutel == message.sleutel]
