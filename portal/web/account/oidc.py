"""What both ways in over OpenID Connect share: a client with PKCE, whose answer is for us, and one start at a time."""

from typing import cast

from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Flask, current_app
from flask import session as cookie

TIMEOUT_SECONDS = 10
"""Longest wait for one answer of a provider. Assumption."""


def add_client(app: Flask, name: str, *, issuer: str, client_id: str, client_secret: str, scope: str) -> None:
    """The client of a provider, for every process of this application."""
    app.extensions[name] = OAuth(app).register(  # type: ignore[no-untyped-call]
        name,
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": scope, "code_challenge_method": "S256", "default_timeout": TIMEOUT_SECONDS},
    )


def client(name: str) -> FlaskOAuth2App:
    """The client that was added under this name."""
    return cast("FlaskOAuth2App", current_app.extensions[name])


def expected(issuer: str, client_id: str) -> dict[str, dict[str, object]]:
    """Only an ID token of this provider, for this portal."""
    return {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}}


def forget_earlier_start(name: str) -> None:
    """Starts that were not finished would fill the cookie, which holds 4 kB."""
    for key in [key for key in cookie if key.startswith(f"_state_{name}_")]:
        cookie.pop(key)
