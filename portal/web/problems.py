"""What goes wrong under /api, as problem+json (RFC 9457) with Dutch sentences for whoever builds against it."""

import json
from collections.abc import Sequence
from typing import Any, TypeAlias

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

Answer: TypeAlias = tuple[str, int, dict[str, str]]

API = "/api/"
"""Below this path everything is for machines; /api itself is a page for people."""

CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: ("ongeldig", "Dit verzoek klopt niet"),
    401: ("niet-aangemeld", "U bent niet aangemeld"),
    403: ("niet-toegestaan", "Dit mag u niet"),
    404: ("onbekend", "Dit is er niet, of het is niet van u"),
    405: ("methode", "Deze methode kan hier niet"),
    406: ("alleen-json", "Het antwoord is altijd JSON"),
    409: ("tegenstrijdig", "Dit past niet bij wat er al is vastgelegd"),
    413: ("te-groot", "Dit verzoek is te groot"),
    415: ("stuur-json", "Stuur JSON, met Content-Type application/json"),
    422: ("inhoud", "De inhoud van dit verzoek klopt niet"),
    429: ("te-veel", "U vraagt te veel achter elkaar"),
    500: ("storing", "Er ging iets mis bij ons"),
    503: ("even-niet", "Het portaal is even niet bereikbaar"),
}
"""Status → the end of the anchor on the page /api that explains it, and its title."""


def is_api() -> bool:
    """Whether the answer to this request is for a machine."""
    return request.path.startswith(API)


def problem(
    status: int, headers: dict[str, str] | None = None, *, detail: str = "", fouten: Sequence[dict[str, str]] = ()
) -> Answer:
    """The answer for a status; one without a title of its own shows that of its family."""
    anchor, title = TITLES.get(status) or TITLES[500 if status >= 500 else 400]
    body: dict[str, Any] = {"type": f"/api#fout-{anchor}", "title": title, "status": status}
    if detail:
        body["detail"] = detail
    if fouten:
        body["fouten"] = list(fouten)
    return json.dumps(body, ensure_ascii=False), status, {"Content-Type": CONTENT_TYPE} | (headers or {})


def unauthorized(*, with_token: bool) -> Unauthorized:
    """401 that tells a client how to come in; a token that was given is invalid (RFC 6750, 3.1)."""
    told: dict[str, str | None] = {"realm": "pauzeknop"}
    if with_token:
        told["error"] = "invalid_token"
    return Unauthorized(www_authenticate=WWWAuthenticate("bearer", told))


class Problem(Exception):
    """An answer that a view of the API gives on purpose."""

    def __init__(
        self, status: int, detail: str, fouten: Sequence[dict[str, str]] = (), *, retry_after_seconds: int | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.fouten = status, detail, fouten
        self.headers = {"Retry-After": str(retry_after_seconds)} if retry_after_seconds else {}
