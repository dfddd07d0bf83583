"""The mail with the link of a member of staff: what is to be sent, and what became of it."""

from uuid import UUID

from portal import clock
from portal.actions.verzending import Uitslag
from portal.actions.work import unit_of_work
from portal.actions.zending import Zending
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat
from portal.models import Medewerker, Organisatie, Uitnodiging, links
from portal.texts import uitnodiging as text

UITNODIGING = "/medewerker/uitnodiging"
"""Page where a member of staff chooses a password, behind it the token of the link."""


def to_mail(session: ScopedSession, id: UUID) -> Zending | None:
    """The mail of a link that waits, the same bytes each time; None when it is not wanted (any more)."""
    uitnodiging = session.get(Uitnodiging, id)
    if uitnodiging is None or not uitnodiging.is_to_mail(clock.now()):
        return None
    medewerker = session.get_one(Medewerker, uitnodiging.medewerker_id)
    organisatie = session.get(Organisatie, medewerker.organisatie_id)
    naam, email = (organisatie.naam, organisatie.email) if organisatie else ("", "")
    url = f"{session.adressen.base_url}{UITNODIGING}/{links.sign_uitnodiging(id)}"
    woorden = text.render(
        text.UitnodigingFeiten(
            naam=medewerker.naam,
            organisatie=naam,
            url=url,
            expires_at=uitnodiging.expires_at,
            is_herstel=uitnodiging.is_herstel,
        )
    )
    return Zending(
        aan=medewerker.email,
        onderwerp=woorden.onderwerp,
        tekst=woorden.tekst,
        html=woorden.html,
        message_id=f"<{id}@{session.adressen.mail_domain}>",
        envelope_token=id.hex,
        issued_at=uitnodiging.created_at,
        afzender_naam=naam,
        antwoord_aan=email,
        tijdelijk=0,
    )


def record_mailed(session: ScopedSession, id: UUID, uitslag: Uitslag) -> None:
    """The mail server took it, or it never will: then the beheerder sees that."""
    with unit_of_work(session, Actor.systeem()) as work:
        uitnodiging = work.load_for_update(Uitnodiging, id)
        medewerker = session.get_one(Medewerker, uitnodiging.medewerker_id)
        keten = medewerker.organisatie_id or LANDELIJK
        if uitslag.resultaat is Pogingresultaat.AANGEBODEN:
            uitnodiging.mailed_at = work.now
            work.record(
                events.UitnodigingHandedOver(keten=keten, uitnodiging_id=id, code=uitslag.code, tls=uitslag.tls)
            )
        else:
            uitnodiging.refused_at = work.now
            work.record(events.UitnodigingRefused(keten=keten, uitnodiging_id=id, code=uitslag.code))
