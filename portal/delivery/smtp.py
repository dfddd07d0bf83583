"""The way to the mail server: Flask-Mail with a time limit, a checked certificate, and an ear for the answer.

A kept connection per thread; whatever goes wrong on it, the next message gets a new one.
"""

import contextlib
import functools
import hashlib
import re
import smtplib
import socket
import ssl
import threading
import time
from dataclasses import dataclass, replace

import flask_mail
from flask import Flask

from config.settings import Settings
from portal.actions.verzending import Uitslag
from portal.actions.zending import Zending
from portal.delivery.dkim import Signer
from portal.delivery.message import AddressNotUsable, FrozenMessage, envelope_sender
from portal.domain.status import Pogingresultaat

MESSAGES_PER_CONNECTION = 100
"""After so many a new connection is made: mail servers limit this. Assumption."""

IDLE_SECONDS = 20
"""A connection unused for longer is not trusted any more. Assumption: servers hang up after a minute or more."""

_OUR_CODES = frozenset({500, 501, 502, 503, 504, 523, 530, 534, 535, 538})
"""Permanent replies about how we speak or sign in (RFC 5321, RFC 4954), not about the recipient."""

_OUR_STATUS = re.compile(r"5\.(?:5\.\d|7\.\d|1\.[78])")
"""Enhanced codes (RFC 3463) about protocol, policy and our own sender address: mended here, so worth waiting for."""

_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")


class TlsNotOffered(Exception):
    """MAIL_REQUIRE_TLS is set and the mail server does not offer STARTTLS."""


class ListeningSMTP(smtplib.SMTP):
    """Remembers the answer to the message itself, which smtplib throws away."""

    accepted: tuple[int, bytes] = (0, b"")

    def data(self, msg: object) -> tuple[int, bytes]:
        self.accepted = super().data(msg)  # type: ignore[arg-type]
        return self.accepted

    def encrypt(self, *, required: bool) -> None:
        """STARTTLS with a checked certificate, whenever it is offered. Raises TlsNotOffered."""
        self.ehlo_or_helo_if_needed()
        if self.has_extn("starttls"):
            self.starttls(context=ssl.create_default_context())
            self.ehlo()
        elif required:
            raise TlsNotOffered

    @property
    def is_encrypted(self) -> bool:
        return isinstance(self.sock, ssl.SSLSocket)


class Connection(flask_mail.Connection):
    """Flask-Mail's connection, opened as the settings ask."""

    host: ListeningSMTP | None

    def __init__(self, mail: flask_mail.Mail, settings: Settings) -> None:
        super().__init__(mail)
        self.settings = settings
        self.used_at = 0.0

    def configure_host(self) -> ListeningSMTP:
        """Raises OSError (also for a certificate that is not right), smtplib.SMTPException, TlsNotOffered."""
        settings = self.settings
        host = ListeningSMTP(
            settings.mail_server, settings.mail_port, _own_name(), timeout=settings.mail_timeout_seconds
        )
        try:
            host.encrypt(required=settings.mail_require_tls)
            if settings.mail_username:
                host.login(settings.mail_username, settings.mail_password)
        except BaseException:
            host.close()
            raise
        return host

    def is_fresh(self) -> bool:
        """Whether the kept connection may carry one more message. Asks the server."""
        if self.host is None or self.num_emails >= MESSAGES_PER_CONNECTION:
            return False
        if time.monotonic() - self.used_at > IDLE_SECONDS:
            return False
        try:
            return self.host.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def close(self) -> None:
        """Say goodbye if anybody listens."""
        host, self.host = self.host, None
        if host is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                host.quit()
            host.close()


@dataclass
class _Kept(threading.local):
    connection: Connection | None = None


