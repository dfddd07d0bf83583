"""Answer one Kennisgeving through the link in it: confirm that it is yours, answer, see that it was received."""

from dataclasses import dataclass
from datetime import timedelta

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.actions import antwoordlink, beantwoorden
from portal.db import limits
from portal.domain.beantwoording import Antwoordweg, Geldigheid
from portal.domain.errors import AlreadyDecided, AntwoordOngeldig, NotFound, OngeldigeToegang
from portal.domain.kennisgeving import KennisgevingFeiten, from_json
from portal.models import Beantwoording, Kennisgeving, links
from portal.queries import antwoord as answers
from portal.queries import directory
from portal.web import session
from portal.web.access import public
from portal.web.schuldeiser import bewezen, bp, woorden
from portal.web.schuldeiser.forms import FIELDS, NOT_MATCHING, AntwoordForm, BevestigForm, shown


@dataclass(frozen=True, slots=True)
class Gevraagd:
    """The message behind a link, and the answer that counts now."""

    token: str
    kennisgeving: Kennisgeving
    last: Beantwoording | None

    @property
    def feiten(self) -> KennisgevingFeiten:
        return from_json(self.kennisgeving.feiten)


class LinkClosed(Exception):
    """The link is genuine, but leads to nothing to answer; `waarom` says why, or is empty when that is not told."""

    def __init__(self, waarom: str = "") -> None:
        super().__init__(waarom)
        self.waarom = waarom


@bp.errorhandler(LinkClosed)
def _closed(error: LinkClosed) -> ResponseReturnValue:
    return render_template("schuldeiser/link_werkt_niet.html", waarom=error.waarom), 410


@bp.route("/antwoord/<token>", methods=["GET", "POST"])
@public
def antwoord(token: str) -> ResponseReturnValue:
    """Whoever opens a link, a mail scanner for instance, sees nothing of anybody. Who knows the customer goes on."""
    asked = _open(token)
    id = asked.kennisgeving.id
    if bewezen.is_proven(id):
        return redirect(url_for(".antwoord_geven", token=token))
    form = BevestigForm(names_kenmerk=any(each.referentie for each in asked.feiten.verwijzingen))
    if form.validate_on_submit():
        limits.hit(session.database(), limits.CONFIRM_PER_CLIENT, session.client())
        limits.hit(session.database(), limits.CONFIRM_PER_LINK, id.hex)
        limits.hit(session.database(), limits.CONFIRM_PER_LINK_DAY, id.hex)
        try:
            antwoordlink.confirm(session.db(), session.actor(), id, **form.known)
        except OngeldigeToegang:
            form.refuse(*NOT_MATCHING)
        else:
            bewezen.remember(id)
            return redirect(url_for(".antwoord_geven", token=token))
    return render_template(
        "schuldeiser/bevestigen.html", form=form, afzender=asked.feiten.afzender, overzicht=bewezen.list_open()
    )


@bp.route("/antwoord/<token>/geven", methods=["GET", "POST"])
@public
def antwoord_geven(token: str) -> ResponseReturnValue:
    """One page for every answer."""
    asked = _open(token)
    if not bewezen.is_proven(asked.kennisgeving.id):
        return redirect(url_for(".antwoord", token=token))
    form = AntwoordForm(data=shown(asked.last, asked.kennisgeving.eind_on))
    if not form.validate_on_submit():
        return _page(asked, form)
    limits.hit(session.database(), limits.ANSWERS_PER_LINK, asked.kennisgeving.id.hex)
    try:
        beantwoorden.answer(
            session.db(),
            session.actor(),
            asked.kennisgeving.id,
            form.gegeven(directory.called(session.db(), form.naar.data or "")),
            via=Antwoordweg.LINK,
            na=form.seen,
        )
    except AntwoordOngeldig as error:
        form[FIELDS.get(error.veld, error.veld)].errors = [woorden.ONGELDIG[error.veld]]
        return _page(asked, form)
    except AlreadyDecided:
        return _page(_open(token), form, overtaken=True), 409
    return redirect(url_for(".antwoord_ontvangen", token=token))


@bp.get("/antwoord/<token>/ontvangen")
@public
def antwoord_ontvangen(token: str) -> ResponseReturnValue:
    """What was answered, to keep or to change."""
    asked = _open(token)
    if not bewezen.is_proven(asked.kennisgeving.id) or asked.last is None:
        return redirect(url_for(".antwoord", token=token))
    return render_template(
        "schuldeiser/ontvangen.html",
        asked=asked,
        feiten=asked.feiten,
        gegeven=woorden.gegeven(asked.last),
        overzicht=bewezen.list_open(),
    )


def _page(asked: Gevraagd, form: AntwoordForm, *, overtaken: bool = False) -> str:
    if overtaken and asked.last:
        form.na.data = str(asked.last.volgnummer)
    return render_template(
        "schuldeiser/antwoord.html",
        asked=asked,
        feiten=asked.feiten,
        form=form,
        gegeven=woorden.gegeven(asked.last) if asked.last else [],
        overtaken=overtaken,
        namen=directory.names(session.db()),
    )


def _open(token: str) -> Gevraagd:
    """The message behind a link; from here on this request sees what its schuldeiser sees. Raises LinkClosed.

    Only a genuine link is told why it is closed. A forged one and one of a deleted case are the same.
    """
    try:
        named = links.read_antwoord(token)
        session.as_schuldeiser(answers.recipient_of(session.db(), named))
        kennisgeving = answers.for_link(session.db(), named)
    except (OngeldigeToegang, NotFound) as error:
        raise LinkClosed from error
    _expect_open(kennisgeving)
    return Gevraagd(token, kennisgeving, answers.last_answer(session.db(), kennisgeving.id))


def _expect_open(kennisgeving: Kennisgeving) -> None:
    if kennisgeving.link_revoked_at is not None:
        raise LinkClosed(woorden.INGETROKKEN_LINK)
    today = clock.today()
    stand = kennisgeving.geldigheid(answers.to_same_recipient(session.db(), kennisgeving), today)
    if stand is Geldigheid.GELDIG:
        return
    if today > kennisgeving.eind_on + timedelta(days=session.settings().answer_link_days):
        raise LinkClosed
    raise LinkClosed(woorden.GESLOTEN[stand])
