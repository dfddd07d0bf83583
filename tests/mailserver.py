"""A real SMTP server with switches: what it answers, how slowly, and whether it offers STARTTLS or wants a password."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

OK = "250 2.0.0 Accepted"


@dataclass(frozen=True)
class Received:
    """One message as the server took it."""

    envelope_from: str
    envelope_to: list[str]
    content: bytes
    tls: bool

    @property
    def mail(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @cached_property
    def message_id(self) -> str:
        return str(self.mail["Message-ID"])

    def body(self, kind: str) -> str:
        part = self.mail.get_body((kind,))
        assert part is not None
        return str(part.get_content())


@dataclass
class MailServer:
    """`with MailServer() as server:` listens on `server.port`. The replies may be changed while it runs."""

    mail_reply: str = OK
    rcpt_reply: Callable[[str], str] = lambda address: OK
    data_reply: str = OK
    greeting_delay: float = 0
    data_delay: float = 0
    tls: ssl.SSLContext | None = None
    refuse_sign_in: bool = False
    hang_up_at_data: bool = False
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    signed_in: list[bool] = field(default_factory=list)
    port: int = 0
    _transports: list[Any] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        listening = self._in_loop(self._listen())
        self.port = listening.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *exc: object) -> None:
        self._in_loop(self._hang_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _in_loop(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> asyncio.Server:
        self._listening = await self._loop.create_server(self._protocol, "127.0.0.1", 0)
        return self._listening

    async def _hang_up(self) -> None:
        self._listening.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for transport in self._transports:
            transport.abort()
        await asyncio.sleep(0.01)  # a transport closes its socket in the next turn of the loop

    def _protocol(self) -> SMTP:
        return _Smtp(
            self,
            hostname="mail.example",
            tls_context=self.tls,
            authenticator=self._sign_in,
            auth_require_tls=False,
            loop=self._loop,
        )

    def _sign_in(self, *_: Any) -> AuthResult:
        self.signed_in.append(not self.refuse_sign_in)
        return AuthResult(success=not self.refuse_sign_in, handled=False)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.mail_reply.startswith("2"):
            envelope.mail_from = address
        return self.mail_reply

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        reply = self.rcpt_reply(address)
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.data_delay / 2)  # who hangs up now was not heard
        if self.data_reply.startswith("2"):
            self.received.append(
                Received(envelope.mail_from, list(envelope.rcpt_tos), envelope.content, session.ssl is not None)
            )
        await asyncio.sleep(self.data_delay / 2)  # who hangs up now was heard and does not know it
        if self.hang_up_at_data:
            server.transport.abort()
        return self.data_reply


class _Smtp(SMTP):
    def connection_made(self, transport: Any) -> None:
        self.event_handler._transports.append(transport)
        super().connection_made(transport)

    async def _handle_client(self) -> None:
        switches: MailServer = self.event_handler
        switches.connections += 1
        await asyncio.sleep(switches.greeting_delay)
        await super()._handle_client()


@dataclass(frozen=True)
class Certificates:
    """A certificate authority of our own and a server certificate that it signed."""

    authority: Path
    context: ssl.SSLContext


def certificates(folder: Path, address: str = "127.0.0.1", days: int = 60) -> Certificates:
    """Trust them with SSL_CERT_FILE=authority."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("Test CA", authority_key, "Test CA", authority_key, authority=True)
    leaf = _certificate("mail.example", key, "Test CA", authority_key, address=address, days=days)
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(authority.public_bytes(pem))
    (folder / "server.pem").write_bytes(leaf.public_bytes(pem))
    (folder / "server.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return Certificates(folder / "ca.pem", context)


def _certificate(
    name: str, key: Any, issuer: str, issuer_key: Any, *, authority: bool = False, address: str = "", days: int = 60
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(_usage(authority=authority), critical=True)
    )
    if address:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
