"""The aanmeldingen of one organisatie in a period, a batch at a time, with the day on which help ended."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.clock import dutch_date
from portal.domain import events
from portal.domain.zandbak import ORGANISATIE
from portal.models import AuditEntry, Organisatie, Pauzeverzoek, Schuld, Schuldpartij

BATCH = 500
"""Cases in memory at once."""

UITSTROOM = (events.PauzeEnded.__name__, events.PauzeverzoekWithdrawn.__name__)
"""After these nobody helps any more."""


def organisaties(session: Session) -> Sequence[Organisatie]:
    """Who delivers: everybody but the sandbox, by name."""
    return session.scalars(
        select(Organisatie).where(Organisatie.naam != ORGANISATIE).order_by(Organisatie.naam, Organisatie.id)
    ).all()


def aanmeldingen(
    session: Session, organisatie_id: UUID, vanaf: date, tot_en_met: date
) -> Iterator[tuple[Pauzeverzoek, date | None]]:
    """Each case filed in the period, both days included, and when help ended; oldest first."""
    wanted = (
        select(Pauzeverzoek)
        .where(Pauzeverzoek.organisatie_id == organisatie_id, Pauzeverzoek.meldingsdatum.between(vanaf, tot_en_met))
        .options(
            selectinload(Pauzeverzoek.schulden).selectinload(Schuld.partijen).joinedload(Schuldpartij.schuldeiser),
            joinedload(Pauzeverzoek.partner),
        )
        .order_by(Pauzeverzoek.meldingsdatum, Pauzeverzoek.id)
        .limit(BATCH)
    )
    last: tuple[date | None, UUID] | None = None
    while True:
        after = () if last is None else (tuple_(Pauzeverzoek.meldingsdatum, Pauzeverzoek.id) > tuple_(*last),)
        found = session.scalars(wanted.where(*after)).all()
        ended = _ended_on(session, [verzoek.id for verzoek in found])
        for verzoek in found:
            yield verzoek, ended.get(verzoek.id)
        if len(found) < BATCH:
            return
        last = found[-1].meldingsdatum, found[-1].id
        session.expunge_all()


def _ended_on(session: Session, ids: Sequence[UUID]) -> dict[UUID, date]:
    rows = session.execute(
        select(AuditEntry.keten, AuditEntry.at)
        .where(AuditEntry.keten.in_(ids), AuditEntry.gebeurtenis.in_(UITSTROOM))
        .order_by(AuditEntry.volgnummer)
    )
    return {row.keten: dutch_date(row.at) for row in rows}
