"""The published forms of the machine-readable Kennisgeving."""

from pathlib import Path

from flask import Response, current_app

from portal.texts.gegevens import SCHEMA, SCHEMA_TWEE
from portal.web.access import public
from portal.web.schuldeiser import bp


@bp.get(SCHEMA)
@public
def schema() -> Response:
    """JSON Schema, version 1. It does not change: other fields are another version."""
    return _kept(SCHEMA)


@bp.get(SCHEMA_TWEE)
@public
def schema_twee() -> Response:
    """JSON Schema, version 2: of a message about two people."""
    return _kept(SCHEMA_TWEE)


def _kept(schema: str) -> Response:
    content = (Path(current_app.root_path) / "static" / schema.removeprefix("/")).read_bytes()
    return Response(content, content_type="application/schema+json")
