"""Logs tell what happened, not to whom."""

import io
import json
import logging

import pytest
from flask import Flask

from config import logging as portal_logging

TOKEN = "abcSECRETtoken"


@pytest.fixture
def log(monkeypatch):
    """The lines that a production process would write."""
    stream = io.StringIO()
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    level = root.level
    portal_logging.configure(development=False)
    monkeypatch.setattr(root.handlers[0], "stream", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.captureWarnings(False)
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def client():
    app = Flask("portal_under_test")
    portal_logging.init_app(app)
    app.add_url_rule("/link/<token>", "link", lambda token: "ok")
    app.add_url_rule("/kapot/<token>", "kapot", lambda token: str(int(token)))
    return app.test_client()


def test_a_request_is_logged_by_its_route_with_an_id(log, client):
    response = client.get(f"/link/{TOKEN}?naam=Jansen")
    (line,) = log()
    assert (line["method"], line["route"], line["status"]) == ("GET", "/link/<token>", 200)
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert line["milliseconds"] >= 0


def test_an_unknown_path_is_not_written_down(log, client):
    client.get(f"/{TOKEN}")
    assert log()[0]["route"] == "(no route)"
    assert TOKEN not in json.dumps(log())


def test_an_error_is_logged_with_its_stack_but_not_what_was_typed(log, client):
    assert client.get(f"/kapot/{TOKEN}").status_code == 500
    error = next(line for line in log() if line["level"] == "error")
    assert "builtins.ValueError" in error["error"]
    assert error["message"] == "Exception on /kapot/<token> [GET]"
    assert TOKEN not in json.dumps(log())


def test_network_addresses_and_paths_of_gunicorn_are_left_out(log):
    gunicorn = logging.getLogger("gunicorn.error")
    gunicorn.warning(f"Invalid request from ip=192.0.2.7: GET /link/{TOKEN}")
    gunicorn.error("Error handling request %s", f"/link/{TOKEN}")
    assert [line["message"] for line in log()] == ["Invalid request", "Error handling request"]
