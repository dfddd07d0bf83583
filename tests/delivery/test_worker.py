"""The whole way: jobs on the real queue, a real mail server, and what stays in the database."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from procrastinate.jobs import Job
from sqlalchemy import select

from config.settings import Settings
from portal.actions import overzicht, toegang
from portal.db import jobs
from portal.db.engine import Database
from portal.delivery import tasks
from portal.delivery.smtp import Mailer
from portal.delivery.stalled import take_over_stalled_jobs
from portal.delivery.tasks import Backoff, TryLater, make_app
from portal.delivery.worker import _report
from portal.domain.roles import Actor
from portal.domain.status import Pogingresultaat, Verzendstatus
from portal.models import Bericht, Kennisgeving
from portal.queries import dossier
from tests.conftest import Server
from tests.given import EMAIL, Given, Schuldregel
from tests.mailserver import MailServer
from tests.workers import settings_for, worker

CHECKED = {"email_verified_on": date(2026, 1, 1), "email_verified_by": "Landelijk beheer"}


@pytest.fixture
def given(database: Database) -> Given:
    """By the real clock: PostgreSQL decides when a job is due, and its clock cannot be set."""
    return Given(database)


class Round:
    """Runs the worker of these settings in this process until nothing is due."""

    def __init__(self, server: Server, database: Database, **environ: str) -> None:
        self.database = database
        self.settings: Settings = replace(settings_for(**environ), database_url=server.app_url)

    def run(self, mail: MailServer) -> None:
        mailer = Mailer(replace(self.settings, mail_port=mail.port))
        try:
            asyncio.run(self._work(mailer))
        finally:
            mailer.close()

    async def _work(self, mailer: Mailer) -> None:
        app = make_app(self.settings, self.database, mailer)
        async with app.open_async():
            await app.run_worker_async(
                wait=False,
                install_signal_handlers=False,
                listen_notify=False,
                concurrency=4,
                delete_jobs="successful",
                worker_middleware=[_report],
            )

    def run_until(self, mail: MailServer, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 15
        while not done():
            assert time.monotonic() < deadline
            self.run(mail)
            time.sleep(0.1)


@pytest.fixture
def quick(server: Server, database: Database) -> Round:
    return Round(server, database, DELIVERY_RETRY_SECONDS="1,1")


def kennisgevingen(database: Database, verzoek_id: UUID) -> dict[str, Kennisgeving]:
    with database.session(Actor.systeem()) as session:
        return {each.schuldeiser.naam: each for each in dossier.kennisgevingen(session, verzoek_id)}


def pogingen(database: Database, verzoek_id: UUID) -> list[tuple[Pogingresultaat, int | None]]:
    with database.session(Actor.systeem()) as session:
        return [(poging.resultaat, poging.code) for poging in dossier.pogingen(session, verzoek_id)]


def test_each_recipient_gets_its_own_message_once(given, quick, database):
    energie, water = given.schuldeiser("Energie Stroom"), given.schuldeiser("Waterbedrijf Plons")
    bureau = given.incassobureau("Incasso Strak")
    given_lines = [
        Schuldregel("Stroom", {energie: "E-1", bureau: "D-1"}),
        Schuldregel("Stroom", {energie: "E-2"}),
        Schuldregel("Plons", {water: "W-1"}),
    ]
    verzoek_id = given.approved(given_lines)
    with MailServer() as mail:
        quick.run(mail)
    issued = kennisgevingen(database, verzoek_id)
    to_schuldeisers = [got for got in mail.received if got.envelope_to != [EMAIL]]
    assert Counter(got.envelope_to[0] for got in to_schuldeisers) == Counter(each.aan for each in issued.values())
    assert {each.status for each in issued.values()} == {Verzendstatus.AANGEBODEN}
    for each in issued.values():
        [got] = [got for got in to_schuldeisers if got.envelope_to == [each.aan]]
        assert got.message_id == each.message_id
        assert got.envelope_from == f"bounce+{each.envelope_token}@bounce.pauzeknop.example"
        assert got.body("plain").replace("\r\n", "\n") == each.tekst
        assert got.body("html").replace("\r\n", "\n") == each.html
        assert str(got.mail["Subject"]) == each.onderwerp
        assert str(got.mail["To"]) == each.aan
        others = {other.aan for other in issued.values()} - {each.aan}
        assert not any(other.encode() in got.content for other in others)
    [at_energie] = [got for got in to_schuldeisers if got.envelope_to == [issued["Energie Stroom"].aan]]
    assert "E-1" in at_energie.body("plain")
    assert "E-2" in at_energie.body("plain")
    assert "D-1" not in at_energie.body("plain")
    assert "W-1" not in at_energie.body("plain")
    assert len([got for got in mail.received if got.envelope_to == [EMAIL]]) == 2  # received, approved


def test_nothing_is_left_in_the_queue_after_success(given, quick, owner):
    given.approved()
    with MailServer() as mail:
        quick.run(mail)
    left = owner.execute("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'verzending'").fetchone()
    assert left == (0,)


def test_temporary_trouble_is_overcome(given, quick, database):
    verzoek_id = given.approved([given.regel("Waterbedrijf Plons")])
    with MailServer(rcpt_reply=lambda address: "451 4.3.0 Later") as mail:
        quick.run(mail)
        assert kennisgevingen(database, verzoek_id)["Waterbedrijf Plons"].status is Verzendstatus.KLAAR
        mail.rcpt_reply = lambda address: "250 OK"
        quick.run_until(
            mail, lambda: kennisgevingen(database, verzoek_id)["Waterbedrijf Plons"].status is Verzendstatus.AANGEBODEN
        )
    assert pogingen(database, verzoek_id) == [(Pogingresultaat.TIJDELIJK, 451), (Pogingresultaat.AANGEBODEN, 250)]


def test_after_the_last_wait_it_gives_up_visibly(given, quick, database):
    verzoek_id = given.approved([given.regel("Waterbedrijf Plons")])
    with MailServer(rcpt_reply=lambda address: "451 4.3.0 Later") as mail:
        quick.run_until(
            mail,
            lambda: kennisgevingen(database, verzoek_id)["Waterbedrijf Plons"].status is Verzendstatus.NIET_BEZORGD,
        )
    assert pogingen(database, verzoek_id) == [
        *[(Pogingresultaat.TIJDELIJK, 451)] * 2,
        (Pogingresultaat.GEWEIGERD, 451),
    ]


def test_the_schuldeisers_hear_of_an_end_after_the_hulpvrager_though_his_mail_is_held_up(given, server, database):
    patient = Round(server, database, DELIVERY_RETRY_SECONDS=",".join("1" * 15), END_NOTICE_DELAY_SECONDS="1")
    verzoek_id = given.approved()
    with MailServer() as mail:
        patient.run(mail)
        given.withdraw(verzoek_id)
        mail.received.clear()
        tried: list[str] = []
        mail.rcpt_reply = lambda address: tried.append(address) or "451 4.3.0 Later"
        patient.run_until(mail, lambda: len(tried) >= 3)
        assert set(tried) == {EMAIL}
        mail.rcpt_reply = lambda address: "250 OK"
        patient.run_until(mail, lambda: len(mail.received) == 2)
    assert mail.received[0].envelope_to == [EMAIL]


def test_one_refusal_touches_no_other_recipient(given, quick, database):
    weg, blijft = given.schuldeiser("Weg BV"), given.schuldeiser("Blijft BV")
    verzoek_id = given.approved([Schuldregel("Weg", {weg: "1"}), Schuldregel("Blijft", {blijft: "2"})])
    gone = kennisgevingen(database, verzoek_id)["Weg BV"].aan
    with MailServer(rcpt_reply=lambda address: "550 5.1.1 Unknown" if address == gone else "250 OK") as mail:
        quick.run(mail)
    statuses = {naam: each.status for naam, each in kennisgevingen(database, verzoek_id).items()}
    assert statuses == {"Weg BV": Verzendstatus.NIET_BEZORGD, "Blijft BV": Verzendstatus.AANGEBODEN}


def test_a_mail_server_that_is_away_costs_no_message_its_chance(given, quick, database):
    verzoek_id = given.approved()
    nobody = MailServer(port=1)
    quick.run(nobody)
    assert pogingen(database, verzoek_id) == [(Pogingresultaat.TIJDELIJK, None)]
    with MailServer() as mail:
        quick.run_until(mail, lambda: len(mail.received) == 3)


def test_no_transaction_is_open_while_a_mail_server_thinks(given, quick, owner):
    given.approved()
    seen: list[str] = []
    with MailServer(data_delay=1.5) as mail:
        working = threading.Thread(target=quick.run, args=(mail,))
        working.start()
        while working.is_alive():
            rows = owner.execute(
                "SELECT state, query FROM pg_stat_activity WHERE usename = 'portal_web'"
                " AND state = 'idle in transaction' AND now() - xact_start > interval '1 s'"
            ).fetchall()
            seen += [f"{state}: {query}" for state, query in rows]
            time.sleep(0.02)
        working.join()
    assert len(mail.received) == 3
    assert seen == []


def test_a_link_goes_to_a_known_address_only(given, quick, database):
    given.submitted()
    with database.session(Actor.bezoeker()) as session:
        toegang.request_links_for_address(session, EMAIL)
        toegang.request_links_for_address(session, "onbekend@inwoner.example")
    with MailServer() as mail:
        quick.run(mail)
        quick.run(mail)
    links = [got for got in mail.received if str(got.mail["Subject"]) == "Uw link"]
    assert [got.envelope_to for got in links] == [[EMAIL]]
    assert "https://pauzeknop.example/terug/" in links[0].body("plain")
    assert {tuple(got.envelope_to) for got in mail.received} == {(EMAIL,)}


def test_a_link_to_all_open_messages_goes_to_a_known_mailbox_only_and_is_tried_again(given, quick, database):
    given.schuldeiser("Water", mailable=False, email="pauze@water.example", **CHECKED)
    with database.session(Actor.bezoeker()) as session:
        overzicht.request(session, "pauze@water.example")
        overzicht.request(session, "onbekend@water.example")
    with MailServer(rcpt_reply=lambda address: "451 4.3.0 Later") as busy:
        quick.run(busy)
    assert busy.received == []
    with MailServer() as mail:
        quick.run_until(mail, lambda: bool(mail.received))
        quick.run(mail)
    [got] = mail.received
    assert got.envelope_to == ["pauze@water.example"]
    assert "https://pauzeknop.example/antwoord/overzicht/" in got.body("plain")


def test_an_unforeseen_error_is_logged_and_the_message_waits(given, quick, database, owner, caplog):
    verzoek_id = given.approved([given.regel("Waterbedrijf Plons")])
    owner.execute("UPDATE kennisgeving SET message_id = 'geen'")
    with MailServer() as mail:
        quick.run(mail)
    assert "The task send_kennisgeving failed" in caplog.text
    assert kennisgevingen(database, verzoek_id)["Waterbedrijf Plons"].status is Verzendstatus.KLAAR
    waiting = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND task_name = 'send_kennisgeving'"
    assert owner.execute(waiting).fetchone() == (1,)


# --- a worker process -------------------------------------------------------------------------------


def wait_until(done: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.ops
def test_a_worker_that_is_asked_to_stop_finishes_what_it_began(given, server, database, tmp_path):
    verzoek_id = given.approved([given.regel("Waterbedrijf Plons")])
    with MailServer(data_delay=1) as mail, worker(server, mail.port, tmp_path / "log") as running:
        wait_until(lambda: len(mail.received) == 3)
        assert running.stop() == 0
    assert kennisgevingen(database, verzoek_id)["Waterbedrijf Plons"].status is Verzendstatus.AANGEBODEN
    assert len(mail.received) == 3
    with database.session(Actor.systeem()) as session:
        assert set(session.scalars(select(Bericht.status))) == {Verzendstatus.AANGEBODEN}


@pytest.mark.ops
def test_a_worker_outlives_the_loss_of_its_database_connections(given, server, owner, tmp_path):
    log = tmp_path / "log"
    with MailServer() as mail, worker(server, mail.port, log) as running:
        given.approved([given.regel("Waterbedrijf Plons")])
        wait_until(lambda: len(mail.received) == 3)
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'portal_web'")
        given.approved([given.regel("Energie Stroom")])
        wait_until(lambda: len(mail.received) == 6)
        assert running.stop() == 0
    words = log.read_text(encoding="utf-8")
    assert EMAIL not in words
    assert "Meer" not in words


# --- small parts ------------------------------------------------------------------------------------


def job(attempts: int) -> Job:
    return Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)


def test_a_temporary_failure_waits_as_long_as_it_says():
    decision = Backoff((60, 300)).get_retry_decision(exception=TryLater(300), job=job(0))
    assert decision.retry_at is not None
    assert 295 < (decision.retry_at - datetime.now(UTC)).total_seconds() <= 300


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 60), (1, 300), (2, 300), (50, 300)])
def test_an_unforeseen_error_never_drops_a_message(attempts, seconds):
    decision = Backoff((60, 300)).get_retry_decision(exception=ZeroDivisionError(), job=job(attempts))
    assert seconds - 5 < (decision.retry_at - datetime.now(UTC)).total_seconds() <= seconds


ROUNDS = (
    "give_up_unfetched",
    "forget_unknown_mail",
    "forget_tokens",
    "take_over_stalled_jobs",
    "requeue",
    "make_teammails",
    "forget_teammails",
    "make_dagoverzichten",
    "forget_dagoverzichten",
    "expire_pauzes",
    "expire_akkoord",
    "lapse_kennisgevingen",
    "close_days",
    "forget_concepts",
    "forget_dossiers",
    "forget_sessions",
    "publish_cijfers",
    "read_unread_fotos",
    "forget_overzichtslinks",
    "watch_silence",
    "warn_of_terms",
    "warn_of_ends",
    "forget_counters",
)


def test_every_deferred_task_exists_and_the_upkeep_is_planned(database, server):
    settings = replace(settings_for(), database_url=server.app_url)
    app = make_app(settings, database, Mailer(settings))
    assert {jobs.SEND_KENNISGEVING, jobs.SEND_DAGOVERZICHT, jobs.SEND_BERICHT, jobs.MAIL_LINKS} <= set(app.tasks)
    planned = {name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    assert planned["take_over_stalled_jobs"] == "* * * * * */10"
    assert {*ROUNDS, "remove_old_jobs"} == set(planned)


@pytest.mark.parametrize("name", ROUNDS)
def test_each_round_of_upkeep_runs(database, server, name):
    settings = replace(settings_for(), database_url=server.app_url)
    make_app(settings, database, Mailer(settings)).tasks[name](timestamp=0)


def test_the_worker_uses_the_role_of_the_application(server):
    settings = replace(settings_for(), database_url=server.app_url)

    async def role() -> str:
        connector = tasks._connector(settings)
        await connector.open_async()
        try:
            return (await connector.execute_query_one_async("SELECT current_user::text AS role"))["role"]
        finally:
            await connector.close_async()

    assert asyncio.run(role()) == "portal_app"


DEAD_ROUND = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, status, lock, queueing_lock, args)
    VALUES (%s, %s, %s, %s, %s, '{"timestamp": 0}')
"""


