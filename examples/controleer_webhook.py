"""Check that a webhook of the Pauzeknop is real: the secret signed this id, this moment and this very body."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping


def is_echt(geheim: str, headers: Mapping[str, str], body: bytes) -> bool:
    """`body` as it came in, before any JSON is read from it. Older than five minutes is refused."""
    id, at = headers["Webhook-Id"], headers["Webhook-Timestamp"]
    if abs(time.time() - int(at)) > 300:
        return False
    key = base64.b64decode(geheim.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{id}.{at}.".encode() + body, hashlib.sha256)
    expected = "v1," + base64.b64encode(digest).decode()
    return any(hmac.compare_digest(expected, each) for each in headers["Webhook-Signature"].split())
