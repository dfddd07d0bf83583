"""Logs without personal data: JSON lines in production, readable lines in development.

A request is logged as its route rule, never its path: a path may hold a token. In production an error is
logged as its type and stack, never its message: a message may hold what somebody typed.
"""

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from uuid import uuid4

from flask import Flask, Response, g, has_request_context, request

FACTS = ("method", "route", "status", "milliseconds", "request_id")
GUNICORN_OPENINGS = ("Error handling request", "Invalid request")  # an address and the path come after them
_log = logging.getLogger("portal.request")


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            line["error"] = _errors_without_messages(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class ReadableFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s  %(message)s", "%H:%M:%S")


class RequestFilter(logging.Filter):
    """Puts the request's id on each line, and takes out the paths that Flask and gunicorn write."""

    def filter(self, record: logging.LogRecord) -> bool:
        for opening in GUNICORN_OPENINGS:
            if str(record.msg).startswith(opening):
                record.msg, record.args = opening, ()
        if has_request_context():
            record.request_id = g.get("request_id", "-")
            if str(record.msg).startswith("Exception on"):
                record.msg, record.args = "Exception on %s [%s]", (_route(), request.method)
        return True


def configure(*, development: bool) -> None:
    """One handler on standard error for the whole process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(ReadableFormatter() if development else JsonFormatter())
    handler.addFilter(RequestFilter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # its set-up is of no interest
    logging.captureWarnings(True)


def init_app(app: Flask) -> None:
    """One line per request. `g.request_id` also goes out as the header X-Request-ID, for support."""

    @app.before_request
    def start() -> None:
        g.request_id = uuid4().hex
        g.request_started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        milliseconds = round((time.perf_counter() - g.get("request_started", time.perf_counter())) * 1000)
        facts = (request.method, _route(), response.status_code, milliseconds, g.get("request_id", "-"))
        _log.info("%s %s %s %s ms", *facts[:4], extra=dict(zip(FACTS, facts, strict=True)))
        response.headers["X-Request-ID"] = facts[4]
        return response


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "(no route)"


def _errors_without_messages(error: BaseException) -> list[str]:
    """The chain of errors, last one first: type and stack of each."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [line.strip() for line in traceback.format_tb(seen.__traceback__)]
        seen = seen.__cause__ or seen.__context__
    return lines