def test_a_round_that_died_keeps_no_later_round_from_taking_over(quick, database, owner):
    name = "take_over_stalled_jobs"
    task = make_app(quick.settings, database, Mailer(quick.settings)).tasks[name]
    for status in ("doing", "todo"):
        owner.execute(DEAD_ROUND, [task.queue, name, status, task.lock, task.queueing_lock])
    with MailServer() as mail:
        quick.run(mail)
    statuses = owner.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s", [name]).fetchall()
    assert ("failed",) in statuses
    assert ("doing",) not in statuses


@pytest.fixture
def queue(database: Database, owner):
    """A job in the hands of a worker that was heard of so many seconds ago, or of none."""

    def add(seconds: int | None) -> int:
        worker_id = None
        if seconds is not None:
            [worker_id] = owner.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
                " RETURNING id",
                [seconds],
            ).fetchone()
        [job_id] = owner.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) VALUES ('q', 't', 'doing', %s)"
            " RETURNING id",
            [worker_id],
        ).fetchone()
        return job_id

    return add


def test_jobs_of_dead_workers_are_given_back_and_no_others(database, owner, queue):
    alive, silent, gone = queue(1), queue(60), queue(None)
    assert take_over_stalled_jobs(database, 30) == 2
    assert take_over_stalled_jobs(database, 30) == 0
    statuses = dict(owner.execute("SELECT id, status::text FROM procrastinate_jobs").fetchall())
    assert statuses == {alive: "doing", silent: "todo", gone: "todo"}


def test_a_dead_round_of_upkeep_is_closed_where_another_waits(database, owner, queue):
    message = queue(None)
    for status in ("doing", "todo"):
        owner.execute(DEAD_ROUND, ["onderhoud", "expire_pauzes", status, "expire_pauzes", "expire_pauzes"])
    assert take_over_stalled_jobs(database, 30) == 2
    statuses = owner.execute("SELECT status::text FROM procrastinate_jobs WHERE lock = 'expire_pauzes'").fetchall()
    assert sorted(statuses) == [("failed",), ("todo",)]
    assert owner.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [message]).fetchone() == ("todo",)


def test_many_workers_starting_at_once_give_a_job_back_once(database, owner, queue):
    for _ in range(20):
        queue(None)
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(take_over_stalled_jobs(database, 30))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 20
    assert owner.execute("SELECT DISTINCT attempts FROM procrastinate_jobs").fetchall() == [(1,)]
