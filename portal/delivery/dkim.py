"""DKIM: a signature under the words of a mail, so that nobody can change or forge them (RFC 6376, RFC 8463).

Ours and not a library's, because the same message must have the same bytes: dkimpy writes the hour of signing into
it, and its RSA is five times slower. The tests let dkimpy judge what is made here.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from config.settings import Settings

SIGNED = (
    "from", "to", "cc", "subject", "date", "message-id", "reply-to", "mime-version", "content-type",
    "content-transfer-encoding", "content-language", "auto-submitted",
)  # fmt: skip
"""Each is named once more than it occurs: nobody can add one without breaking the signature."""

_SPACES = re.compile(rb"[ \t]+")
_FOLD = "\r\n\t"
_LINE = 72

PrivateKey = RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True)
class Signer:
    """Signs mail for one domain with one key. The same mail gets the same signature: it says no time."""

    domain: str
    selector: str
    key: PrivateKey

    @classmethod
    def from_settings(cls, settings: Settings) -> Self | None:
        """None when the outgoing mail server signs."""
        if not settings.dkim_enabled:
            return None
        key = read_key(settings.mail_dkim_key_file)
        return cls(settings.mail_dkim_domain, settings.mail_dkim_selector, key)

    def sign(self, mail: bytes) -> bytes:
        """The mail with its signature in front. Its lines must end in CRLF."""
        head, _, body = mail.partition(b"\r\n\r\n")
        headers = _unfolded(head)
        unsigned = self._header(_names(headers), _body_hash(body))
        signed = [_relaxed(header) for header in _in_order(headers)] + [_relaxed(unsigned.encode())]
        signature = base64.b64encode(self._signature(b"\r\n".join(signed))).decode()
        return (unsigned + _folded(signature) + "\r\n").encode() + mail

    def record(self) -> tuple[str, str]:
        """Name and text of the DNS record that belongs to the key."""
        if isinstance(self.key, RSAPrivateKey):
            kind = "rsa"
            public = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        else:
            kind = "ed25519"
            public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        text = f"v=DKIM1; k={kind}; p={base64.b64encode(public).decode()}"
        return f"{self.selector}._domainkey.{self.domain}", text

    def _header(self, names: list[str], body_hash: str) -> str:
        """The header up to and with `b=`, which is what is signed of itself."""
        algorithm = "rsa-sha256" if isinstance(self.key, RSAPrivateKey) else "ed25519-sha256"
        tags = (
            f"v=1; a={algorithm}; c=relaxed/relaxed;",
            f"d={self.domain}; s={self.selector};",
            f"h={f':{_FOLD}'.join(_lines(names))};",
            f"bh={body_hash};",
            "b=",
        )
        return "DKIM-Signature: " + _FOLD.join(tags)

    def _signature(self, content: bytes) -> bytes:
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(content, PKCS1v15(), SHA256())
        return self.key.sign(hashlib.sha256(content).digest())


def read_key(path: Path) -> PrivateKey:
    """The private key in a PEM file. Raises ValueError, OSError."""
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        raise ValueError("neither RSA nor Ed25519")
    return key


def _unfolded(head: bytes) -> list[bytes]:
    return re.sub(rb"\r\n(?=[ \t])", b"", head).split(b"\r\n")


def _names(headers: list[bytes]) -> list[str]:
    present = [_name(header) for header in headers]
    return [name for name in SIGNED for _ in range(present.count(name) + 1)]


def _in_order(headers: list[bytes]) -> list[bytes]:
    """The headers in the order in which the signature names them; of the same name the last one first."""
    return [header for name in SIGNED for header in reversed(headers) if _name(header) == name]


def _name(header: bytes) -> str:
    return header.partition(b":")[0].strip().lower().decode("ascii")


def _relaxed(header: bytes) -> bytes:
    name, _, value = _unfolded(header)[0].partition(b":")
    return name.strip().lower() + b":" + _SPACES.sub(b" ", value).strip()


def _body_hash(body: bytes) -> str:
    lines = [_SPACES.sub(b" ", line).rstrip() for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    relaxed = b"".join(line + b"\r\n" for line in lines)
    return base64.b64encode(hashlib.sha256(relaxed).digest()).decode()


def _lines(names: list[str]) -> list[str]:
    """The names divided by colons, in lines that a mail server leaves alone."""
    lines = [""]
    for name in names:
        longer = f"{lines[-1]}:{name}" if lines[-1] else name
        if len(longer) <= _LINE:
            lines[-1] = longer
        else:
            lines.append(name)
    return lines


def _folded(text: str) -> str:
    return _FOLD.join(text[start : start + _LINE] for start in range(0, len(text), _LINE))
