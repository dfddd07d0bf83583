"""Jobs of a worker that died: given back, so that another worker takes them.

A round of upkeep is closed instead: the next one does its work. Only one of its kind may wait, so giving it back
beside one that waits would fail, and with it everything else that is to be taken over.
"""

from sqlalchemy import text

from portal.db.engine import Database

_LOCK = "take_over_stalled_jobs"

_TAKE_OVER = text("""
    SELECT CASE
        WHEN queueing_lock IS NULL THEN procrastinate_retry_job_v2(stalled.id, now(), NULL, NULL, NULL)
        ELSE procrastinate_finish_job_v1(stalled.id, 'failed', false)
    END FROM (
        SELECT id, queueing_lock FROM procrastinate_jobs job
        WHERE status = 'doing' AND NOT EXISTS (
            SELECT 1 FROM procrastinate_workers worker
            WHERE worker.id = job.worker_id AND last_heartbeat >= now() - make_interval(secs => :seconds)
        )
        FOR UPDATE OF job SKIP LOCKED
    ) stalled
""")


def take_over_stalled_jobs(database: Database, stalled_seconds: int) -> int:
    """Queue again, or close, what a silent worker had in hand. Returns how many jobs.

    One statement under one lock: asking for stalled jobs first and retrying them later could give a job away twice, the
    second time from under the live worker that had just taken it.
    """
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": _LOCK})
        return len(connection.execute(_TAKE_OVER, {"seconds": stalled_seconds}).all())
