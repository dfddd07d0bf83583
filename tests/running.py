"""The whole portal as `make run` starts it, in processes of its own: for tests that stop it, kill it, or browse it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

from config.settings import ROOT

START_SECONDS = 180  # the first start makes the database and seeds it, on a busy machine
STOP_SECONDS = 30  # of wall clock, on a busy machine
PORTAL_RUN = [sys.executable, "-m", "portal", "run"]
KEPT_OUT = ("DATABASE_URL", "DATABASE_OWNER_URL", "MAIL_SERVER", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")


class Run:
    """One running portal, and what it wrote."""

    def __init__(self, instance: Path, command: list[str], environ: dict[str, str]) -> None:
        self.instance = instance
        self.port = int(environ["PORT"])
        self._out = instance.with_name(f"out-{self.port}.txt").open("w+")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=self._out, stderr=self._out, start_new_session=True
        )

    def output(self) -> str:
        self._out.flush()
        return Path(self._out.name).read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while "Stop with Ctrl-C" not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.1)

    def wait_until_ended(self) -> int:
        return self.process.wait(STOP_SECONDS)

    def children(self) -> dict[str, psutil.Process]:
        named = {"web": "gunicorn", "worker": "worker", "inbox": "inbox"}
        found = psutil.Process(self.process.pid).children()
        return {name: process for process in found for name, word in named.items() if word in process.cmdline()}

    def close(self) -> None:
        for process in belonging_to(self.instance):
            process.kill()
        self.process.wait()
        self._out.close()


def belonging_to(instance: Path) -> list[psutil.Process]:
    """Every process that was started for this instance folder, whoever its parent is now."""
    found = []
    for process in psutil.process_iter():
        try:
            mine = process.environ().get("PORTAL_INSTANCE") == str(instance)
            if (mine or str(instance) in " ".join(process.cmdline())) and process.pid != os.getpid():
                found.append(process)
        except psutil.Error:
            continue
    return [process for process in found if process.is_running() and process.status() != "zombie"]


def wait_until_nothing_is_left(instance: Path) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while left := belonging_to(instance):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def environ_for(instance: Path, **changes: str) -> dict[str, str]:
    own = {"PORTAL_INSTANCE": str(instance), "PORTAL_ENV": "development", "PORT": str(free_port())}
    return {name: value for name, value in os.environ.items() if name not in KEPT_OUT} | own | changes


@contextmanager
def started(instance: Path, command: list[str] = PORTAL_RUN, **changes: str) -> Iterator[Run]:
    run = Run(instance, command, environ_for(instance, **changes))
    try:
        run.wait_until_ready()
        yield run
    finally:
        run.close()
