"""OAuth 2.0 client credentials (RFC 6749, 4.4), by Authlib. Tokens are opaque and live in the database."""

import hmac
import json
import secrets
from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from flask import Flask, Response

from portal.actions.api_toegang import open_token, sha256
from portal.db import limits
from portal.queries.api import geheim_of
from portal.web.access import public
from portal.web.api.blueprint import bp
from portal.web.session import client, database, db, settings

SENTENCES = {
    "invalid_client": "Client of geheim klopt niet, of de client is ingetrokken.",
    "unsupported_grant_type": "Alleen grant_type=client_credentials kan hier.",
    "invalid_scope": "Er zijn geen scopes: een client mag alles over de eigen Kennisgevingen.",
}
"""One sentence for every way in which a client can be wrong: it is not told which."""


class Client(ClientMixin):
    """An API client as Authlib asks about it."""

    def __init__(self, id: UUID, geheim_sha256: bytes) -> None:
        self.id, self._geheim = id, geheim_sha256

    def get_client_id(self) -> str:
        return str(self.id)

    def get_allowed_scope(self, scope: Collection[str] | str) -> str:
        return ""

    def check_client_secret(self, client_secret: str) -> bool:
        return hmac.compare_digest(sha256(client_secret), self._geheim)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in ClientCredentials.TOKEN_ENDPOINT_AUTH_METHODS

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == ClientCredentials.GRANT_TYPE


class ClientCredentials(grants.ClientCredentialsGrant):
    """The only grant that there is."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")


class Server(AuthorizationServer):
    """Authlib's server, with our sentences in its errors."""

    def handle_response(self, status_code: int, payload: Any, headers: Any) -> Response:
        if isinstance(payload, dict) and "error" in payload:
            sentence = SENTENCES.get(payload["error"], "Dit verzoek om een token klopt niet.")
            payload = {"error": payload["error"], "error_description": sentence}
        return Response(json.dumps(payload, ensure_ascii=False), status_code, headers=headers)


server = Server()


@bp.record_once
def _init(state: Any) -> None:
    app: Flask = state.app
    server.init_app(app, query_client=_find, save_token=_save)
    lifetime = app.extensions["settings"].api_token_seconds
    server.register_token_generator(
        "default", BearerTokenGenerator(_random_token, expires_generator=lambda *_: lifetime)
    )
    server.register_grant(ClientCredentials)


@bp.post("/token")
@public
def token() -> Response:
    """Exchange client id and secret for a token."""
    limits.hit(database(), limits.API_TOKEN_PER_CLIENT, client())
    return cast("Response", server.create_token_response())


def _find(client_id: str) -> Client | None:
    try:
        id = UUID(client_id)
    except ValueError:
        return None
    geheim = geheim_of(db(), id)
    return Client(id, geheim) if geheim else None


def _save(token: dict[str, Any], oauth_request: Any) -> None:
    open_token(db(), oauth_request.client.id, token["access_token"], settings().api_token_seconds)


def _random_token(**_: Any) -> str:
    return secrets.token_urlsafe(32)
