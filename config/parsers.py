"""From the text of an environment variable to a value. Each parser raises ValueError whose message ends the
sentence "NAME ..."."""

import base64
import binascii
import re
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

KEY_NUMBER_MAX = 255  # the number is the first byte of every encrypted value
RSA_MIN_BITS = 2048  # receivers distrust shorter ones (RFC 8301)
STAFF_ROLES = ("hulpverlener", "teamleider", "beheerder", "auditor")
KEY_BYTES = 32  # AES-256 and HMAC-SHA-256 both take 32 bytes
_POSTGRES_SCHEMES = {"postgresql", "postgres", "postgresql+psycopg"}
_DOMAIN = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)
_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")


class EncryptionKey(NamedTuple):
    number: int
    key: bytes


def text(raw: str) -> str:
    return raw


def folder(raw: str) -> Path:
    return Path(raw).expanduser().resolve()


def boolean(raw: str) -> bool:
    answers = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if raw.lower() not in answers:
        raise ValueError("must be yes or no")
    return answers[raw.lower()]


def whole_number(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit()):
        raise ValueError("must be a whole number, 0 or more")
    return int(raw)


def positive(raw: str) -> int:
    if whole_number(raw) == 0:
        raise ValueError("must be 1 or more")
    return int(raw)


def port(raw: str) -> int:
    if not 1 <= whole_number(raw) <= 65535:
        raise ValueError("must be a port number from 1 to 65535")
    return int(raw)


def beschikking_weken(raw: str) -> int:
    from portal.domain.termijn import BESCHIKKING_WEKEN  # here: portal itself imports the settings

    if positive(raw) > BESCHIKKING_WEKEN:
        raise ValueError(f"must be {BESCHIKKING_WEKEN} or less")
    return int(raw)


def seconds_list(raw: str) -> tuple[int, ...]:
    return tuple(positive(part.strip()) for part in raw.split(","))


def time_of_day(raw: str) -> time:
    try:
        return datetime.strptime(raw, "%H:%M").time()  # noqa: DTZ007 - no day, so no zone
    except ValueError:
        raise ValueError("must be a time such as 07:00") from None


def role_map(raw: str) -> tuple[tuple[str, str], ...]:
    """`GROUP=role,...`. The same group may stand for more roles."""
    pairs = tuple((group.strip(), role.strip()) for group, _, role in (part.rpartition("=") for part in raw.split(",")))
    if not all(group and role in STAFF_ROLES for group, role in pairs):
        raise ValueError(f"must be GROUP=ROLE, divided by commas; the roles are {', '.join(STAFF_ROLES)}")
    return pairs


def days_list(raw: str) -> tuple[int, ...]:
    days = tuple(positive(part.strip()) for part in raw.split(","))
    if len(set(days)) < len(days):
        raise ValueError("must not name a number of days twice")
    return days


def _base64(raw: str) -> bytes:
    try:
        return base64.b64decode(raw, validate=True)
    except binascii.Error:
        raise ValueError("must be base64") from None


def key(raw: str) -> bytes:
    decoded = _base64(raw)
    if len(decoded) != KEY_BYTES:
        raise ValueError(f"must be base64 of exactly {KEY_BYTES} bytes")
    return decoded


def key_ring(raw: str) -> tuple[EncryptionKey, ...]:
    """`2:<base64>,1:<base64>`: the first one encrypts, all of them decrypt."""
    ring = []
    for part in raw.split(","):
        number, colon, encoded = part.strip().partition(":")
        if not colon:
            raise ValueError("must be a list like 2:<base64>,1:<base64>")
        if positive(number) > KEY_NUMBER_MAX:
            raise ValueError(f"must number its keys from 1 to {KEY_NUMBER_MAX}")
        ring.append(EncryptionKey(int(number), key(encoded)))
    if len({entry.number for entry in ring}) != len(ring):
        raise ValueError("uses the same key number twice")
    return tuple(ring)


def database_url(raw: str) -> str:
    """SQLAlchemy's form of the address, with psycopg 3 as the driver."""
    try:
        parts = urlsplit(raw)
        _ = parts.port  # a port that is no number raises here
    except ValueError:
        raise ValueError("is not a readable address") from None
    if parts.scheme not in _POSTGRES_SCHEMES or not parts.path.strip("/"):
        raise ValueError("must be an address like postgresql://user:password@host:5432/database")
    return "postgresql+psycopg" + raw[len(parts.scheme) :]


def base_url(raw: str) -> str:
    try:
        parts = urlsplit(raw)
        _ = parts.port
    except ValueError:
        raise ValueError("is not a readable address") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address like https://pauzeknop.example")
    if parts.path.strip("/"):
        raise ValueError("must have no path: the portal has a host name of its own")
    return raw.rstrip("/")


def issuer_url(raw: str) -> str:
    if urlsplit(raw).scheme not in {"http", "https"}:
        raise ValueError("must be an http or https address")
    return raw


def https_url(raw: str) -> str:
    """An address of another site. Signs that could end a header or an attribute are refused."""
    parts = urlsplit(raw)
    if parts.scheme != "https" or not parts.hostname or not raw.isascii() or not re.fullmatch(r"[^\s\"'<>\\]+", raw):
        raise ValueError("must be an https address")
    return raw


def domain(raw: str) -> str:
    if not _DOMAIN.fullmatch(raw):
        raise ValueError("must be a domain name")
    return raw.lower()


def mail_address(raw: str) -> str:
    local, at, host = raw.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(host):
        raise ValueError("must be one plain mail address")
    return raw


def signing_key(raw: str) -> Path:
    """A PEM file with a key that mail can be signed with."""
    path = Path(raw)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError:
        raise ValueError("must be a file that the portal can read") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("must hold a private key in PEM, without a password") from None
    strong = isinstance(key, RSAPrivateKey) and key.key_size >= RSA_MIN_BITS
    if not strong and not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"must hold an RSA key of at least {RSA_MIN_BITS} bits or an Ed25519 key")
    return path
