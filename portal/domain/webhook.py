"""A webhook: the portal calls the machine of a schuldeiser when something waits to be fetched. The call holds ids only.

Signed as Standard Webhooks describes (standardwebhooks.com), so that a receiver may use a ready-made library.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from portal.domain.errors import WebhookOngeldig

KLAAR = "kennisgeving.klaar"
"""The only kind of call: these Kennisgevingen wait to be fetched."""

MAX_IDS = 100
"""Kennisgevingen in one call: as many as one page of the API at most."""

MAX_URL = 500

HTTPS_PORT = 443

OVERLAP = timedelta(hours=24)
"""After a renewal the former secret signs along for so long, so that a receiver can change over. Assumption."""

_PREFIX = "whsec_"
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])", re.IGNORECASE)
_SIGNS = re.compile(r"[!-~]+")  # printable ASCII without the space

_UNICAST = ip_network("2000::/3")  # all of IPv6 that is given out (RFC 4291); not the old forms with an IPv4 inside

_NEVER = tuple(
    map(
        ip_network,
        (
            "64:ff9b::/96",  # NAT64: an IPv4 address inside (RFC 6052)
            "64:ff9b:1::/48",  # NAT64 of a network itself (RFC 8215)
            "2002::/16",  # 6to4: the same (RFC 3056)
            "168.63.129.16/32",  # public by its number, but it is the host of a machine at Azure
        ),
    )
)


class Webhookfout(StrEnum):
    """Why a call did not arrive."""

    ADRES = "adres"
    VERBINDING = "verbinding"
    CERTIFICAAT = "certificaat"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Doel:
    """Where a webhook leads: the parts of its address."""

    secure: bool
    host: str
    port: int
    path: str


def read_url(url: str, *, lokaal: bool) -> Doel:
    """The parts of an address that may be called: https on its usual port, by a name. Raises WebhookOngeldig.

    `lokaal` (development) also allows this machine itself, over http too.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise WebhookOngeldig("no address") from error
    host, secure = parts.hostname or "", parts.scheme == "https"
    if len(url) > MAX_URL or not _SIGNS.fullmatch(url) or "@" in parts.netloc or parts.fragment:
        raise WebhookOngeldig("shape")
    here = lokaal and host in {"localhost", "127.0.0.1"} and parts.scheme in {"http", "https"}
    public = secure and port in {None, HTTPS_PORT} and _HOST.fullmatch(host) is not None
    if not (here or public):
        raise WebhookOngeldig("host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Doel(secure, host, port or (HTTPS_PORT if secure else 80), path)


def may_call(address: str, *, lokaal: bool) -> bool:
    """Whether a resolved address is out on the internet: never this machine, a private network, or the data service of
    a cloud. `lokaal` (development) allows this machine.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return (lokaal and ip.is_loopback) or _is_public(ip)


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if ip.version == 6 and ip not in _UNICAST:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _NEVER if net.version == ip.version)


def new_secret() -> str:
    """256 bits of chance, as Standard Webhooks writes them."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def content(ids: Sequence[UUID]) -> bytes:
    """The body of a call."""
    return json.dumps({"type": KLAAR, "kennisgevingen": [str(id) for id in ids]}, separators=(",", ":")).encode("ascii")


def call_id(webhook_id: UUID, ids: Iterable[UUID]) -> UUID:
    """The same for the same Kennisgevingen, so that a receiver knows a repeated call."""
    return uuid5(webhook_id, ",".join(map(str, ids)))


def headers(id: UUID, body: bytes, geheimen: Iterable[str], now: datetime) -> dict[str, str]:
    """What goes with a call: its id, when it was signed, and a signature by each secret."""
    at = int(now.timestamp())
    signed = " ".join(_signature(geheim, f"{id}.{at}.".encode("ascii") + body) for geheim in geheimen)
    return {
        "Content-Type": "application/json",
        "Webhook-Id": str(id),
        "Webhook-Timestamp": str(at),
        "Webhook-Signature": signed,
    }


def _signature(geheim: str, said: bytes) -> str:
    key = base64.b64decode(geheim.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.digest(key, said, hashlib.sha256)).decode("ascii")
