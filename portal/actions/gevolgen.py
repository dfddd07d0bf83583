"""What the hulpvrager is told after each step, as a consequence of its event."""

from typing import TYPE_CHECKING, Any

from portal.actions import berichten
from portal.clock import dutch_date
from portal.domain import events
from portal.domain.bericht import BerichtSoort
from portal.domain.status import Status
from portal.models import Organisatie
from portal.queries import dossier

if TYPE_CHECKING:
    from portal.actions.work import Work


def _tell(work: "Work", happened: events.Event, soort: BerichtSoort, **said: Any) -> None:
    berichten.issue_bericht(work, dossier.load(work.session, happened.keten), soort, **said)


def tell_received(work: "Work", happened: events.PauzeverzoekSubmitted) -> None:
    _tell(
        work,
        happened,
        BerichtSoort.ONTVANGEN,
        eerste_gesprek_voor=happened.eerste_gesprek_voor,
        dreigend=happened.dreigend,
    )


def tell_supplement_wanted(work: "Work", happened: events.SupplementRequested) -> None:
    asked = dossier.aanvullingen(work.session, happened.keten)[-1]
    _tell(work, happened, BerichtSoort.AANVULLING_GEVRAAGD, vraag=asked.vraag, antwoord_voor=asked.antwoord_voor)


def tell_approved(work: "Work", happened: events.PauzeverzoekApproved) -> None:
    verzoek = dossier.load(work.session, happened.keten)
    berichten.issue_bericht(
        work,
        verzoek,
        BerichtSoort.GOEDGEKEURD,
        start_on=happened.start_on,
        eind_on=happened.eind_on,
        schuldeisers=happened.ontvangers,
        per_post=happened.per_post,
        eerste_gesprek_voor=verzoek.gesprek_ahead(dutch_date(work.now)),
    )


def tell_extended(work: "Work", happened: events.PauzeExtended) -> None:
    _tell(work, happened, BerichtSoort.VERLENGD, eind_on=happened.tot_en_met, schuldeisers=happened.ontvangers)


def tell_declined(work: "Work", happened: events.PauzeverzoekDeclined) -> None:
    verzoek = dossier.load(work.session, happened.keten)
    berichten.issue_bericht(
        work,
        verzoek,
        BerichtSoort.NIET_GOEDGEKEURD,
        toelichting=verzoek.toelichting,
        eerste_gesprek_voor=verzoek.gesprek_ahead(dutch_date(work.now)),
    )


def tell_withdrawn(work: "Work", happened: events.PauzeverzoekWithdrawn) -> None:
    _tell(work, happened, BerichtSoort.INGETROKKEN, was_goedgekeurd=happened.was == Status.GOEDGEKEURD)


def tell_ended(work: "Work", happened: events.PauzeEnded) -> None:
    _tell(work, happened, BerichtSoort.BEEINDIGD, eind_on=happened.eind_on)


def tell_end_near(work: "Work", happened: events.EindeAnnounced) -> None:
    """Of announcements that are late together the last one speaks."""
    if happened.ingehaald:
        return
    verzoek = dossier.load(work.session, happened.keten)
    berichten.issue_bericht(
        work,
        verzoek,
        BerichtSoort.BIJNA_AFGELOPEN,
        eind_on=happened.eind_on,
        schuldeisers=happened.ontvangers,
        deel=happened.eind_on != verzoek.eind_on,
    )


def tell_expired(work: "Work", happened: events.PauzeExpired) -> None:
    _tell(work, happened, BerichtSoort.AFGELOPEN, eind_on=happened.eind_on)


def tell_forwarded(work: "Work", happened: events.PauzeverzoekForwarded) -> None:
    """Who gives it away tells it; who answers is asked from now on."""
    verzoek = dossier.load(work.session, happened.keten)
    given = dossier.doorsturingen(work.session, happened.keten)[-1]
    nieuw = work.session.get_one(Organisatie, happened.organisatie_id)
    berichten.issue_bericht(
        work,
        verzoek,
        BerichtSoort.DOORGESTUURD,
        antwoord_aan=nieuw.email,
        toelichting=given.toelichting,
        naar_gemeente=given.naar.naam,
        naar_telefoon=nieuw.telefoon,
        eerste_gesprek_voor=verzoek.gesprek_ahead(dutch_date(work.now)),
    )
