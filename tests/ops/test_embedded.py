"""The embedded PostgreSQL starts on any folder, after any ending, once at a time."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from portal.db.embedded import EmbeddedPostgres, running
from portal.db.embedded_user import EmbeddedPostgresError

pytestmark = pytest.mark.ops

ENDLESS = b"DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$"


def ask(url: str, question: str) -> object:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute(question).fetchone()[0]


def has_ended(process: psutil.Process) -> bool:
    """A zombie counts: it only waits for init to take note."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A data folder that exists already, with a space in its path."""
    path = tmp_path_factory.mktemp("met spatie") / "postgres"
    with running(path):
        pass
    return path


def test_the_application_signs_in_as_a_plain_role(folder):
    with running(folder) as server:
        assert ask(server.app_url, "SELECT current_user || '/' || current_database()") == "portal_web/portal"
        assert ask(server.app_url, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = user") is False
        assert ask(server.owner_url, "SELECT rolsuper FROM pg_roles WHERE rolname = user") is True


def test_a_second_start_keeps_the_data(folder):
    with running(folder) as server, psycopg.connect(server.owner_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE bewaard AS SELECT 42 AS getal")
    with running(folder) as server:
        assert ask(server.owner_url, "SELECT getal FROM bewaard") == 42


def test_somebodys_postgres_variables_change_nothing(folder, monkeypatch):
    for name, value in {"PGPORT": "6543", "PGDATA": "/nowhere", "PGHOST": "nowhere.example"}.items():
        monkeypatch.setenv(name, value)
    with running(folder) as server:
        assert ask(server.app_url, "SELECT 1") == 1


def test_a_path_too_long_for_a_socket_works(tmp_path):
    with running(tmp_path / ("lang" * 40) / "postgres") as server:
        assert ask(server.app_url, "SELECT 1") == 1


def test_two_on_one_folder_is_one_sentence(folder):
    with running(folder), pytest.raises(EmbeddedPostgresError, match=r"already in use by process \d+; stop"):
        EmbeddedPostgres(folder).start()


def test_a_command_uses_the_server_that_runs_and_leaves_it_running(folder):
    with running(folder) as server:
        with running(folder) as other:
            assert ask(other.app_url, "SELECT 1") == 1
        assert ask(server.app_url, "SELECT 1") == 1


def test_it_starts_after_kill_9_with_a_pid_file_that_names_another_process(folder):
    server = EmbeddedPostgres(folder)
    server.start()
    postgres = server.process
    postgres.kill()
    postgres.wait()
    pid_file = folder / "postmaster.pid"
    left_behind = pid_file.read_text()
    server.stop()
    owner = folder.stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None) as bystander:
        first, rest = left_behind.split("\n", 1)
        pid_file.write_text(f"{bystander.pid}\n{rest}")
        assert first != str(bystander.pid)
        with running(folder) as again:
            assert ask(again.app_url, "SELECT 1") == 1
        assert bystander.poll() is None
        bystander.kill()


def test_it_starts_after_kill_9_while_backends_still_compute(folder):
    server = EmbeddedPostgres(folder)
    server.start()
    connections = [psycopg.connect(server.app_url.replace("+psycopg", "")) for _ in range(4)]
    for connection in connections:
        connection.pgconn.send_query(ENDLESS)
    server.process.kill()
    server.process.wait()
    abandoned = EmbeddedPostgres(folder)
    server._lock.close()  # as after a kill -9 of the process that started it
    abandoned.start()
    try:
        assert ask(abandoned.app_url, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'portal_web'") == 1
    finally:
        abandoned.stop()
        for connection in connections:
            connection.close()


def test_after_kill_9_of_the_server_a_stop_ends_its_backends(folder):
    with running(folder) as server:
        connection = psycopg.connect(server.app_url.replace("+psycopg", ""))
        backend = psutil.Process(connection.info.backend_pid)
        connection.pgconn.send_query(ENDLESS)
        server.process.kill()
        server.process.wait()
        server.stop()
        connection.close()
        assert has_ended(backend)


def test_a_kill_in_the_middle_of_the_first_start_leaves_nothing_half_made(tmp_path):
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with running(tmp_path / "postgres") as server:
        assert ask(server.app_url, "SELECT 1") == 1
    assert not half.exists()


def test_a_server_that_cannot_start_says_why(folder):
    settings = folder / "postgresql.conf"
    good = settings.read_text()
    settings.write_text(good + "\nnonsense = 1\n")
    try:
        with pytest.raises(EmbeddedPostgresError, match=r"did not start: .*contains errors"):
            EmbeddedPostgres(folder).start()
    finally:
        settings.write_text(good)


def test_its_log_does_not_hold_what_was_typed(folder):
    with running(folder) as server, pytest.raises(psycopg.Error):
        ask(server.app_url, "SELECT 'Jansen'::int")
    assert "SELECT" not in server.log.read_text()


def test_the_server_ends_with_the_process_that_started_it(folder):
    program = (
        "import sys, time; from pathlib import Path; from portal.db.embedded import EmbeddedPostgres\n"
        "server = EmbeddedPostgres(Path(sys.argv[1])); server.start()\n"
        "print(server.process.pid, flush=True); time.sleep(60)"
    )
    command = [os.sys.executable, "-c", program, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as starter:
        postgres = psutil.Process(int(starter.stdout.readline()))
        starter.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while not has_ended(postgres) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert has_ended(postgres)