class Mailer:
    """Hands frozen messages over, one recipient each. May be used by many threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.signer = Signer.from_settings(settings)
        self.app = Flask("portal.delivery")
        self.app.config.update(MAIL_DEFAULT_SENDER=settings.mail_from, MAIL_SUPPRESS_SEND=False)
        self.mail = flask_mail.Mail(self.app)
        self._kept = _Kept()
        self._all: list[Connection] = []
        self._lock = threading.Lock()

    def deliver(self, zending: Zending) -> Uitslag:
        """One attempt. What a mail server can do wrong comes back as an Uitslag, not as an exception."""
        try:
            with self.app.app_context():
                message = FrozenMessage(zending, self.settings.mail_from, self.signer)
                uitslag = self._send(message, envelope_sender(zending, self.settings.mail_envelope_domain))
                return replace(uitslag, sha256=hashlib.sha256(message.plain).hexdigest())
        except AddressNotUsable:
            return _uitslag(Pogingresultaat.GEWEIGERD, None, "Dit is geen bruikbaar e-mailadres.", tls=False)

    def close(self) -> None:
        """Close every kept connection. Only when no message is under way."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()

    def _send(self, message: FrozenMessage, sender: str) -> Uitslag:
        try:
            connection = self._connection()
        except (OSError, smtplib.SMTPException, TlsNotOffered) as error:
            return _trouble(error, message.zending.aan)
        host = connection.host
        tls = bool(host and host.is_encrypted)
        try:
            connection.send(message, envelope_from=sender)
        except smtplib.SMTPRecipientsRefused as error:
            [(code, reply)] = error.recipients.values()
            connection.used_at = time.monotonic()
            return _replied(code, reply, message.zending.aan, tls=tls)
        except smtplib.SMTPDataError as error:
            self._drop(connection)
            return _replied(error.smtp_code, error.smtp_error, message.zending.aan, tls=tls)
        except (OSError, smtplib.SMTPException) as error:
            self._drop(connection)
            return _trouble(error, message.zending.aan, tls=tls)
        connection.used_at = time.monotonic()
        code, reply = host.accepted if host else (250, b"")
        return _uitslag(Pogingresultaat.AANGEBODEN, code, _words(reply, message.zending.aan), tls=tls)

    def _connection(self) -> Connection:
        kept = self._kept.connection
        if kept is not None and kept.is_fresh():
            return kept
        if kept is not None:
            self._drop(kept)
        connection = Connection(self.app.extensions["mail"], self.settings)
        connection.__enter__()  # Flask-Mail opens on entering; it stays open for the next message
        with self._lock:
            self._all.append(connection)
        self._kept.connection = connection
        return connection

    def _drop(self, connection: Connection) -> None:
        self._kept.connection = None
        with self._lock:
            if connection in self._all:
                self._all.remove(connection)
        connection.close()


def _replied(code: int, reply: bytes | str, aan: str, *, tls: bool) -> Uitslag:
    """A refusal of this recipient or this message. Only a 5xx about them, not about us, is the end."""
    words = _words(reply, aan)
    final = 500 <= code < 600 and code not in _OUR_CODES and not _OUR_STATUS.match(words)
    return _uitslag(Pogingresultaat.GEWEIGERD if final else Pogingresultaat.TIJDELIJK, code, words, tls=tls)


def _trouble(error: Exception, aan: str, *, tls: bool = False) -> Uitslag:
    """Trouble before the recipient was even looked at: connection, certificate, sign-in, sender. Never the recipient's
    fault, so always temporary: a wrong password must not mark letters as undeliverable."""
    code, words = None, f"{type(error).__name__}: {error}"
    if isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, _words(error.smtp_error, aan)
    elif isinstance(error, TlsNotOffered):
        words = "De mailserver biedt geen beveiligde verbinding (STARTTLS) aan."
    elif isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        words = "De mailserver antwoordde niet op tijd."
    return _uitslag(Pogingresultaat.TIJDELIJK, code, _words(words, aan), tls=tls)


def _uitslag(resultaat: Pogingresultaat, code: int | None, antwoord: str, *, tls: bool) -> Uitslag:
    return Uitslag(resultaat=resultaat, code=code, antwoord=antwoord, tls=tls)


def _words(reply: bytes | str, aan: str) -> str:
    """What the server said, without mail addresses: an attempt is kept unencrypted."""
    said = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    local = aan.partition("@")[0]
    without = _ADDRESS.sub("[adres]", said)
    return re.sub(re.escape(local), "[adres]", without, flags=re.IGNORECASE) if len(local) > 1 else without


@functools.cache
def _own_name() -> str:
    """How we introduce ourselves. Looked up once: a name server may be slow."""
    return socket.getfqdn()
