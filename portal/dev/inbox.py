"""The development inbox: a real SMTP server on loopback that fills a Maildir, and a reader of that.

The page /postvak shows it; tests use the same class against the real delivery code.
"""

import asyncio
import email
import email.policy
import itertools
import os
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal import clock

ENVELOPE_FROM = "X-Envelope-From"
ENVELOPE_TO = "X-Envelope-To"
LIST_LIMIT = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY = re.compile(r"[0-9]{17}\.[0-9]{6}\.[0-9]{1,10}")  # microseconds since 1970, number in the process, process
_numbers = itertools.count()

Answer = Callable[[str], str | None]


@dataclass(frozen=True)
class Bijlage:
    """A file that came with a message."""

    name: str
    mimetype: str
    content: bytes

    @property
    def size(self) -> str:
        """'12 kB', rounded up."""
        return f"{-(-len(self.content) // 1000)} kB"


@dataclass(frozen=True)
class ReceivedMail:
    """One message as the mail server took it."""

    key: str
    message: EmailMessage

    @property
    def received_at(self) -> datetime:
        return _EPOCH + timedelta(microseconds=int(self.key.split(".")[0]))

    @property
    def envelope_from(self) -> str:
        return str(self.message[ENVELOPE_FROM] or "")

    @property
    def envelope_to(self) -> list[str]:
        return [str(value) for value in self.message.get_all(ENVELOPE_TO, [])]

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def bijlagen(self) -> list[Bijlage]:
        """In the order of the message."""
        parts = enumerate(self.message.iter_attachments(), start=1)
        return [
            Bijlage(part.get_filename() or f"bijlage-{number}", part.get_content_type(), _content(part))
            for number, part in parts
        ]

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


def _content(part: Message) -> bytes:
    """Of a file as it was sent, and of a message within a message all of it."""
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else part.as_bytes()


def newest(folder: Path, limit: int = LIST_LIMIT) -> list[ReceivedMail]:
    """The last messages received, newest first, at most `limit`."""
    keys = sorted((name for name in _names(folder) if _KEY.fullmatch(name)), reverse=True)
    found = (read(folder, key) for key in keys[:limit])
    return [mail for mail in found if mail]


def read(folder: Path, key: str) -> ReceivedMail | None:
    """One message, None when there is no such message."""
    if not _KEY.fullmatch(key):
        return None
    try:
        content = (folder / "new" / key).read_bytes()
    except FileNotFoundError:
        return None
    message = email.message_from_bytes(content, policy=email.policy.default)
    return ReceivedMail(key, message)


def store(folder: Path, content: bytes, envelope_from: str, envelope_to: list[str]) -> str:
    """Adds one message, whole or not at all, and returns its key."""
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    headers = [(ENVELOPE_FROM, envelope_from), *((ENVELOPE_TO, to) for to in envelope_to)]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers).encode()
    microseconds = (clock.now() - _EPOCH) // timedelta(microseconds=1)
    key = f"{microseconds:017d}.{next(_numbers) % 1_000_000:06d}.{os.getpid()}"
    (folder / "tmp" / key).write_bytes(head + content)
    (folder / "tmp" / key).rename(folder / "new" / key)
    return key


class Inbox:
    """The server. `with Inbox(folder) as inbox:` listens on a free port, `inbox.port`.

    `answer` decides per recipient what the server says instead of "250 OK", for instance "451 4.3.0 Later" or
    "550 5.1.1 Unknown"; None accepts. `delay_seconds` is the wait before a message is accepted.
    """

    def __init__(
        self,
        folder: Path,
        *,
        listening: socket.socket | None = None,
        answer: Answer = lambda recipient: None,
        delay_seconds: float = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.folder, self.answer, self.delay_seconds = folder, answer, delay_seconds
        self._socket = listening or listen()
        self.port: int = self._socket.getsockname()[1]
        self._controller = _Controller(self, self._socket, tls)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def messages(self, limit: int = LIST_LIMIT) -> list[ReceivedMail]:
        return newest(self.folder, limit)

    # The two names below are aiosmtpd's.

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self.answer(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.delay_seconds)
        content = envelope.original_content or b""
        store(self.folder, content, envelope.mail_from or "", envelope.rcpt_tos)
        return "250 2.0.0 Accepted"


class _Controller(Controller):
    """On a socket that is bound already: the caller knows the port before the server runs."""

    def __init__(self, inbox: Inbox, listening: socket.socket, tls: ssl.SSLContext | None) -> None:
        self._listening = listening
        host, port = listening.getsockname()[:2]
        super().__init__(inbox, hostname=host, port=port, tls_context=tls)

    def _create_server(self) -> "asyncio.Future[asyncio.AbstractServer]":
        return asyncio.ensure_future(
            self.loop.create_server(self._factory_invoker, sock=self._listening), loop=self.loop
        )


def listen(port: int = 0) -> socket.socket:
    """A listening socket on loopback, on a free port unless one is named."""
    return socket.create_server(("127.0.0.1", port))


def _names(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder / "new") as entries:
            yield from (entry.name for entry in entries)
    except FileNotFoundError:
        return
