"""Close each day that is over: one hash over every chain as it stood then, chained to the day before.

Only chains that grew since they were last closed are looked at, so a day costs what happened on it, however many
dossiers there are.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, text

from portal.actions.work import Work, unit_of_work
from portal.clock import day_end, dutch_date
from portal.db.engine import Database
from portal.domain.keten import GENESIS, kop_hash, leaf_hash, tree
from portal.domain.roles import Actor
from portal.models import AuditEntry, Dagkop, Ketenstand
from portal.models.dagkop import LATE

SETTLE = timedelta(minutes=15)
"""Acts that began before midnight are committed by then: no transaction may wait longer (`portal.db.engine`)."""


def close_days(database: Database) -> int:
    """Close every day that is over and not closed yet, oldest first, each by itself. Returns how many."""
    closed = 0
    while _close_next(database):
        closed += 1
    return closed


def _close_next(database: Database) -> bool:
    """One day in one transaction. A second worker waits at the lock, and then finds nothing to do."""
    with database.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('dagkop', 0))"))
        last = session.scalars(select(Dagkop).order_by(Dagkop.dag.desc()).limit(1)).first()
        dag = last.dag + timedelta(days=1) if last else _first_day(work)
        if dag is None or work.now < day_end(dag) + SETTLE:
            return False
        _close(work, dag, last.kop if last else GENESIS)
        return True


def _first_day(work: Work) -> date | None:
    first = work.session.scalar(select(func.min(AuditEntry.at)))
    return dutch_date(first) if first else None


def _close(work: Work, dag: date, vorige_kop: str) -> None:
    grown = _grown(work, dag)
    boom = tree([leaf_hash(str(row.keten), row.volgnummer, row.hash) for row in grown])
    work.add(
        Dagkop(
            dag=dag,
            bladen=len(grown),
            wortel=boom.wortel,
            vorige_kop=vorige_kop,
            kop=kop_hash(dag, vorige_kop, boom.wortel, len(grown)),
            made_at=work.now,
        )
    )
    work.session.flush()
    if grown:
        work.session.execute(
            insert(Ketenstand),
            [
                {"keten": row.keten, "dag": dag, "volgnummer": row.volgnummer, "hash": row.hash, "pad": pad}
                for row, pad in zip(grown, boom.paden, strict=True)
            ],
        )


def _grown(work: Work, dag: date) -> list[Row[tuple[UUID, int, str]]]:
    """Of each chain that grew: the last entry of before the end of that day. Ordered by chain."""
    end = day_end(dag)
    found: Any = work.session.execute(
        text("""
            SELECT grown.keten, head.volgnummer, head.hash
            FROM (SELECT DISTINCT keten FROM audit WHERE at >= :begin AND at < :end) grown
            CROSS JOIN LATERAL (
                SELECT volgnummer, hash FROM audit
                WHERE audit.keten = grown.keten AND at < :end ORDER BY volgnummer DESC LIMIT 1
            ) head
            LEFT JOIN LATERAL (
                SELECT volgnummer FROM ketenstand
                WHERE ketenstand.keten = grown.keten ORDER BY dag DESC LIMIT 1
            ) closed ON true
            WHERE closed.volgnummer IS NULL OR closed.volgnummer < head.volgnummer
            ORDER BY grown.keten
        """),
        {"begin": end - timedelta(days=1) - LATE, "end": end},
    ).all()
    return list(found)
