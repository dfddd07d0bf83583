"""The checks of `portal doctor mail` that speak with a mail server."""

import contextlib
import hashlib
import smtplib
import ssl
from collections.abc import Iterator
from datetime import UTC

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from config.settings import Settings
from portal.clock import now
from portal.delivery.doctor.finding import Finding, right, wrong
from portal.delivery.smtp import ListeningSMTP, TlsNotOffered

SECONDS = 5
"""Longest wait for one answer of a mail server."""

SOON_DAYS = 14
"""A certificate that ends within so many days is reported. Assumption."""


def hand_over(settings: Settings) -> Iterator[Finding]:
    """Whether MAIL_SERVER takes our mail over a connection that is checked."""
    place = f"{settings.mail_server}, port {settings.mail_port}"
    try:
        server = ListeningSMTP(settings.mail_server, settings.mail_port, timeout=SECONDS)
    except (OSError, smtplib.SMTPException) as error:
        yield wrong("STARTTLS", f"{place} does not answer ({type(error).__name__}). Look at MAIL_SERVER and MAIL_PORT.")
        return
    with contextlib.closing(server):
        yield _encrypted(settings, server, place)


def _encrypted(settings: Settings, server: ListeningSMTP, place: str) -> Finding:
    try:
        server.encrypt(required=True)
    except TlsNotOffered:
        return wrong("STARTTLS", f"{place} offers no STARTTLS. Switch it on there; a Kennisgeving holds personal data.")
    except ssl.SSLCertVerificationError as error:
        return wrong("STARTTLS", f"The certificate of {place} is not right: {error.verify_message}.")
    except (OSError, smtplib.SMTPException) as error:
        return wrong("STARTTLS", f"{place} broke off STARTTLS ({type(error).__name__}).")
    days = (_certificate(server).not_valid_after_utc.astimezone(UTC) - now()).days
    if days < SOON_DAYS:
        return wrong("STARTTLS", f"The certificate of {place} ends in {days} days. Renew it.")
    return _signed_in(settings, server, place)


def _signed_in(settings: Settings, server: ListeningSMTP, place: str) -> Finding:
    if settings.mail_username:
        try:
            server.login(settings.mail_username, settings.mail_password)
        except (OSError, smtplib.SMTPException):
            return wrong("Sign-in", f"{place} does not take MAIL_USERNAME and MAIL_PASSWORD.")
    return right("STARTTLS", f"{place} encrypts, with a certificate that is right.")


def key_digest(address: str, port: int) -> bytes | None:
    """SHA-256 of the public key that a mail server shows, as in a TLSA record; None when it could not be seen.

    The certificate is not checked: DANE is what checks it.
    """
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    try:
        with contextlib.closing(ListeningSMTP(address, port, timeout=SECONDS)) as server:
            server.ehlo_or_helo_if_needed()
            server.starttls(context=unchecked)
            key = _certificate(server).public_key()
    except (OSError, smtplib.SMTPException):
        return None
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()


def _certificate(server: ListeningSMTP) -> x509.Certificate:
    if not isinstance(server.sock, ssl.SSLSocket):
        raise smtplib.SMTPException("not encrypted")
    return x509.load_der_x509_certificate(server.sock.getpeercert(binary_form=True) or b"")
