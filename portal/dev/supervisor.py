"""`portal run`: the whole portal on one machine, for development. Starts everything, stops everything."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import FrameType

from config.settings import ROOT, Settings
from portal.db.embedded import EmbeddedPostgres
from portal.db.migrate import migrate
from portal.db.reachable import database_errors, require_reachable
from portal.dev import inbox
from portal.dev.seed import DEMO_ACCOUNTS, seed
from portal.lifeline import PARENT_VARIABLE
from portal.problem import ProblemError

STOP_SECONDS = 6  # a worker may finish the message in hand; after this it is killed
READY_SECONDS = 180  # a process that fails is seen at once; this is for a machine that is very busy
POLL_SECONDS = 0.2
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotRunError(ProblemError):
    """One sentence that says why the portal does not run."""


class StopRequested(BaseException):
    """Ctrl-C, SIGTERM, or the terminal went away."""


@dataclass
class Child:
    name: str
    process: "subprocess.Popen[bytes]"


class Supervisor:
    """Everything that runs, in the order in which it was started."""

    def __init__(self, settings: Settings, environ: Mapping[str, str]) -> None:
        self.settings = settings
        self.environ = dict(environ)
        self.children: list[Child] = []
        self.postgres: EmbeddedPostgres | None = None
        self._stopping = False

    def run(self) -> None:
        """Returns after a stop that was asked for. Raises a ProblemError."""
        before = {signum: signal.signal(signum, self._on_signal) for signum in _SIGNALS}
        try:
            require_free_port(self.settings.host, self.settings.port)
            self._start_database()
            self._start_children()
            self._wait_until_ready()
            _say(_welcome(self.settings))
            self._watch()
        except StopRequested:
            _say("\nStopping ...")
        finally:
            self._stop()
            for signum, handler in before.items():
                signal.signal(signum, handler)

    def _start_database(self) -> None:
        if not self.settings.database_url:
            _say("Starting PostgreSQL ...")
            self.postgres = EmbeddedPostgres(self.settings.portal_instance / "postgres")
            self.postgres.start()
            self.settings = replace(
                self.settings, database_url=self.postgres.app_url, database_owner_url=self.postgres.owner_url
            )
        else:
            require_reachable(self.settings.database_url)
        with database_errors():
            migrate(self.settings.database_owner_url, self.settings.database_url)
            _say("Making sure that the demonstration world is there ...")
            seed(self.settings)

    def _start_children(self) -> None:
        given_mail_server = self.environ.get("MAIL_SERVER")
        environ = {
            "DATABASE_URL": self.settings.database_url,
            "DATABASE_OWNER_URL": self.settings.database_owner_url,
            "PORTAL_ENV": "development",
            "PORTAL_INSTANCE": str(self.settings.portal_instance),
            PARENT_VARIABLE: str(os.getpid()),
        }
        if not given_mail_server:
            with inbox.listen() as listening:
                environ |= {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(listening.getsockname()[1])}
                self._start("inbox", ["inbox", str(listening.fileno())], environ, listening.fileno())
        self._start("worker", ["worker"], environ)
        self._start("web server", ["web"], environ)

    def _start(self, name: str, command: list[str], environ: Mapping[str, str], *pass_fds: int) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal", *command],
            cwd=ROOT,
            env=self.environ | dict(environ),
            stdin=subprocess.DEVNULL,
            pass_fds=pass_fds,
            process_group=0,  # Ctrl-C reaches only the supervisor, which stops the rest in order
        )
        self.children.append(Child(name, process))

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            self._check_children()
            if _answers(self.settings.base_url + "/gezondheid"):
                return
            time.sleep(POLL_SECONDS)
        raise CannotRunError(
            f"The web server did not answer within {READY_SECONDS} seconds. Start again; what is there is kept."
        )

    def _watch(self) -> None:
        while True:
            self._check_children()
            time.sleep(POLL_SECONDS)

    def _check_children(self) -> None:
        for child in self.children:
            code = child.process.poll()
            if code is not None:
                raise CannotRunError(f"The {child.name} stopped by itself ({_ending(code)}); everything is stopped.")
        if self.postgres and self.postgres.process and self.postgres.process.poll() is not None:
            raise CannotRunError(f"PostgreSQL stopped by itself, see {self.postgres.log}; everything is stopped.")

    def _on_signal(self, signum: int, frame: FrameType | None) -> None:
        if not self._stopping:
            self._stopping = True
            raise StopRequested
        for child in self.children:  # asked twice: no more patience
            _signal_group(child, signal.SIGKILL)

    def _stop(self) -> None:
        """Newest first: web and worker together, then the inbox they write to, then the database."""
        self._stopping = True
        inboxes = [child for child in self.children if child.name == "inbox"]
        _end([child for child in reversed(self.children) if child not in inboxes])
        _end(inboxes)
        if self.postgres:
            self.postgres.stop()


def require_free_port(host: str, port: int) -> None:
    """Raises CannotRunError. The address may be in TIME_WAIT, as after a stop a moment ago."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], found[1]) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind(found[4])
            attempt.listen(1)
    except OSError as error:
        raise CannotRunError(
            f"Port {port} on {host} cannot be used ({error.strerror}); choose another: PORT=8001 make run"
        ) from error


def _end(children: list[Child]) -> None:
    for child in children:
        with suppress(ProcessLookupError):
            child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
        _signal_group(child, signal.SIGKILL)
        child.process.wait()


def _signal_group(child: Child, signum: signal.Signals) -> None:
    """The child leads a group of its own: this reaches what it started, too."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signum)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310  our own address
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def _welcome(settings: Settings) -> str:
    width = max(len(email) for email, _, _ in DEMO_ACCOUNTS)
    accounts = [f"  {email:<{width}}  {password}  ({role})" for email, password, role in DEMO_ACCOUNTS]
    return "\n".join(
        [
            "",
            f"The portal runs at       {settings.base_url}/",
            f"Staff sign in at         {settings.base_url}/medewerker/inloggen",
            f"The inbox can be read at {settings.base_url}/postvak",
            "",
            "Demonstration sign-ins: address, password (role)",
            *accounts,
            "The code for a sign-in:  .venv/bin/portal demo-code ADDRESS",
            "",
            "Stop with Ctrl-C.",
        ]
    )


def _say(text: str) -> None:
    with suppress(OSError):  # the terminal may be gone; the stop goes on
        print(text, flush=True)
