"""What follows from what happened: for every kind of event its messages and jobs. Complete, or the import fails."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from portal.actions import berichten, gevolgen, webhookmelding
from portal.db import jobs
from portal.domain import events
from portal.domain.beantwoording import Antwoordweg
from portal.domain.bericht import BerichtSoort
from portal.domain.kennisgeving import CLOSING, Kanaal
from portal.domain.melding import Meldingsoort
from portal.models import Bericht, BerichtKanaal, Kennisgeving, Melding, Pauzeverzoek, Toegangslink
from portal.models.links import sign
from portal.queries import antwoord as answers
from portal.queries import dossier

if TYPE_CHECKING:
    from portal.actions.work import Work

Consequence: TypeAlias = "Callable[[Work, Any], None]"


def _make_aanmeldbewijs(work: "Work", happened: events.PauzeverzoekSubmitted) -> None:
    jobs.defer(work.session, jobs.TYPESET_AANMELDBEWIJS, [happened.keten])


def _read_foto(work: "Work", happened: events.FotoAdded) -> None:
    """Only of what a page proposes as a schuld. After everything that is to be sent: reading takes seconds."""
    of_schuld = happened.schuld_id is not None
    if happened.melding_id is not None:
        of_schuld = work.session.get_one(Melding, happened.melding_id).soort is Meldingsoort.SCHULD
    if of_schuld:
        jobs.defer(work.session, jobs.READ_FOTO, [happened.foto_id], priority=jobs.LATER)


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


def _mail_teammail(work: "Work", happened: events.TeammailIssued) -> None:
    """Nothing to tell is no mail."""
    if happened.zaken:
        jobs.defer(work.session, jobs.MAIL_TEAMMAIL, [happened.teammail_id])


def _dossier(work: "Work", happened: events.Event) -> Pauzeverzoek:
    return dossier.load(work.session, happened.keten)


CONSEQUENCES: dict[type[events.Event], tuple[Consequence, ...]] = {
    events.PauzeverzoekStarted: (),
    events.TaalChosen: (),
    events.AntwoordSaved: (),
    events.IdentiteitConfirmed: (),
    events.SchuldAdded: (),
    events.SchuldChanged: (),
    events.SchuldRemoved: (),
    events.FotoAdded: (_read_foto,),
    events.FotoMoved: (),
    events.FotoRemoved: (),
    events.FotoRead: (),
    events.ToestemmingGiven: (),
    events.ToestemmingRevoked: (),
    events.PauzeverzoekSubmitted: (_make_aanmeldbewijs, gevolgen.tell_received),
    events.AanmeldingRegistered: (),
    events.TerugbellenRequested: (),
    events.AanmeldbewijsTypeset: (),
    events.PauzeverzoekSupplemented: (),
    events.PauzeverzoekWithdrawn: (gevolgen.tell_withdrawn, _stop_kennisgevingen),
    events.MeldingMade: (),
    events.ToegangscodeMade: (),
    events.ToegangslinkRequested: (_mail_link,),
    events.ToegangOpened: (),
    events.ConceptDeleted: (),
    events.ConceptExpired: (),
    events.DossierExpired: (),
    events.PauzeverzoekAssigned: (),
    events.PauzeverzoekReleased: (),
    events.TerugbellenMissed: (),
    events.TerugbellenDone: (),
    events.AanmeldingClosed: (),
    events.AanmeldingTakenDown: (),
    events.PauzeverzoekForwarded: (gevolgen.tell_forwarded,),
    events.EersteGesprekRegistered: (),
    events.BeschikkingRegistered: (),
    events.NotitieWritten: (),
    events.RegisterChecked: (),
    events.SchuldMatched: (),
    events.SupplementRequested: (gevolgen.tell_supplement_wanted,),
    events.MeldingHandled: (),
    events.AkkoordAsked: (),
    events.AkkoordGiven: (),
    events.AkkoordRefused: (),
    events.AkkoordExpired: (),
    events.GeheimAdresLifted: (),
    events.PauzeverzoekApproved: (gevolgen.tell_approved,),
    events.OntvangerLeftOut: (),
    events.PauzeverzoekDeclined: (gevolgen.tell_declined,),
    events.OntvangersAdded: (),
    events.PauzeExtended: (gevolgen.tell_extended,),
    events.PauzeverzoekCorrected: (),
    # The hulpvrager is told before the schuldeisers are.
    events.PauzeEnded: (gevolgen.tell_ended, _stop_kennisgevingen),
    events.PauzeExpired: (gevolgen.tell_expired, _lapse_unsent),
    events.PartnerAdded: (),
    events.PartnerChanged: (),
    events.PartnerRemoved: (),
    events.PartnertoestemmingGiven: (),
    events.PartnertoestemmingRevoked: (),
    events.SchuldenaarNoted: (),
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
    events.EindeAnnounced: (gevolgen.tell_end_near,),
    events.EindeSeen: (),
    events.StilteNoticed: (),
    events.StilteBroken: (),
    events.TeammailIssued: (_mail_teammail,),
    events.TeammailHandedOver: (),
    events.TeammailRefused: (),
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
    events.TweeSleutelsSwitched: (),
    events.WebhookRegistered: (),
    events.WebhookRemoved: (),
    events.WebhookGivenUp: (),
    events.TekstblokWritten: (),
    events.TekstblokRemoved: (),
    events.ZandbakgevalMade: (),
    events.OverzichtslinkIssued: (),
    events.OverzichtslinkRevoked: (),
}

_missing = [kind.__name__ for kind in events.all_events() if kind not in CONSEQUENCES]
if _missing:
    raise RuntimeError(f"events without a line in CONSEQUENCES: {', '.join(_missing)}")
