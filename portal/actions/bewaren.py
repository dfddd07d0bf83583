"""How long a request is kept, and the deletion afterwards. The audit trail, without personal data, keeps the proof.

Source of the terms: none in law; settings with a stated assumption.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, cast, delete, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal import clock
from portal.actions.ronde import one_by_one
from portal.actions.work import Work, unit_of_work
from portal.clock import dutch_date
from portal.db.engine import Database
from portal.domain import events
from portal.domain.errors import MoveNotAllowed
from portal.domain.roles import Actor
from portal.domain.status import Status
from portal.models import Categorie, Kennisgeving, Organisatie, Pauzeverzoek, Schuld, Schuldeiser, Schuldpartij, Sessie

SESSIONS_AFTER = timedelta(days=1)
"""A session that ended is of no use; a day more, for whoever looks into a complaint. Assumption."""

PER_ROUND = 200
"""Requests deleted in one round of the worker."""

Expired: TypeAlias = Row[UUID, Status, datetime, datetime]
"""Id, status, and when it was begun and last changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bewaartermijnen:
    """Days after the last change of a closed request, where its organisatie chose no term of its own.

    A request whose schuldeisers were told is kept as an approved one, however it ended.
    """

    ingetrokken_days: int
    niet_goedgekeurd_days: int
    goedgekeurd_days: int


def forget_concepts(database: Database, days: int) -> int:
    """Delete concepts that nobody touched for `days` days. Returns how many."""
    abandoned = and_(Pauzeverzoek.status == Status.CONCEPT, _untouched(days))
    return _forget(
        database, abandoned, lambda row: events.ConceptExpired(keten=row.id, begonnen_on=dutch_date(row.created_at))
    )


def forget_dossiers(database: Database, termijnen: Bewaartermijnen) -> int:
    """Delete closed requests whose term has passed, with every message about them. Returns how many."""
    return _forget(
        database,
        _past_term(termijnen),
        lambda row: events.DossierExpired(keten=row.id, status=row.status, gesloten_on=dutch_date(row.changed_at)),
    )


def forget_sessions(database: Database) -> int:
    """Delete the sessions, of staff and of hulpvragers, that ran out by themselves. Returns how many."""
    before = clock.now() - SESSIONS_AFTER
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()):
        gone = session.execute(delete(Sessie).where(Sessie.expires_at < before).returning(Sessie.id)).all()
        return len(gone)


def _past_term(termijnen: Bewaartermijnen) -> ColumnElement[bool]:
    v, own = Pauzeverzoek, Organisatie
    told = v.start_on.is_not(None)
    return or_(
        and_(v.status == Status.INGETROKKEN, ~told, _kept(own.bewaar_ingetrokken_days, termijnen.ingetrokken_days)),
        and_(
            v.status == Status.NIET_GOEDGEKEURD,
            _kept(own.bewaar_niet_goedgekeurd_days, termijnen.niet_goedgekeurd_days),
        ),
        and_(
            v.status.in_((Status.INGETROKKEN, Status.BEEINDIGD, Status.AFGELOPEN)),
            told,
            _kept(own.bewaar_goedgekeurd_days, termijnen.goedgekeurd_days),
        ),
    )


def _kept(own: InstrumentedAttribute[int | None], days: int) -> ColumnElement[bool]:
    """Whether the term has passed: that of the organisatie of the request, or else `days`."""
    chosen = select(own).where(Organisatie.id == Pauzeverzoek.organisatie_id).scalar_subquery()
    length = func.make_interval(0, 0, 0, cast(func.coalesce(chosen, days), Integer))
    return Pauzeverzoek.changed_at < clock.now() - length


def _untouched(days: int) -> ColumnElement[bool]:
    return Pauzeverzoek.changed_at < clock.now() - timedelta(days=days)


def _forget(database: Database, which: ColumnElement[bool], happened: Callable[[Expired], events.Event]) -> int:
    """Each by itself, its chain locked before its row as in every act. One that was touched meanwhile stays."""

    def forget(work: Work, id: UUID) -> None:
        work.lock(id)
        row = work.session.execute(_some(which).where(Pauzeverzoek.id == id).with_for_update()).first()
        if row is None:
            raise MoveNotAllowed("forget what was touched or is gone")
        _delete(work, id)
        work.record(happened(row))

    with database.session(Actor.systeem()) as session:
        ids = [row.id for row in session.execute(_some(which))]
        return one_by_one(session, ids, forget)


def _some(which: ColumnElement[bool]) -> Select[UUID, Status, datetime, datetime]:
    return (
        select(Pauzeverzoek.id, Pauzeverzoek.status, Pauzeverzoek.created_at, Pauzeverzoek.changed_at)
        .where(which)
        .order_by(Pauzeverzoek.changed_at)
        .limit(PER_ROUND)
    )


def _delete(work: Work, id: UUID) -> None:
    """Kennisgevingen first: they hold their request; all else goes along with it.

    A private schuldeiser is a person too: the entry goes with the last request that names it.
    """
    persons = work.session.scalars(
        select(Schuldeiser.id)
        .join(Schuldpartij, Schuldpartij.schuldeiser_id == Schuldeiser.id)
        .join(Schuld, Schuldpartij.schuld_id == Schuld.id)
        .where(Schuld.verzoek_id == id, Schuldeiser.categorie == Categorie.PARTICULIER)
    ).all()
    work.session.execute(delete(Kennisgeving).where(Kennisgeving.verzoek_id == id))
    work.session.execute(delete(Pauzeverzoek).where(Pauzeverzoek.id == id))
    still_named = exists().where(Schuldpartij.schuldeiser_id == Schuldeiser.id)
    still_told = exists().where(Kennisgeving.schuldeiser_id == Schuldeiser.id)
    work.session.execute(delete(Schuldeiser).where(Schuldeiser.id.in_(persons), ~still_named, ~still_told))
