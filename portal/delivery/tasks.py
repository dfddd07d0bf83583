"""The tasks of the worker. A task holds ids only, acts in short transactions, and mails between them, never inside."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from math import ceil
from typing import Protocol
from uuid import UUID

from procrastinate import App, JobContext, PsycopgConnector
from sqlalchemy import make_url

from config.settings import Settings
from portal.actions import (
    akkoord,
    api_toegang,
    bewaren,
    cijfers,
    dagkoppen,
    dagoverzicht,
    inkomend,
    massaal,
    ontvangst,
    overzicht,
    teammail,
    toegang,
    uitnodiging_mailen,
    verlopen,
    verzending,
    wachtrij,
)
from portal.actions.zending import Model, Zending
from portal.db import jobs, limits
from portal.db.engine import APP_ROLE, Database, ScopedSession
from portal.delivery import bewaking
from portal.delivery.bewaking import Rounds, Upkeep
from portal.delivery.dagoverzicht import make_due
from portal.delivery.later import Backoff, TryLater
from portal.delivery.lezen import queue_unread, read_foto
from portal.delivery.opmaak import typeset, typeset_bewijs, typeset_for_bericht
from portal.delivery.overzicht import mail_link
from portal.delivery.smtp import Mailer
from portal.delivery.stalled import take_over_stalled_jobs
from portal.delivery.webhooks import Caller
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat
from portal.models import Bericht, Dagoverzicht, Kennisgeving
from portal.queries import volgorde

QUEUE_UPKEEP = "onderhoud"

STUCK_AFTER = timedelta(minutes=10)
"""A message that waits this long without a job is queued again. Assumption."""

KEEP_FAILED_HOURS = 30 * 24
"""Failed jobs are kept this long for whoever looks into them; succeeded ones go at once. Assumption."""


class StaffMail(Protocol):
    """An act per mail to staff, which has no attempts of its own: `uitnodiging_mailen`, `teammail`."""

    def to_mail(self, session: ScopedSession, id: UUID) -> Zending | None: ...

    def record_mailed(self, session: ScopedSession, id: UUID, uitslag: verzending.Uitslag) -> None: ...


def send_to_staff(database: Database, mailer: Mailer, mail: StaffMail, id: UUID, wait_seconds: int | None) -> None:
    """Mail it, if it is still wanted. Raises TryLater after a temporary failure, while there is a wait left."""
    with database.session(Actor.systeem()) as session:
        zending = mail.to_mail(session, id)
    if zending is None:
        return
    uitslag = mailer.deliver(zending)
    if uitslag.resultaat is Pogingresultaat.TIJDELIJK and wait_seconds is not None:
        raise TryLater(wait_seconds)
    with database.session(Actor.systeem()) as session:
        mail.record_mailed(session, id, uitslag)


class Sender:
    """Makes the letter, begins an attempt, hands over, records the outcome. `end_delay`: how long after the hulpvrager
    the schuldeisers hear of an end.
    """

    def __init__(
        self, database: Database, mailer: Mailer, waits: tuple[int, ...], end_delay: timedelta = volgorde.NOW
    ) -> None:
        self.database, self.mailer, self.waits, self.end_delay = database, mailer, waits, end_delay

    def send(self, model: Model, id: UUID) -> None:
        """Raises TryLater before its turn, and after a temporary failure until all waits are used up."""
        (self.typeset if model is Kennisgeving else partial(typeset_for_bericht, self.database))(id)
        with self.database.session(Actor.systeem()) as session:
            zending = verzending.begin_attempt(session, model, id)
        if zending is not None:
            self._carry(model, id, zending)

    def typeset(self, id: UUID) -> None:
        """Make the letter of a Kennisgeving in its turn. Nothing leaves without one, by mail, post or API: so nobody
        hears of an end before the hulpvrager. Raises TryLater.
        """
        with self.database.session(Actor.systeem()) as session:
            early = volgorde.wait_for_hulpvrager(session, id, self.end_delay)
        if early:
            raise TryLater(ceil(early.total_seconds()))
        typeset(self.database, id)

    def send_dagoverzicht(self, id: UUID) -> None:
        """The same for a digest. How it went is then told to each Kennisgeving in it, also when an earlier worker died
        before it could.
        """
        with self.database.session(Actor.systeem()) as session:
            zending = dagoverzicht.begin_attempt(session, id)
        try:
            if zending is not None:
                self._carry(Dagoverzicht, id, zending)
        finally:
            self._tell(id)

    def _tell(self, id: UUID) -> None:
        with self.database.session(Actor.systeem()) as session:
            uitslag, ids = dagoverzicht.outcome(session, id)
            if uitslag is None:
                return
            record = self._record(uitslag, again=uitslag.resultaat is Pogingresultaat.TIJDELIJK)
            for kennisgeving_id in ids:
                record(session, Kennisgeving, kennisgeving_id, uitslag)

    def _carry(self, model: Model, id: UUID, zending: Zending) -> None:
        uitslag = self.mailer.deliver(zending)
        again = uitslag.resultaat is Pogingresultaat.TIJDELIJK and zending.tijdelijk < len(self.waits)
        with self.database.session(Actor.systeem()) as session:
            self._record(uitslag, again=again)(session, model, id, uitslag)
        if again:
            raise TryLater(self.waits[zending.tijdelijk])

    def _record(self, uitslag: verzending.Uitslag, *, again: bool) -> Callable[..., None]:
        if uitslag.resultaat is Pogingresultaat.AANGEBODEN:
            return verzending.record_handover
        return verzending.record_temporary if again else verzending.record_refusal


def make_app(settings: Settings, database: Database, mailer: Mailer) -> App:
    """The procrastinate app of this worker, with every task that the portal defers and its own upkeep."""
    app = App(connector=_connector(settings))
    end_delay = timedelta(seconds=settings.end_notice_delay_seconds)
    sender = Sender(database, mailer, settings.delivery_retry_seconds, end_delay)
    backoff = Backoff(settings.delivery_retry_seconds)

    @app.task(name=jobs.SEND_KENNISGEVING, retry=backoff)
    def send_kennisgeving(id: str) -> None:
        sender.send(Kennisgeving, UUID(id))

    @app.task(name=jobs.SEND_DAGOVERZICHT, retry=backoff)
    def send_dagoverzicht(id: str) -> None:
        sender.send_dagoverzicht(UUID(id))

    @app.task(name=jobs.SEND_BERICHT, retry=backoff)
    def send_bericht(id: str) -> None:
        sender.send(Bericht, UUID(id))

    caller = Caller(database, settings.delivery_retry_seconds, lokaal=settings.is_development)

    @app.task(name=jobs.CALL_WEBHOOK, retry=backoff)
    def call_webhook(id: str) -> None:
        if (wait := caller.call(UUID(id))) is not None:
            raise TryLater(wait)

    _add_mail_to_staff(app, settings, database, mailer, backoff)
    _add_lookups(app, settings, database, mailer, backoff)
    _add_house_work(app, sender, backoff)
    _add_upkeep(app, settings, database)
    return app


def _add_mail_to_staff(app: App, settings: Settings, database: Database, mailer: Mailer, backoff: Backoff) -> None:
    waits = settings.delivery_retry_seconds
    for name, mail in ((jobs.MAIL_UITNODIGING, uitnodiging_mailen), (jobs.MAIL_TEAMMAIL, teammail)):

        @app.task(name=name, retry=backoff, pass_context=True)
        def send(context: JobContext, id: str, mail: StaffMail = mail) -> None:
            attempts = context.job.attempts
            send_to_staff(database, mailer, mail, UUID(id), waits[attempts] if attempts < len(waits) else None)


def _add_lookups(app: App, settings: Settings, database: Database, mailer: Mailer, backoff: Backoff) -> None:
    """Whether an address is known is looked up here, so that no page takes longer for one that is."""

    @app.task(name=jobs.MAIL_LINKS, retry=backoff)
    def mail_links(email_index: str, request_id: str) -> None:
        with database.session(Actor.systeem()) as session:
            toegang.issue_links(session, bytes.fromhex(email_index), settings.link_seconds, UUID(request_id))

    @app.task(name=jobs.MAIL_OVERZICHT, retry=backoff)
    def mail_overzicht(email_index: str, request_id: str) -> None:
        life = timedelta(seconds=settings.overview_link_seconds)
        if not mail_link(database, mailer, bytes.fromhex(email_index), life, UUID(request_id)):
            raise TryLater(settings.delivery_retry_seconds[0])


def _add_house_work(app: App, sender: Sender, backoff: Backoff) -> None:
    @app.task(name=jobs.TYPESET_KENNISGEVING, retry=backoff)
    def typeset_kennisgeving(id: str) -> None:
        sender.typeset(UUID(id))

    @app.task(name=jobs.TYPESET_AANMELDBEWIJS, retry=backoff)
    def typeset_aanmeldbewijs(id: str) -> None:
        typeset_bewijs(sender.database, UUID(id))

    @app.task(name=jobs.READ_FOTO, retry=backoff, pass_context=True)
    def read_one_foto(context: JobContext, id: str) -> None:
        read_foto(sender.database, UUID(id), context.job.attempts)

    @app.task(name=jobs.CARRY_OUT, retry=backoff)
    def carry_out(id: str) -> None:
        massaal.carry_out(sender.database, UUID(id))


def _termijnen(settings: Settings) -> bewaren.Bewaartermijnen:
    return bewaren.Bewaartermijnen(
        ingetrokken_days=settings.retention_ingetrokken_days,
        niet_goedgekeurd_days=settings.retention_niet_goedgekeurd_days,
        goedgekeurd_days=settings.retention_goedgekeurd_days,
    )


def _add_upkeep(app: App, settings: Settings, database: Database) -> None:
    """Small repeated work. Hourly where daily would do: a worker that was down is an hour late, not a day."""

    def requeue() -> None:
        with database.session(Actor.systeem()) as session:
            wachtrij.requeue(session, STUCK_AFTER)

    termijnen, unknown_days = _termijnen(settings), settings.inbound_unknown_days
    end_delay = timedelta(seconds=settings.end_notice_delay_seconds)
    rounds: Rounds = {
        "requeue": ("*/5 * * * *", requeue),
        "make_dagoverzichten": (
            "*/5 * * * *",
            lambda: make_due(database, settings.dagoverzicht_at, settings.dagoverzicht_max_bytes, end_delay),
        ),
        "forget_dagoverzichten": ("37 * * * *", lambda: dagoverzicht.forget(database)),
        "expire_pauzes": ("7 * * * *", lambda: verlopen.expire_pauzes(database)),
        "lapse_kennisgevingen": ("9 * * * *", lambda: verlopen.lapse_kennisgevingen(database)),
        "close_days": ("22 * * * *", lambda: dagkoppen.close_days(database)),
        "forget_concepts": ("17 * * * *", lambda: bewaren.forget_concepts(database, settings.concept_days)),
        "forget_dossiers": ("47 * * * *", lambda: bewaren.forget_dossiers(database, termijnen)),
        "forget_overzichtslinks": ("57 * * * *", lambda: overzicht.forget(database)),
        "expire_akkoord": ("13 * * * *", lambda: akkoord.expire(database)),
        "forget_sessions": ("57 * * * *", lambda: bewaren.forget_sessions(database)),
        "give_up_unfetched": (
            "11 * * * *",
            partial(ontvangst.give_up_unfetched, database, settings.api_fetch_werkdagen),
        ),
        "forget_tokens": ("37 * * * *", lambda: api_toegang.forget_tokens(database)),
        "forget_unknown_mail": ("37 * * * *", lambda: inkomend.forget_unknown(database, unknown_days)),
        "read_unread_fotos": ("32 1 * * *", lambda: queue_unread(database)),
        "publish_cijfers": ("52 4 * * *", lambda: cijfers.publish(database)),
        "forget_counters": ("27 * * * *", lambda: limits.forget_old(database)),
    }
    for name, (cron, work) in (rounds | bewaking.rounds(settings, database)).items():
        _repeat(app, name, cron, work, lock=name)
    # No lock: a round that died with its worker would keep all later ones out, and they are what takes its jobs over.
    # The sixth field of a cron line is the second.
    stalled = partial(take_over_stalled_jobs, database, settings.worker_stalled_seconds)
    _repeat(app, "take_over_stalled_jobs", "* * * * * */10", stalled, lock=None)

    @app.periodic(cron="37 3 * * *")
    @app.task(name="remove_old_jobs", queue=QUEUE_UPKEEP, pass_context=False)
    async def remove_old_jobs(timestamp: int) -> None:
        await app.job_manager.delete_old_jobs(KEEP_FAILED_HOURS, include_failed=True, include_aborted=True)


def _repeat(app: App, name: str, cron: str, work: Upkeep, *, lock: str | None) -> None:
    """Over all workers none waits twice, and with a lock there is one round at a time."""

    @app.periodic(cron=cron)
    @app.task(name=name, queue=QUEUE_UPKEEP, lock=lock, queueing_lock=name)
    def round_of_work(timestamp: int) -> None:
        work()


def _connector(settings: Settings) -> PsycopgConnector:
    """The job tables are used by the same role as all others. Two connections for jobs, one that listens."""
    url = make_url(settings.database_url).set(drivername="postgresql")
    options = {"options": f"-c role={APP_ROLE} -c timezone=UTC", "connect_timeout": 5}
    return PsycopgConnector(conninfo=url.render_as_string(hide_password=False), kwargs=options, min_size=1, max_size=3)
