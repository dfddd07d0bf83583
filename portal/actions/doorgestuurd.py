"""Tell the hulpvrager that another gemeente has the request."""

from typing import TYPE_CHECKING

from portal.actions import berichten
from portal.clock import dutch_date
from portal.domain import events
from portal.domain.bericht import BerichtSoort
from portal.models import Organisatie
from portal.queries import dossier

if TYPE_CHECKING:
    from portal.actions.work import Work


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
