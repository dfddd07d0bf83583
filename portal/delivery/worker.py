"""`portal worker`: does the jobs until it is asked to stop, and then finishes those in hand."""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker
from sqlalchemy.exc import OperationalError

from config.settings import Settings
from portal.db.engine import Database
from portal.delivery.later import TryLater
from portal.delivery.smtp import Mailer
from portal.delivery.stalled import take_over_stalled_jobs
from portal.delivery.tasks import make_app
from portal.process import start

RESTART_SECONDS = 2
"""Wait before trying again when the database went away."""

POLL_SECONDS = 2
"""A job that becomes due (a retry) is found within this time; a new one is announced at once."""

_log = logging.getLogger(__name__)


def run_worker(settings: Settings) -> None:
    """Blocks until SIGTERM or SIGINT, and returns when the running jobs are done."""
    logging.getLogger("procrastinate").setLevel(logging.WARNING)  # it tells of every round of upkeep
    threads = settings.worker_concurrency
    database = start(settings, pool_size=threads + 1)
    mailer = Mailer(settings)
    try:
        asyncio.run(_run(settings, database, mailer))
    finally:
        mailer.close()
        database.dispose()


async def _run(settings: Settings, database: Database, mailer: Mailer) -> None:
    loop = asyncio.get_running_loop()
    # asyncio's own pool is sized by the processors of the machine, not by our setting.
    loop.set_default_executor(ThreadPoolExecutor(settings.worker_concurrency + 1, "job"))
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    while not stop.is_set():
        try:
            await _work_until(stop, settings, database, mailer)
        except (psycopg.Error, ConnectorException, OperationalError) as error:
            _log.warning("The worker lost the database (%s); trying again", type(error).__name__)
        await _wait(stop, RESTART_SECONDS)


async def _work_until(stop: asyncio.Event, settings: Settings, database: Database, mailer: Mailer) -> None:
    """Returns when asked to stop, or when procrastinate gave up because a part of it failed."""
    app = make_app(settings, database, mailer)
    async with app.open_async():
        await asyncio.to_thread(take_over_stalled_jobs, database, settings.worker_stalled_seconds)
        working = asyncio.create_task(_procrastinate(app, settings))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if stop.is_set():
            working.cancel()  # procrastinate lets the running jobs finish
        try:
            await working
        except asyncio.CancelledError:
            _log.info("The worker has stopped")


async def _procrastinate(app: App, settings: Settings) -> None:
    await app.run_worker_async(
        concurrency=settings.worker_concurrency,
        fetch_job_polling_interval=POLL_SECONDS,
        update_heartbeat_interval=settings.worker_heartbeat_seconds,
        stalled_worker_timeout=settings.worker_stalled_seconds,
        delete_jobs="successful",
        worker_middleware=[_report],
        install_signal_handlers=False,
    )


async def _report(process: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
    """An unforeseen error reaches the log each time. procrastinate would mention it as just another retry."""
    try:
        return await process()
    except TryLater:
        raise
    except Exception:
        _log.exception("The task %s failed", context.job.task_name)
        raise


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
