"""The published form of the machine-readable Kennisgeving."""

from pathlib import Path

from flask import Response, current_app

from portal.texts.gegevens import SCHEMA
from portal.web.access import public
from portal.web.schuldeiser import bp


@bp.get(SCHEMA)
@public
def schema() -> Response:
    """JSON Schema, version 1. It does not change: other fields are another version."""
    content = (Path(current_app.root_path) / "static" / SCHEMA.removeprefix("/")).read_bytes()
    return Response(content, content_type="application/schema+json")
