"""What goes wrong becomes a page in the house style that says what to do, and under /api a problem+json.

The 500 page needs nothing that can be broken itself.
"""

import logging

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from portal.domain.errors import AlreadyDecided, MoveNotAllowed, NotAllowed, NotFound, TooManyAttempts
from portal.web.problems import Answer, Problem, is_api, problem

PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 429, 500, 503})
DATABASE_RETRY_SECONDS = 30
TOLD = frozenset({"Allow", "WWW-Authenticate"})
"""Headers of an HTTP error that belong to its status, whatever its page looks like."""

_STATUS_OF_RULE = {NotFound: 404, NotAllowed: 403, AlreadyDecided: 409, MoveNotAllowed: 409}

_log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Register the pages. A rule broken in an action that its view does not explain itself ends here."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, lambda _: page(400))
    for rule, status in _STATUS_OF_RULE.items():
        app.register_error_handler(rule, lambda _, status=status: page(status))
    app.register_error_handler(TooManyAttempts, _too_many)
    app.register_error_handler(Problem, _on_purpose)
    for trouble in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(trouble, _database_away)
    app.register_error_handler(Exception, _unexpected)


def _on_purpose(error: Problem) -> Answer:
    return problem(error.status, error.headers, detail=error.detail, fouten=error.fouten)


def page(status: int, headers: dict[str, str] | None = None, **context: int) -> Answer:
    """The page of a status; a status without a page of its own shows the one of its family."""
    if is_api():
        return problem(status, headers)
    shown = status if status in PAGES else (500 if status >= 500 else 400)
    return render_template(f"fouten/{shown}.html", **context), status, headers or {}


def _http(error: HTTPException) -> Answer | HTTPException:
    if error.code is None or error.code < 400:
        return error
    told = {name: value for name, value in error.get_headers() if name in TOLD}
    return page(error.code, told)


def _too_many(error: TooManyAttempts) -> Answer:
    minutes = -(-error.retry_after_seconds // 60)
    return page(429, {"Retry-After": str(error.retry_after_seconds)}, minuten=minutes)


def _database_away(error: Exception) -> Answer:
    _log.error("the database does not answer", exc_info=error)
    return page(503, {"Retry-After": str(DATABASE_RETRY_SECONDS)})


def _unexpected(error: Exception) -> Answer:
    _log.error("unexpected", exc_info=error)
    try:
        return page(500)
    except TemplateError:
        return "Er ging iets mis bij ons. Probeer het over een paar minuten opnieuw.", 500, {}
