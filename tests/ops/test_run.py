"""`portal run` and `make run`, started and stopped for real, each ending looked at from outside."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from config.settings import ROOT
from portal.db.embedded import EmbeddedPostgres
from tests.running import PORTAL_RUN, belonging_to, environ_for, started, wait_until_nothing_is_left

pytestmark = pytest.mark.ops


def refused(instance: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """A `portal run` that is expected to end by itself, soon."""
    environ = environ_for(instance, **changes)
    return subprocess.run(PORTAL_RUN, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=30)


@pytest.fixture(scope="module")
def instance(tmp_path_factory) -> Path:
    """One instance folder for the whole file: only the first start has to make everything."""
    return tmp_path_factory.mktemp("run") / "instance"


def test_it_answers_tells_where_lets_no_second_in_and_stops_on_sigterm_without_leftovers(instance):
    with started(instance) as run:
        with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/gezondheid", timeout=5) as answer:
            assert answer.status == 200
        assert f"http://127.0.0.1:{run.port}/" in run.output()
        assert "portal demo-code" in run.output()
        second = refused(instance)
        assert second.returncode != 0
        assert "is already in use by process" in second.stderr
        assert "Traceback" not in second.stderr
        run.process.terminate()
        assert run.wait_until_ended() == 0
        assert belonging_to(instance) == []
        assert "Traceback" not in run.output()


def test_the_data_is_there_at_the_next_start_and_ctrl_c_under_make_reaches_all_and_leaves_nothing(instance):
    embedded = EmbeddedPostgres(instance / "postgres")
    embedded.start()
    url = embedded.owner_url.replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE public.bewaard_door_test AS SELECT 42 AS getal")
    embedded.stop()
    with started(instance, command=["make", "run"]) as run:
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT getal FROM public.bewaard_door_test").fetchone() == (42,)
            connection.execute("DROP TABLE public.bewaard_door_test")
        os.killpg(run.process.pid, signal.SIGINT)
        run.wait_until_ended()
        wait_until_nothing_is_left(instance)
        assert "Stopping ..." in run.output()
        assert "Traceback" not in run.output()


def test_kill_9_of_the_supervisor_leaves_nothing(instance):
    with started(instance) as run:
        assert len(run.children()) == 3
        run.process.kill()
        run.process.wait()
        wait_until_nothing_is_left(instance)


@pytest.mark.parametrize("name", ["web", "worker", "inbox"])
def test_one_dead_part_stops_the_rest_and_is_named(instance, name):
    with started(instance) as run:
        run.children()[name].kill()
        assert run.wait_until_ended() == 1
        assert run.output().splitlines()[-1].startswith(f"Error: The {name}")
        assert belonging_to(instance) == []


def test_a_taken_port_is_one_sentence(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        ended = refused(tmp_path / "instance", PORT=port)
    assert ended.returncode != 0
    assert ended.stderr.startswith(f"Error: Port {port} on 127.0.0.1 cannot be used")
    assert ended.stderr.count("\n") == 1
    assert not (tmp_path / "instance" / "postgres").exists()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://portal:geheim-wachtwoord@127.0.0.1:1/portal",
        "postgresql://portal:geheim-wachtwoord@/portal?host=/nowhere",
    ],
)
def test_a_database_that_does_not_answer_is_one_sentence_without_the_password(tmp_path, url):
    ended = refused(tmp_path / "instance", DATABASE_URL=url)
    assert ended.returncode != 0
    assert ended.stderr.startswith("Error: The database of DATABASE_URL cannot be used: ")
    assert ended.stderr.count("\n") == 1
    assert "geheim-wachtwoord" not in ended.stderr


def test_a_wrong_setting_is_told_without_a_traceback(tmp_path):
    ended = refused(tmp_path / "instance", DATABASE_URL="nonsense")
    assert ended.returncode == 2
    assert "- DATABASE_URL must be an address like" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("command", ["run", "seed", "demo-code eva@utrecht.example"])
def test_production_knows_no_development_command(tmp_path, command):
    environ = environ_for(tmp_path / "instance", DATABASE_URL="postgresql://portal@db.example/portal")
    del environ["PORTAL_ENV"]
    ended = subprocess.run(
        [sys.executable, "-m", "portal", *command.split()],
        cwd=ROOT, env=environ, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert ended.returncode != 0
    assert "for development only" in ended.stderr
