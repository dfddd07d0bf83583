"""A passkey in software: what a phone would answer, and what a thief would try."""

import hashlib
import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

USER_PRESENT, USER_VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Sleutel:
    """One key for one portal. Its counter goes up with each signature."""

    def __init__(self, rp_id: str = "pauzeknop.example", origin: str = "https://pauzeknop.example") -> None:
        self.rp_id, self.origin = rp_id, origin
        self.id = token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.counter = 0
        self.flags = USER_PRESENT | USER_VERIFIED

    def make(self, options: str) -> str:
        """The answer to navigator.credentials.create."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(cose)
        told = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + attested}
        client = self._client("webauthn.create", options)
        response = {"attestationObject": b64(cbor2.dumps(told)), "clientDataJSON": b64(client)}
        return self._answer(response)

    def use(self, options: str) -> str:
        """The answer to navigator.credentials.get."""
        self.counter += 1
        client, data = self._client("webauthn.get", options), self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {"authenticatorData": b64(data), "clientDataJSON": b64(client), "signature": b64(signature)}
        return self._answer(response)

    def _data(self, flags: int = 0) -> bytes:
        head = hashlib.sha256(self.rp_id.encode()).digest()
        return head + bytes([self.flags | flags]) + struct.pack(">I", self.counter)

    def _client(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        assert len(urlsafe_b64decode(challenge + "==")) == 32
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, Any]) -> str:
        return json.dumps({"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": response})
