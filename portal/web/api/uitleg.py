"""What the API is: the OpenAPI document for machines, and a page made from the same for who builds with it."""

from flask import Response, render_template

from portal.web.access import public
from portal.web.api.blueprint import bp
from portal.web.api.openapi import document
from portal.web.api.operations import OPERATIONS, as_json
from portal.web.api.schemas import SCHEMAS
from portal.web.problems import TITLES
from portal.web.session import settings


@bp.get("")
@public
def uitleg() -> str:
    """The page for people. It is made from the operations, so it cannot say something else."""
    return render_template(
        "api/uitleg.html",
        operaties=OPERATIONS,
        fouten=TITLES,
        schemas=SCHEMAS,
        minuten=settings().api_token_seconds // 60,
    )


@bp.get("/openapi.json")
@public
def openapi() -> Response:
    """The document for machines."""
    return as_json(document())
