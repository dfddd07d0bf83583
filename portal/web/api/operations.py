"""What the API can do. An operation is declared once, beside its view: its route, its check of what comes in and its
place in the OpenAPI document are all made from that.
"""

import functools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask import Response, request
from jsonschema import Draft202012Validator
from werkzeug.exceptions import UnsupportedMediaType

from portal.web.access import api_client
from portal.web.api.blueprint import bp
from portal.web.api.schemas import validator
from portal.web.problems import Problem

View: TypeAlias = Callable[..., Any]
Schema: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of the address. `schema` is JSON Schema; whole numbers are read as such."""

    name: str
    description: str
    schema: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path below /api. `body` and `answer` name schemas, no `answer` is a PDF; `problems` are
    statuses beside the usual; `sleutel`: an Idempotency-Key is taken.
    """

    method: str
    path: str
    name: str
    summary: str
    description: str
    answer: str | None
    status: int = 200
    query: tuple[Parameter, ...] = ()
    body: str | None = None
    sleutel: bool = False
    problems: tuple[int, ...] = ()

    @property
    def rule(self) -> str:
        """The path as Flask writes it."""
        return self.path.replace("{id}", "<uuid:kennisgeving_id>")


SLEUTEL = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""An Idempotency-Key: a UUID, for instance."""

PDF = "application/pdf"

OPERATIONS: list[Operation] = []
"""All of them, in the order of the document."""


def operation(**told: Any) -> Callable[[View], View]:
    """Serve this view as an operation. It gets the id of the path, `query` and `body`, and returns JSON values, or
    the bytes of a PDF.
    """
    made = Operation(**told)

    def register(view: View) -> View:
        OPERATIONS.append(made)
        bp.add_url_rule(made.rule, made.name, api_client(_served(made, view)), methods=[made.method])
        return view

    return register


def _served(made: Operation, view: View) -> View:
    query = validator({"type": "object", "properties": {each.name: each.schema for each in made.query}})
    body = validator({"$ref": f"#/components/schemas/{made.body}"}) if made.body else None

    @functools.wraps(view)
    def serve(**arguments: Any) -> Response:
        if made.query:
            arguments["query"] = _checked(query, _read_query(made.query), status=400)
        if body is not None:
            arguments["body"] = _checked(body, _read_body(), status=422)
        if made.sleutel:
            arguments["sleutel"] = _read_sleutel()
        answer = view(**arguments)
        return as_json(answer, made.status) if made.answer else Response(answer, made.status, content_type=PDF)

    return serve


def as_json(value: Any, status: int = 200) -> Response:
    """JSON as it is sent, Dutch letters as they are."""
    return Response(json.dumps(value, ensure_ascii=False), status, content_type="application/json")


def _read_query(parameters: tuple[Parameter, ...]) -> dict[str, Any]:
    found = {each.name: request.args[each.name] for each in parameters if each.name in request.args}
    whole = {each.name for each in parameters if each.schema["type"] == "integer"}
    return {name: int(value) if name in whole and _is_number(value) else value for name, value in found.items()}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _read_body() -> Any:
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        value = json.loads(request.get_data(), parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()  # half a character is text in JSON, and in nothing else
    except (ValueError, RecursionError) as error:
        raise Problem(400, "De inhoud is geen geldige JSON.") from error
    return value


def _read_sleutel() -> str | None:
    given = request.headers.get("Idempotency-Key")
    if given is not None and not SLEUTEL.fullmatch(given):
        raise Problem(400, "Een Idempotency-Key heeft 1 tot en met 100 letters, cijfers en - of _.")
    return given


def _no_number(name: str) -> None:
    """Python reads NaN and Infinity, JSON has no such numbers."""
    raise ValueError(name)


def _checked(schema: Draft202012Validator, value: Any, *, status: int) -> Any:
    """The value, when the schema allows it. Raises Problem that names every wrong place, but never repeats a value."""
    fouten = [
        {"plaats": "/" + "/".join(map(str, error.absolute_path)), "regel": str(error.validator)}
        for error in schema.iter_errors(value)
    ]
    if fouten:
        where = "Kijk per plaats welke regel van het schema niet klopt."
        raise Problem(status, where, sorted(fouten, key=lambda fout: (fout["plaats"], fout["regel"])))
    return value
