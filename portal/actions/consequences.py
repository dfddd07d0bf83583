"""What follows from what happened: for every kind of event its messages and jobs. Complete, or the import fails."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from portal.actions import berichten, webhookmelding
from portal.actions.doorgestuurd import tell_forwarded
from portal.clock import dutch_date
from portal.db import jobs
from portal.domain import events
from portal.domain.beantwoording import Antwoordweg
from portal.domain.bericht import BerichtSoort
from portal.domain.kennisgeving import CLOSING, Kanaal
from portal.domain.status import Status
from portal.models import Bericht, BerichtKanaal, Kennisgeving, Pauzeverzoek, Toegangslink
from portal.models.links import sign
from portal.queries import antwoord as answers
from portal.queries import dossier

if TYPE_CHECKING:
    from portal.actions.work import Work

Consequence: TypeAlias = "Callable[[Work, Any], None]"


def _make_aanmeldbewijs(work: "Work", happened: events.PauzeverzoekSubmitted) -> None:
    jobs.defer(work.session, jobs.TYPESET_AANMELDBEWIJS, [happened.keten])


def _tell_received(work: "Work", happened: events.PauzeverzoekSubmitted) -> None:
    berichten.issue_bericht(
        work,
        _dossier(work, happened),
        BerichtSoort.ONTVANGEN,
        eerste_gesprek_voor=happened.eerste_gesprek_voor,
        dreigend=happened.dreigend,
    )


def _tell_supplement_wanted(work: "Work", happened: events.SupplementRequested) -> None:
    asked = dossier.aanvullingen(work.session, happened.keten)[-1]
    berichten.issue_bericht(
        work,
        _dossier(work, happened),
        BerichtSoort.AANVULLING_GEVRAAGD,
        vraag=asked.vraag,
        antwoord_voor=asked.antwoord_voor,
    )


def _tell_approved(work: "Work", happened: events.PauzeverzoekApproved) -> None:
    berichten.issue_bericht(
        work,
        _dossier(work, happened),
        BerichtSoort.GOEDGEKEURD,
        start_on=happened.start_on,
        eind_on=happened.eind_on,
        schuldeisers=happened.ontvangers,
        per_post=happened.per_post,
    )


def _tell_extended(work: "Work", happened: events.PauzeExtended) -> None:
    berichten.issue_bericht(
        work,
        _dossier(work, happened),
        BerichtSoort.VERLENGD,
        eind_on=happened.tot_en_met,
        schuldeisers=happened.ontvangers,
    )


def _tell_declined(work: "Work", happened: events.PauzeverzoekDeclined) -> None:
    verzoek = _dossier(work, happened)
    berichten.issue_bericht(
        work,
        verzoek,
        BerichtSoort.NIET_GOEDGEKEURD,
        toelichting=verzoek.toelichting,
        eerste_gesprek_voor=verzoek.gesprek_ahead(dutch_date(work.now)),
    )


def _tell_withdrawn(work: "Work", happened: events.PauzeverzoekWithdrawn) -> None:
    berichten.issue_bericht(
        work,
        _dossier(work, happened),
        BerichtSoort.INGETROKKEN,
        was_goedgekeurd=happened.was == Status.GOEDGEKEURD,
    )


def _tell_ended(work: "Work", happened: events.PauzeEnded) -> None:
    berichten.issue_bericht(work, _dossier(work, happened), BerichtSoort.BEEINDIGD, eind_on=happened.eind_on)


def _tell_end_near(work: "Work", happened: events.EindeAnnounced) -> None:
    """Of announcements that are late together the last one speaks."""
    if happened.ingehaald:
        return
    verzoek = _dossier(work, happened)
    berichten.issue_bericht(
        work,
        verzoek,
        BerichtSoort.BIJNA_AFGELOPEN,
        eind_on=happened.eind_on,
        schuldeisers=happened.ontvangers,
        deel=happened.eind_on != verzoek.eind_on,
    )


def _tell_expired(work: "Work", happened: events.PauzeExpired) -> None:
    berichten.issue_bericht(work, _dossier(work, happened), BerichtSoort.AFGELOPEN, eind_on=happened.eind_on)


def _stop_kennisgevingen(work: "Work", happened: events.Event) -> None:
    issued = dossier.kennisgevingen(work.session, happened.keten)
    berichten.stop_kennisgevingen(work, _dossier(work, happened), issued)


def _lapse_unsent(work: "Work", happened: events.PauzeExpired) -> None:
    """A pause that is over is asked of nobody any more, by letter neither."""
    issued = dossier.kennisgevingen(work.session, happened.keten)
    berichten.lapse_unsent(work, (each for each in issued if each.soort not in CLOSING))


def _mail_link(work: "Work", happened: events.ToegangslinkRequested) -> None:
    link = work.session.get_one(Toegangslink, happened.toegangslink_id)
    berichten.issue_bericht(
        work,
        _dossier(work, happened),
        BerichtSoort.TOEGANGSLINK,
        url=f"{work.session.adressen.base_url}{berichten.TERUG}/{sign(link.id)}",
        link_minutes=int((link.expires_at - link.created_at).total_seconds() // 60),
    )


def _send_kennisgeving(work: "Work", happened: events.KennisgevingIssued | events.KennisgevingRetried) -> None:
    """What a hulpverlener posts, or what leaves in a daily digest, is only made."""
    kennisgeving = work.session.get_one(Kennisgeving, happened.kennisgeving_id)
    by_itself = kennisgeving.kanaal is Kanaal.EMAIL and not kennisgeving.gebundeld
    task = jobs.SEND_KENNISGEVING if by_itself else jobs.TYPESET_KENNISGEVING
    wait = happened.wait_seconds if by_itself and isinstance(happened, events.KennisgevingRetried) else 0
    jobs.defer(work.session, task, [kennisgeving.id], wait_seconds=wait)


def _announce(work: "Work", happened: events.KennisgevingTypeset) -> None:
    """Whoever fetches is called when the letter is there too."""
    webhookmelding.announce(work, work.session.get_one(Kennisgeving, happened.kennisgeving_id))


def _send_dagoverzicht(work: "Work", happened: events.DagoverzichtIssued) -> None:
    jobs.defer(work.session, jobs.SEND_DAGOVERZICHT, [happened.dagoverzicht_id])


def _send_bericht(work: "Work", happened: events.BerichtIssued) -> None:
    bericht = work.session.get_one(Bericht, happened.bericht_id)
    if bericht.kanaal is BerichtKanaal.EMAIL:
        jobs.defer(work.session, jobs.SEND_BERICHT, [bericht.id])


def _break_silence(work: "Work", happened: events.KennisgevingAnswered) -> None:
    berichten.break_silence(work, happened.kennisgeving_id)


def _confirm_answer(work: "Work", happened: events.KennisgevingAnswered) -> None:
    """A system that answers by API has its receipt in the reply."""
    if happened.via != Antwoordweg.API:
        given = answers.last_answer(work.session, happened.kennisgeving_id)
        if given is not None:
            berichten.issue_ontvangstbewijs(work, given)


def _mail_uitnodiging(work: "Work", happened: events.MedewerkerInvited) -> None:
    jobs.defer(work.session, jobs.MAIL_UITNODIGING, [happened.uitnodiging_id])


def _dossier(work: "Work", happened: events.Event) -> Pauzeverzoek:
    return dossier.load(work.session, happened.keten)


CONSEQUENCES: dict[type[events.Event], tuple[Consequence, ...]] = {
    events.PauzeverzoekStarted: (),
    events.AntwoordSaved: (),
    events.IdentiteitConfirmed: (),
    events.SchuldAdded: (),
    events.SchuldChanged: (),
    events.SchuldRemoved: (),
    events.ToestemmingGiven: (),
    events.ToestemmingRevoked: (),
    events.PauzeverzoekSubmitted: (_make_aanmeldbewijs, _tell_received),
    events.AanmeldbewijsTypeset: (),
    events.PauzeverzoekSupplemented: (),
    events.PauzeverzoekWithdrawn: (_tell_withdrawn, _stop_kennisgevingen),
    events.MeldingMade: (),
    events.ToegangscodeMade: (),
    events.ToegangslinkRequested: (_mail_link,),
    events.ToegangOpened: (),
    events.ConceptDeleted: (),
    events.ConceptExpired: (),
    events.DossierExpired: (),
    events.PauzeverzoekAssigned: (),
    events.PauzeverzoekReleased: (),
    events.PauzeverzoekForwarded: (tell_forwarded,),
    events.EersteGesprekRegistered: (),
    events.BeschikkingRegistered: (),
    events.NotitieWritten: (),
    events.RegisterChecked: (),
    events.SchuldMatched: (),
    events.SupplementRequested: (_tell_supplement_wanted,),
    events.MeldingHandled: (),
    events.AkkoordAsked: (),
    events.AkkoordGiven: (),
    events.AkkoordRefused: (),
    events.AkkoordExpired: (),
    events.GeheimAdresLifted: (),
    events.PauzeverzoekApproved: (_tell_approved,),
    events.OntvangerLeftOut: (),
    events.PauzeverzoekDeclined: (_tell_declined,),
    events.OntvangersAdded: (),
    events.PauzeExtended: (_tell_extended,),
    events.PauzeverzoekCorrected: (),
    # The hulpvrager is told before the schuldeisers are.
    events.PauzeEnded: (_tell_ended, _stop_kennisgevingen),
    events.PauzeExpired: (_tell_expired, _lapse_unsent),
    events.BewijsTaken: (),
    events.KennisgevingIssued: (_send_kennisgeving,),
    events.KennisgevingTypeset: (_announce,),
    events.KennisgevingHandedOver: (),
    events.KennisgevingAcknowledged: (),
    events.KennisgevingPosted: (),
    events.KennisgevingRefused: (),
    events.KennisgevingRetried: (_send_kennisgeving,),
    events.KennisgevingLapsed: (),
    events.KennisgevingRecalled: (),
    events.AntwoordlinkConfirmed: (),
    events.AntwoordlinkRevoked: (),
    events.KennisgevingAnswered: (_confirm_answer, _break_silence),
    events.AntwoordHandled: (),
    events.BerichtIssued: (_send_bericht,),
    events.BerichtHandedOver: (),
    events.BerichtRefused: (),
    events.PogingKept: (),
    events.InkomendReceived: (),
    events.InkomendHandled: (),
    events.InkomendTied: (),
    events.HulpvragerTold: (),
    events.DagoverzichtIssued: (_send_dagoverzicht,),
    events.DagoverzichtHandedOver: (),
    events.DagoverzichtRefused: (),
    events.DagoverzichtLapsed: (),
    events.TermijnWarned: (),
    events.EindeAnnounced: (_tell_end_near,),
    events.EindeSeen: (),
    events.StilteNoticed: (),
    events.StilteBroken: (),
    events.SchuldeiserProposed: (),
    events.SchuldeiserAddressVerified: (),
    events.SchuldeiserPostadresChanged: (),
    events.SchuldeiserAdded: (),
    events.SchuldeiserChanged: (),
    events.SchuldeisersMerged: (),
    events.LijstvoorstelDecided: (),
    events.DirectoryImported: (),
    events.CijfersPublished: (),
    events.DdasExported: (),
    events.OrganisatieAdded: (),
    events.OrganisatieChanged: (),
    events.BewaartermijnenChanged: (),
    events.DeelnameStarted: (),
    events.MedewerkerAdded: (),
    events.MedewerkerChanged: (),
    events.MedewerkerInvited: (_mail_uitnodiging,),
    events.UitnodigingHandedOver: (),
    events.UitnodigingRefused: (),
    events.UitnodigingUsed: (),
    events.MedewerkerSignedIn: (),
    events.MedewerkerEnrolled: (),
    events.WachtwoordChanged: (),
    events.HerstelcodesMade: (),
    events.HerstelcodeUsed: (),
    events.AppTakenOff: (),
    events.PasskeyAdded: (),
    events.PasskeyRemoved: (),
    events.WerkaccountTied: (),
    events.MedewerkerRestored: (),
    events.MedewerkerDeactivated: (),
    events.SessiesRevoked: (),
    events.AfwezigheidRegistered: (),
    events.AfwezigheidEnded: (),
    events.ApiClientAdded: (),
    events.ApiClientRevoked: (),
    events.InkomendExpired: (),
    events.WebhookRegistered: (),
    events.WebhookRemoved: (),
    events.WebhookGivenUp: (),
    events.TweeSleutelsSwitched: (),
    events.TekstblokWritten: (),
    events.TekstblokRemoved: (),
    events.ZandbakgevalMade: (),
    events.OverzichtslinkIssued: (),
    events.OverzichtslinkRevoked: (),
}

_missing = [kind.__name__ for kind in events.all_events() if kind not in CONSEQUENCES]
if _missing:
    raise RuntimeError(f"events without a line in CONSEQUENCES: {', '.join(_missing)}")
