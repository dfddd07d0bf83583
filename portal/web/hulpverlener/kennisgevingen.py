"""One message to a schuldeiser as it was issued, every attempt to deliver it, and another try."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.actions import verzending
from portal.actions.akkoord_soorten import may_be_mailed_unverified
from portal.actions.verzending import GeenGeverifieerdAdres
from portal.domain.bewaking import Stilte
from portal.domain.inkomend import Mailgevolg
from portal.domain.kennisgeving import ASKING, Kanaal
from portal.domain.status import Verzendstatus
from portal.models import Inkomend, Kennisgeving, Poging
from portal.models.briefwisseling import briefwisselingen
from portal.queries import antwoord as answers
from portal.queries import dossier
from portal.queries import inkomend as received
from portal.queries import stilte as silences
from portal.web.hulpverlener import antwoord, mail, noteren, ontvangers, zaak
from portal.web.hulpverlener.blueprint import bp, may_act, may_read
from portal.web.hulpverlener.brieven import Poststuk
from portal.web.hulpverlener.forms import OpnieuwForm
from portal.web.hulpverlener.woorden import GRONDSLAG, KANAAL, POGING, STILTE, VERZENDING
from portal.web.session import actor, db


@bp.get("/werkvoorraad/<uuid:verzoek_id>/kennisgevingen/<uuid:kennisgeving_id>")
@may_read
def kennisgeving(verzoek_id: UUID, kennisgeving_id: UUID) -> str:
    return _page(verzoek_id, kennisgeving_id, None)


@bp.post("/werkvoorraad/<uuid:verzoek_id>/kennisgevingen/<uuid:kennisgeving_id>")
@may_act
def kennisgeving_opnieuw(verzoek_id: UUID, kennisgeving_id: UUID) -> str | Response:
    """Send it again: to the present verified address, or as a letter."""
    message = dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    form = _retry_form(message)
    if not form.validate_on_submit():
        return _page(verzoek_id, kennisgeving_id, form)
    kanaal = Kanaal(form.kanaal.data)
    try:
        verzending.retry(db(), actor(), kennisgeving_id, kanaal)
    except GeenGeverifieerdAdres:
        form.kanaal.errors = ["Er is geen gecontroleerd e-mailadres. Controleer eerst het adres, of kies per post."]
        return _page(verzoek_id, kennisgeving_id, form)
    if kanaal is Kanaal.BRIEF:
        flash("De brief staat klaar. Print hem en doe hem op de post.", "ok")
        return redirect(url_for(".kennisgeving", verzoek_id=verzoek_id, kennisgeving_id=kennisgeving_id))
    flash("Het bericht staat klaar. Het portaal verstuurt de e-mail vanzelf.", "ok")
    return redirect(url_for(".dossier", verzoek_id=verzoek_id, _anchor="ontvangers"))


def _preferred(mails: list[Inkomend]) -> Kanaal | None:
    """By post, when the last report says that mail will not do."""
    return Kanaal.BRIEF if mails and mails[0].gevolg is Mailgevolg.PER_POST else None


def _retry_form(message: Kennisgeving, *, chosen: Kanaal | None = None, fresh: bool = False) -> OpnieuwForm:
    form = OpnieuwForm(formdata=None, kanaal=chosen) if fresh else OpnieuwForm()
    form.offer([Kanaal.EMAIL, Kanaal.BRIEF] if message.schuldeiser.verified_email else [Kanaal.BRIEF])
    return form


def _page(verzoek_id: UUID, kennisgeving_id: UUID, form: OpnieuwForm | None) -> str:
    verzoek = zaak.load(verzoek_id)
    message = dossier.kennisgeving(db(), verzoek_id, kennisgeving_id)
    attempts = [each for each in dossier.pogingen(db(), verzoek_id) if each.kennisgeving_id == message.id]
    retries = dossier.next_attempts(db(), [message.id])
    given = answers.last_answer(db(), message.id)
    mails = [each for each in received.of_case(db(), verzoek_id) if each.kennisgeving_id == message.id]
    silence = silences.of_case(db(), verzoek_id).get(message.id)
    can_retry = message.status is Verzendstatus.NIET_BEZORGD and actor().is_reviewer
    voortgang = ontvangers.one(message, attempts, retries.get(message.id), given)
    return render_template(
        "hulpverlener/kennisgeving.html",
        verzoek=verzoek,
        kennisgeving=message,
        voortgang=voortgang,
        stilte=silence and STILTE[silence.stand],
        bel=silence is not None and silence.stand is Stilte.BELLEN,
        brief=Poststuk.of(message) if voortgang.is_brief_klaar else None,
        antwoord=antwoord.rows(given) if given else [],
        mag_doorgeven=actor().is_reviewer and antwoord.may_pass_on(message, given),
        mag_afhandelen=actor().is_reviewer and message.antwoord_unread,
        mag_noteren=actor().is_reviewer and message.id in {each.id for each in noteren.answerable(verzoek_id)},
        mag_ongecontroleerd=actor().is_reviewer and may_be_mailed_unverified(message),
        mag_terugroepen=actor().is_reviewer and _may_be_recalled(message),
        mag_intrekken=actor().is_reviewer and _has_open_link(message),
        kanaal=KANAAL[message.kanaal],
        grondslag=GRONDSLAG[message.grondslag],
        pogingen=[(each, POGING[each.resultaat], _reply(each)) for each in attempts],
        bevestigingen=[(each, *VERZENDING[each.status]) for each in dossier.ontvangstbewijzen(db(), message.id)],
        mails=mail.regels(mails),
        form=form or (_retry_form(message, chosen=_preferred(mails), fresh=True) if can_retry else None),
    )


def _may_be_recalled(message: Kennisgeving) -> bool:
    """Whether what this party was sent was not called back yet."""
    mine = [each for each in briefwisselingen(dossier.kennisgevingen(db(), message.verzoek_id))
            if each.sleutel == message.sleutel]  # fmt: skip
    return any(not each.is_recalled for each in mine)


def _has_open_link(message: Kennisgeving) -> bool:
    """Whether somebody may answer through its link. Of a letter that nobody posted yet calling back does all."""
    unposted = message.kanaal is Kanaal.BRIEF and message.status is Verzendstatus.KLAAR
    asking = message.soort in ASKING and message.status is not Verzendstatus.VERVALLEN and not unposted
    return asking and message.link_revoked_at is None and not message.is_over(clock.today())


def _reply(poging: Poging) -> str:
    return f"{poging.code} {poging.antwoord}" if poging.code else poging.antwoord
