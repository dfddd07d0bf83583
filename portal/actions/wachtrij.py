"""Messages that wait for a job that is gone."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from portal import clock
from portal.actions.work import unit_of_work
from portal.db import jobs
from portal.db.engine import ScopedSession
from portal.domain.roles import Actor

REQUEUED_PER_ROUND = 500
"""Messages without a job that one round of the worker queues again."""

_WAITING = {
    jobs.SEND_KENNISGEVING: """
        SELECT id, issued_at FROM kennisgeving WHERE kanaal = 'email' AND status = 'klaar' AND NOT gebundeld
    """,
    jobs.SEND_BERICHT: "SELECT id, issued_at FROM bericht WHERE kanaal = 'email' AND status = 'klaar'",
    jobs.CALL_WEBHOOK: "SELECT webhook_id AS id, min(at) AS issued_at FROM webhookmelding GROUP BY webhook_id",
    jobs.MAIL_UITNODIGING: """
        SELECT id, created_at AS issued_at FROM uitnodiging WHERE expires_at > now()
        AND num_nonnulls(mailed_at, refused_at, used_at, revoked_at) = 0
    """,
    # Of today: yesterday's work is not that of today.
    jobs.MAIL_TEAMMAIL: """
        SELECT id, issued_at FROM teammail WHERE status = 'klaar' AND dag = CAST(:today AS date)
    """,
    jobs.TYPESET_KENNISGEVING: """
        SELECT id, issued_at FROM kennisgeving k WHERE (kanaal IN ('brief', 'api') OR gebundeld) AND status = 'klaar'
        AND NOT EXISTS (SELECT 1 FROM brief WHERE brief.id = k.id)
    """,
    jobs.TYPESET_AANMELDBEWIJS: """
        SELECT id, submitted_at AS issued_at FROM pauzeverzoek v
        WHERE status IN ('ingediend', 'in_behandeling', 'aanvulling_gevraagd') AND NOT onvolledig
        AND NOT EXISTS (SELECT 1 FROM aanmeldbewijs b WHERE b.verzoek_id = v.id)
    """,
    # Also one whose outcome has not reached all its Kennisgevingen.
    jobs.SEND_DAGOVERZICHT: """
        SELECT id, issued_at FROM dagoverzicht d WHERE status = 'klaar' OR (status <> 'vervallen' AND EXISTS (
            SELECT 1 FROM kennisgeving k WHERE k.dagoverzicht_id = d.id AND k.status = 'klaar'))
    """,
}
"""Task → the messages that wait for it; for a webhook all that waits is one job."""

UNREAD_PER_NIGHT = 2000
"""Photos of one night: at 3 s of a processor each, some 100 minutes. Assumption."""

_UNREAD = """
    SELECT f.id, f.made_at AS issued_at FROM foto f JOIN pauzeverzoek v ON v.id = f.verzoek_id
    LEFT JOIN melding m ON m.id = f.melding_id
    WHERE f.gelezen_at IS NULL AND (
        (f.schuld_id IS NOT NULL AND v.status IN ('concept', 'ingediend', 'in_behandeling', 'aanvulling_gevraagd'))
        OR (m.soort = 'schuld' AND m.handled_at IS NULL)
    )
"""
"""The photos of which a proposal still helps: the hulpvrager with the list, or the hulpverlener with a report."""


def requeue(session: ScopedSession, older_than: timedelta) -> int:
    """Queue messages again that wait for a job that is gone, to be sent or to be made. Returns how many.

    A job is deferred in the transaction that issues the message, so this finds nothing unless jobs were taken away.
    """
    with unit_of_work(session, Actor.systeem()) as work:
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('requeue', 0))"))
        before = work.now - older_than
        found = {task: _without_job(session, task, waiting, before) for task, waiting in _WAITING.items()}
        for task, ids in found.items():
            jobs.defer(session, task, ids)
        return sum(map(len, found.values()))


def queue_unread(session: ScopedSession) -> int:
    """Queue the photos that nobody read and that wait for somebody, the oldest first. Returns how many."""
    with unit_of_work(session, Actor.systeem()) as work:
        ids = _without_job(session, jobs.READ_FOTO, _UNREAD, work.now, UNREAD_PER_NIGHT)
        jobs.defer(session, jobs.READ_FOTO, ids, priority=jobs.LATER)
        return len(ids)


def _without_job(
    session: ScopedSession, task: str, waiting: str, before: datetime, limit: int = REQUEUED_PER_ROUND
) -> list[UUID]:
    found = session.scalars(
        text(f"""
            SELECT id FROM ({waiting}) message
            WHERE issued_at < :before AND NOT EXISTS (
                SELECT 1 FROM procrastinate_jobs
                WHERE status IN ('todo', 'doing') AND lock = CAST(:task AS text) || ':' || message.id
            )
            ORDER BY issued_at, id LIMIT :limit
        """),
        {"before": before, "task": task, "limit": limit, "today": clock.today()},
    )
    return list(found)
