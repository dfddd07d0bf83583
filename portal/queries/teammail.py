"""What the daily mail to a team tells: lanes with work, and the cases of which a day comes near."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.domain.baan import Baan
from portal.domain.bewaking import Klok
from portal.domain.roles import Actor
from portal.domain.status import Status, Verzendstatus
from portal.domain.termijn import is_werkdag
from portal.models import Organisatie, Pauzeverzoek, Signaal, Teammail
from portal.queries import bewaking
from portal.queries.banen import in_baan

WERK = (
    Baan.TERUGBELLEN, Baan.DREIGEND, Baan.TERMIJN, Baan.NIEUW, Baan.AANGEVULD, Baan.TOCH_POST, Baan.MELDING,
    Baan.ANTWOORD, Baan.GEEN_REACTIE, Baan.MAIL_LEZEN, Baan.BEZORGING_MISLUKT, Baan.PER_POST,
    Baan.NIET_INGELICHT, Baan.BIJNA_AFGELOPEN,
)  # fmt: skip
"""Lanes in which somebody of the team has something to do. The others are one person's, or wait for somebody else."""

MOST = 50
"""Cases that one mail names of each kind. Assumption: more is read in the queue itself."""


@dataclass(frozen=True, slots=True)
class Nabij:
    """A case by its kenmerk, and what runs out on which day."""

    id: UUID
    kenmerk: str
    klok: Klok
    op: date


def due(session: Session, at: time) -> Sequence[UUID]:
    """The organisaties whose mail of today is to be made: on a working day after the hour `at`, once."""
    now = clock.now().astimezone(clock.NEDERLAND)
    if now.time() < at or not is_werkdag(now.date()):
        return []
    made = exists().where(Teammail.organisatie_id == Organisatie.id, Teammail.dag == now.date())
    wanted = select(Organisatie.id).where(Organisatie.teammail.is_not(None), ~made)
    return session.scalars(wanted.order_by(Organisatie.id)).all()


def nabij(session: Session, actor: Actor) -> list[Nabij]:
    """Cases of the organisatie with a term that is half over or a pause that ends soon, the earliest day first within
    each kind. At most MOST + 1 of a kind.
    """
    return [*_terms(session, actor), *_ends(session, actor)]


def _terms(session: Session, actor: Actor) -> list[Nabij]:
    v = Pauzeverzoek
    rows = session.scalars(
        select(v)
        .where(or_(in_baan(Baan.DREIGEND, actor), in_baan(Baan.TERMIJN, actor)), bewaking.is_klok_running())
        .order_by(v.termijn_voor, v.id)
        .limit(MOST + 1)
    )
    return [Nabij(row.id, row.kenmerk, row.klok, row.termijn_voor) for row in rows if row.klok and row.termijn_voor]


def _ends(session: Session, actor: Actor) -> list[Nabij]:
    rows = session.execute(
        select(Pauzeverzoek.id, Pauzeverzoek.kenmerk, Signaal.over_on)
        .distinct()
        .join(Signaal, Signaal.verzoek_id == Pauzeverzoek.id)
        .where(
            Pauzeverzoek.organisatie_id == actor.organisatie_id,
            Pauzeverzoek.status == Status.GOEDGEKEURD,
            bewaking.is_unseen_end(clock.today()),
        )
        .order_by(Signaal.over_on, Pauzeverzoek.id)
        .limit(MOST + 1)
    )
    return [Nabij(row.id, row.kenmerk, Klok.EINDE_PAUZE, row.over_on) for row in rows]


def last(session: Session, organisatie_id: UUID) -> Teammail | None:
    """The newest mail to the team."""
    newest = select(Teammail).where(Teammail.organisatie_id == organisatie_id).order_by(Teammail.dag.desc())
    return session.scalars(newest.limit(1)).first()


def is_wanted(row: Teammail, organisatie: Organisatie, now: datetime) -> bool:
    """Whether it is still to leave: today's, and nobody switched it off or mended the address meanwhile."""
    waits = row.status is Verzendstatus.KLAAR and row.dag == clock.dutch_date(now)
    return waits and row.aan is not None and row.aan == organisatie.teammail
