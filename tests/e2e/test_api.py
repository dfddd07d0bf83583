"""The API as a schuldeiser meets it: the running portal with two web processes, and the commands of the operator."""

import base64
import json
import queue
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.request import Request, urlopen

import pytest

from config.settings import ROOT
from portal.domain.zandbak import GEVALLEN
from tests.e2e.conftest import Portal
from tests.running import environ_for

pytestmark = pytest.mark.e2e

CALL_SECONDS = 60
PLAIN = GEVALLEN[0].naam
"""The case of the sandbox that nothing is special about."""


def operator(portal: Portal, *words: str) -> dict[str, str]:
    """What a command printed as `name: value`."""
    environ = environ_for(portal.run.instance, PORT=str(portal.run.port))
    command = [sys.executable, "-m", "portal", *words]
    ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=True)
    return dict(line.split(": ", 1) for line in ended.stdout.splitlines() if ": " in line)


class Machine:
    """A client without a library of ours."""

    def __init__(self, portal: Portal, told: dict[str, str]) -> None:
        self.url = f"{portal.url}/api"
        basic = base64.b64encode(f"{told['client_id']}:{told['client_secret']}".encode()).decode()
        answer = self._open("/token", b"grant_type=client_credentials", "POST", Authorization=f"Basic {basic}")
        self.bearer = {"Authorization": f"Bearer {json.loads(answer)['access_token']}"}

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        more = {"Content-Type": "application/json"} if body is not None else {}
        return json.loads(self._open(path, data, method, **self.bearer | more))

    def letter(self, id: str) -> bytes:
        return self._open(f"/kennisgevingen/{id}/brief", None, "GET", **self.bearer)

    def _open(self, path: str, data: bytes | None, method: str, **headers: str) -> bytes:
        with urlopen(Request(self.url + path, data, headers, method=method), timeout=30) as answer:
            return bytes(answer.read())


def waiting(machine: Machine) -> dict[str, str]:
    """The messages that were not acknowledged: id → the schuldeiser's own reference."""
    found = machine("GET", "/kennisgevingen?aantal=100")["kennisgevingen"]
    return {each["id"]: each["inhoud"]["verwijzingen"][0]["uw_kenmerk"] for each in found}


def test_a_sandbox_is_called_fetched_answered_and_emptied(portal: Portal):
    calls = queue.Queue[set[str]]()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()
            calls.put(set(told["kennisgevingen"]))

        def log_message(self, format: str, *args: Any) -> None:
            pass

    machine = Machine(portal, operator(portal, "sandbox", "Plons"))
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        machine("PUT", "/webhook", {"url": f"http://127.0.0.1:{server.server_address[1]}/"})
        operator(portal, "sandbox", "Plons")
        deadline = time.monotonic() + CALL_SECONDS
        while PLAIN not in (found := waiting(machine)).values():
            assert time.monotonic() < deadline, found
        plain = next(id for id, reference in found.items() if reference == PLAIN)
        told = calls.get(timeout=CALL_SECONDS)
        while not told <= waiting(machine).keys():  # the cases of the first time, which made place for these
            told = calls.get(timeout=CALL_SECONDS)
        server.shutdown()
    assert machine.letter(min(told)).startswith(b"%PDF")
    answered = machine("POST", f"/kennisgevingen/{plain}/antwoord", {"antwoord": "bevestigd"})
    assert answered == machine("GET", f"/kennisgevingen/{plain}/antwoord")
    received = waiting(machine).keys()
    for id in received:
        machine("POST", f"/kennisgevingen/{id}/ontvangst")
    assert received.isdisjoint(waiting(machine))


def test_a_client_of_the_operator_comes_in_until_it_is_shut_out(portal: Portal):
    told = operator(portal, "api-client", "add", "Vitens", "e2e")
    assert machine_sees(Machine(portal, told))
    operator(portal, "api-client", "revoke", told["client_id"])
    with pytest.raises(OSError, match="401"):
        Machine(portal, told)


def machine_sees(machine: Machine) -> bool:
    """Whether it gets a page, of whatever length: the demonstration may have messages for it."""
    return "volgende" in machine("GET", "/kennisgevingen")
