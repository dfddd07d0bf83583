"""The daily mail to the mailbox of a team: made once a working day, mailed by the worker as it was made.

It has no attempts of its own: the page of the organisatie tells how the last one went.
"""

import secrets
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

from sqlalchemy import delete

from portal import clock
from portal.actions.ronde import one_by_one
from portal.actions.verzending import Uitslag
from portal.actions.work import Work, unit_of_work
from portal.actions.zending import Zending, zending
from portal.clock import dutch_date
from portal.db.engine import Database, ScopedSession
from portal.domain.errors import MoveNotAllowed
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat, Verzendstatus
from portal.models import Organisatie, Teammail
from portal.models.teammail import teammail_id
from portal.queries import banen
from portal.queries import teammail as queries
from portal.texts import teammail as words
from portal.texts.teammail import Baanregel, TeammailFeiten, Zaakregel

AFZENDER = "Landelijke Pauzeknop"

WERKVOORRAAD = "/werkvoorraad"
"""Page of the queue; of a case with its id behind it."""

KEEP = timedelta(days=30)
"""A mail is kept so long after it was made, for questions. Assumption. The trail keeps its hash."""


def make_due(database: Database, at: time) -> int:
    """Make every mail of today that was not made yet, after the hour `at` in the Netherlands. Returns how many."""
    with database.session(Actor.systeem()) as session:
        return one_by_one(session, queries.due(session, at), _make)


def to_mail(session: ScopedSession, id: UUID) -> Zending | None:
    """The frozen mail, the same each time; None when it is not wanted (any more) or is not what was frozen."""
    row = session.get(Teammail, id)
    if row is None or not row.is_intact:
        return None
    organisatie = session.get_one(Organisatie, row.organisatie_id)
    return zending(row, ()) if queries.is_wanted(row, organisatie, clock.now()) else None


def record_mailed(session: ScopedSession, id: UUID, uitslag: Uitslag) -> None:
    """The mail server took it, or it never will: then the page of the organisatie says so. Once."""
    with unit_of_work(session, Actor.systeem()) as work:
        row = work.load_for_update(Teammail, id)
        if row.status is not Verzendstatus.KLAAR:
            return
        if uitslag.resultaat is Pogingresultaat.AANGEBODEN:
            row.handed_over_at = work.now
            work.record(row.hand_over(uitslag.code, tls=uitslag.tls))
        else:
            work.record(row.refuse(uitslag.code))


def forget(database: Database) -> int:
    """Delete mails that were made long ago. Returns how many."""
    gone = delete(Teammail).where(Teammail.issued_at < clock.now() - KEEP)
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()):
        return len(session.execute(gone.returning(Teammail.id)).all())


# --------------------------------------------------------------------------------------------------


def _make(work: Work, organisatie_id: UUID) -> None:
    """Freeze the mail of today. Raises MoveNotAllowed when it is there: another worker was first."""
    organisatie, dag = work.load_for_update(Organisatie, organisatie_id), dutch_date(work.now)
    id = teammail_id(organisatie_id, dag)
    if organisatie.teammail is None or work.session.get(Teammail, id) is not None:
        raise MoveNotAllowed(f"a mail to the team on {dag}")
    feiten = _feiten(work, organisatie)
    zaken = sum(each.aantal for each in feiten.banen)
    row = Teammail(
        id=id,
        organisatie_id=organisatie_id,
        dag=dag,
        zaken=zaken,
        aan=organisatie.teammail,
        sjabloon=words.SJABLOON,
        afzender_naam=AFZENDER,
        antwoord_aan="",
        status=Verzendstatus.KLAAR if zaken else Verzendstatus.VERVALLEN,
        message_id=f"<{id}@{work.session.adressen.mail_domain}>",
        envelope_token=secrets.token_hex(16),
        issued_at=work.now,
    )
    woorden = words.render(feiten)
    row.freeze(woorden.onderwerp, woorden.tekst, woorden.html)
    work.add(row)
    work.record(row.issue())


def _feiten(work: Work, organisatie: Organisatie) -> TeammailFeiten:
    actor, page = replace(Actor.systeem(), organisatie_id=organisatie.id), work.session.adressen.base_url + WERKVOORRAAD
    counted, near = banen.counts(work.session, actor), queries.nabij(work.session, actor)
    return TeammailFeiten(
        organisatie=organisatie.naam,
        dag=dutch_date(work.now),
        banen=tuple(
            Baanregel(
                baan=baan,
                aantal=min(counted[baan], banen.MOST),
                is_meer=counted[baan] > banen.MOST,
                url=f"{page}?baan={baan}",
            )
            for baan in queries.WERK
            if counted[baan]
        ),
        zaken=tuple(
            Zaakregel(kenmerk=each.kenmerk, klok=each.klok, op=each.op, url=f"{page}/{each.id}")
            for each in near[: queries.MOST]
        ),
        is_meer=len(near) > queries.MOST,
        url=page,
    )
