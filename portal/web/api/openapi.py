"""The OpenAPI 3.1 document, made from the operations themselves."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from portal.web.api.operations import OPERATIONS, PDF, Operation
from portal.web.api.schemas import SCHEMAS, UUID
from portal.web.problems import CONTENT_TYPE, TITLES

VERSION = "1.0.0"

USUAL = (401, 429, 500, 503)
"""What every operation with a token may answer."""


@cache
def document() -> dict[str, Any]:
    """The document. Addresses in it are relative to where it is served."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pauzeknop voor schuldeisers",
            "version": VERSION,
            "description": "Kennisgevingen ophalen, de ontvangst bevestigen en antwoorden. Zie de pagina /api.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/api"}],
        "security": [{"oauth2": []}],
        "paths": _paths(),
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "oauth2": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": "/api/token", "scopes": {}}},
                }
            },
        },
    }


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {"/token": {"post": _TOKEN}}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return paths


def _described(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description,
        "responses": {
            str(operation.status): _json("Gelukt.", operation.answer) if operation.answer else _FILE,
            **_problems({*operation.problems, *USUAL}),
        },
    }
    if parameters := list(_parameters(operation)):
        told["parameters"] = parameters
    if operation.body:
        told["requestBody"] = {"required": True, "content": _content("application/json", operation.body)}
    return told


def _parameters(operation: Operation) -> Iterable[dict[str, Any]]:
    if "{id}" in operation.path:
        yield {"name": "id", "in": "path", "required": True, "schema": UUID}
    for each in operation.query:
        yield {"name": each.name, "in": "query", "description": each.description, "schema": each.schema}
    if operation.sleutel:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Kies zelf een sleutel. Dezelfde sleutel met dezelfde inhoud geeft hetzelfde terug.",
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,100}$"},
        }


def _problems(statuses: Iterable[int]) -> dict[str, Any]:
    return {
        str(status): {"description": f"{TITLES[status][1]}.", "content": _content(CONTENT_TYPE, "Fout")}
        | ({"headers": _RETRY_AFTER} if status in (429, 503) else {})
        for status in sorted(statuses)
    }


def _json(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": _content("application/json", schema)}


def _content(media_type: str, schema: str) -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


_FILE = {"description": "Gelukt.", "content": {PDF: {}}}

_RETRY_AFTER = {"Retry-After": {"description": "Na zoveel seconden mag het weer.", "schema": {"type": "integer"}}}

_TOKEN = {
    "operationId": "token",
    "summary": "Vraag een token",
    "description": "OAuth 2.0 client credentials: client_id en client_secret in het formulier, of met HTTP Basic.",
    "security": [],
    "requestBody": {"required": True, "content": _content("application/x-www-form-urlencoded", "TokenVraag")},
    "responses": {
        "200": _json("Uw token.", "Token"),
        "400": _json("Dit verzoek klopt niet.", "TokenFout"),
        "401": _json("Client of geheim klopt niet.", "TokenFout"),
        **_problems((413, 429, 500, 503)),
    },
}
