"""Kennisgevingen a second through the whole path, beside bare smtplib that sends the same bytes.

    .venv/bin/python bench/kennisgevingen.py [Kennisgevingen a round]

Cases of 14 schuldeisers are approved; then 1, 2 and 4 real `portal worker` processes make each letter and its JSON,
sign the mail (or not), hand it over to a mail server on this machine and record that. The mail server keeps when each
came: what is measured runs from the first to the last. Worker, database and mail server share the processors.
"""

import asyncio
import multiprocessing
import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import func, select
from wereld import Wereld, environ, server

from config.settings import ROOT, Settings
from portal.db.engine import Database
from portal.domain.roles import Actor
from portal.domain.status import Verzendstatus
from portal.models import Kennisgeving
from portal.process import start

A_ROUND = 280
CREDITORS = 14
WORKERS = (1, 2, 4)
PATIENCE_SECONDS = 300


@dataclass(frozen=True)
class Arrival:
    """One mail at the mail server: when it was taken (monotonic seconds), from and to whom, and its bytes."""

    at: float
    sender: str
    recipient: str
    content: bytes


def main(words: list[str]) -> None:
    with server() as started:
        run(started.owner_url, started.app_url, int(words[0]) if words else A_ROUND)


def run(
    owner_url: str,
    app_url: str,
    messages: int,
    workers: tuple[int, ...] = WORKERS,
    signing: tuple[bool, ...] = (False, True),
) -> None:
    """Measure each number of workers, with and without a signature, and print."""
    with tempfile.TemporaryDirectory() as folder, mail_server() as post:
        values = environ(app_url, MAIL_SERVER="127.0.0.1", MAIL_PORT=str(post.port), MAIL_REQUIRE_TLS="no")
        database = start(Settings.from_environ(values))
        wereld = Wereld.begin(database, owner_url)
        print(f"{'workers':>8} {'DKIM':>5} {'issued/s':>9} {'sent/s':>8} {'smtplib/s':>10} {'ratio':>6}")
        for signed in signing:
            more = dkim(Path(folder)) if signed else {}
            for number in workers:
                issued = issue(wereld, messages)
                came = send(database, post, values | more, number, messages)
                sent, bare = rate([each.at for each in came]), bare_rate(post, came)
                yes = "yes" if signed else "no"
                print(f"{number:>8} {yes:>5} {issued:>9.1f} {sent:>8.1f} {bare:>10.1f} {sent / bare:>6.2f}")
        database.dispose()


def issue(wereld: Wereld, messages: int) -> float:
    """Approve cases with so many Kennisgevingen together; returns how many a second."""
    sizes = [CREDITORS] * (messages // CREDITORS) + [messages % CREDITORS or CREDITORS] * bool(messages % CREDITORS)
    cases = [wereld.ready(size) for size in sizes]
    begin = time.perf_counter()
    for id in cases:
        wereld.approve(id)
    return messages / (time.perf_counter() - begin)


def send(database: Database, post: "Post", values: dict[str, str], number: int, messages: int) -> list[Arrival]:
    """Let so many workers send all that waits; returns what arrived."""
    command = [sys.executable, "-m", "portal", "worker"]
    plain = {name: value for name, value in os.environ.items() if name.upper() not in values}
    workers = [subprocess.Popen(command, cwd=ROOT, env=plain | values) for _ in range(number)]
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while waiting(database):
            if time.monotonic() > until:
                raise SystemExit("the workers did not finish")
            time.sleep(0.2)
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait()
    came = post.take()
    if len(came) != messages:
        raise SystemExit(f"{len(came)} of {messages} arrived")
    return came


def waiting(database: Database) -> int:
    with database.session(Actor.systeem()) as session:
        ready = select(func.count()).select_from(Kennisgeving).where(Kennisgeving.status == Verzendstatus.KLAAR)
        return session.scalar(ready) or 0


def bare_rate(post: "Post", came: list[Arrival]) -> float:
    """The same bytes over one kept connection, with nothing else."""
    with smtplib.SMTP("127.0.0.1", post.port) as connection:
        for each in came:
            connection.sendmail(each.sender, [each.recipient], each.content)
    return rate([each.at for each in post.take()])


def rate(times: list[float]) -> float:
    return (len(times) - 1) / (max(times) - min(times))


def dkim(folder: Path) -> dict[str, str]:
    """Settings with a signing key of this run."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = folder / "dkim.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    file.chmod(0o600)
    return {"MAIL_DKIM_DOMAIN": "pauzeknop.example", "MAIL_DKIM_SELECTOR": "bench", "MAIL_DKIM_KEY_FILE": str(file)}


# --- the mail server ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Post:
    """The mail server, in a process of its own so that it waits for nobody."""

    port: int
    pipe: Connection

    def take(self) -> list[Arrival]:
        """What came since the last time."""
        self.pipe.send("take")
        came: list[Arrival] = self.pipe.recv()
        return came


@contextmanager
def mail_server() -> Iterator[Post]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_listen, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Post(ours.recv(), ours)
    finally:
        ours.send("stop")
        process.join()


class _Keeper:
    def __init__(self) -> None:
        self.came: list[Arrival] = []

    async def handle_DATA(self, smtp: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as aiosmtpd calls it
        self.came.append(Arrival(time.monotonic(), envelope.mail_from, envelope.rcpt_tos[0], envelope.content))
        return "250 2.0.0 Ok"

    def take(self) -> list[Arrival]:
        came, self.came = self.came, []
        return came


def _listen(pipe: Connection) -> None:
    asyncio.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    """Take mail, and orders from the pipe, until told to stop."""
    keeper, loop = _Keeper(), asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(keeper, hostname="mail.example", loop=loop), "127.0.0.1", 0)
    pipe.send(listening.sockets[0].getsockname()[1])
    while await loop.run_in_executor(None, pipe.recv) == "take":
        pipe.send(keeper.take())
    listening.close()


if __name__ == "__main__":
    main(sys.argv[1:])
