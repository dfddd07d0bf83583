"""The API as a schuldeiser meets it: the running portal with two web processes, and the commands of the operator."""

import base64
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.request import Request, urlopen

import pytest

from config.settings import ROOT
from tests.e2e.conftest import Portal
from tests.running import environ_for

pytestmark = pytest.mark.e2e

CALL_SECONDS = 60


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


def test_a_sandbox_is_called_fetched_answered_and_emptied(portal: Portal):
    called, body = threading.Event(), list[dict[str, Any]]()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            called.set()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    machine = Machine(portal, operator(portal, "sandbox", "Plons"))
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        machine("PUT", "/webhook", {"url": f"http://127.0.0.1:{server.server_address[1]}/"})
        operator(portal, "sandbox", "Plons")
        assert called.wait(CALL_SECONDS)
        server.shutdown()
    found = machine("GET", "/kennisgevingen?aantal=100")["kennisgevingen"]
    assert set(body[0]["kennisgevingen"]) <= {each["id"] for each in found}
    assert machine.letter(body[0]["kennisgevingen"][0]).startswith(b"%PDF")
    plain = next(each for each in found if each["inhoud"]["verwijzingen"][0]["uw_kenmerk"] == "GEWOON")
    answered = machine("POST", f"/kennisgevingen/{plain['id']}/antwoord", {"antwoord": "bevestigd"})
    assert answered == machine("GET", f"/kennisgevingen/{plain['id']}/antwoord")
    for each in found:
        machine("POST", f"/kennisgevingen/{each['id']}/ontvangst")
    assert machine("GET", "/kennisgevingen") == {"kennisgevingen": [], "volgende": None}


def test_a_client_of_the_operator_comes_in_until_it_is_shut_out(portal: Portal):
    told = operator(portal, "api-client", "add", "Vitens", "e2e")
    assert machine_sees(Machine(portal, told))
    operator(portal, "api-client", "revoke", told["client_id"])
    with pytest.raises(OSError, match="401"):
        Machine(portal, told)


def machine_sees(machine: Machine) -> bool:
    """Whether it gets a page, of whatever length: the demonstration may have messages for it."""
    return "volgende" in machine("GET", "/kennisgevingen")
