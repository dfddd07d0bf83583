"""A logout token: the provider's word that a session is over (OpenID Connect Back-Channel Logout 1.0, 2.4-2.6)."""

from dataclasses import dataclass

from authlib.integrations.flask_client import FlaskOAuth2App
from joserfc import jwt
from joserfc.jwk import KeySet

from config.settings import Settings
from portal import clock

EVENT = "http://schemas.openid.net/event/backchannel-logout"
MAX_AGE_SECONDS = 300
"""A token is used at once. Assumption: clocks are less than five minutes apart."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
"""Signatures with a public key only: nobody signs with a secret that the portal knows too."""


@dataclass(frozen=True, slots=True)
class Afmelding:
    """One session (`sid`), or without it every session of `subject`."""

    subject: str | None
    sid: str | None


def read(provider: FlaskOAuth2App, token: str, settings: Settings) -> Afmelding:
    """Raises ValueError or a JoseError for what is no token of this provider for this portal."""
    keys = KeySet.import_key_set(provider.fetch_jwk_set())
    claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    audience = claims.get("aud")
    ours = settings.staff_oidc_client_id in (audience if isinstance(audience, list) else [audience])
    issued = claims.get("iat")
    fresh = isinstance(issued, int | float) and abs(clock.now().timestamp() - issued) <= MAX_AGE_SECONDS
    told = isinstance(claims.get("events"), dict) and EVENT in claims["events"]
    if claims.get("iss") != settings.staff_oidc_issuer or not (ours and fresh and told) or "nonce" in claims:
        raise ValueError("not a logout token for this portal")
    subject, sid = claims.get("sub"), claims.get("sid")
    if not (isinstance(subject, str) or isinstance(sid, str)):
        raise ValueError("nobody named")
    return Afmelding(subject if isinstance(subject, str) else None, sid if isinstance(sid, str) else None)
