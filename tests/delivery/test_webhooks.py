"""Webhooks end to end: announced by the real queue, posted to a real server, checked by the published sample."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from examples.controleer_webhook import is_echt
from portal import clock as portal_clock
from portal.actions import api_toegang, ontvangst, wachtrij, webhook
from portal.db.engine import Database
from portal.delivery import webhooks
from portal.delivery.webhooks import Caller
from portal.domain.errors import NotAllowed, WebhookOngeldig
from portal.domain.kennisgeving import Levering
from portal.domain.roles import Actor
from portal.domain.webhook import OVERLAP, Webhookfout
from portal.models import Webhook
from portal.queries import dossier
from tests.actions.conftest import Counted, Owner
from tests.conftest import Server
from tests.delivery.test_worker import Round
from tests.given import Given, Schuldregel
from tests.mailserver import MailServer, certificates

JOB = "call_webhook"


@dataclass
class Receiver:
    """The machine of a schuldeiser: answers with the statuses in turn, the last one from then on."""

    url: str
    statuses: list[int]
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def announced(self) -> list[list[str]]:
        return [json.loads(body)["kennisgevingen"] for _, body in self.calls]

    def answer(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


@contextmanager
def receiver(*statuses: int, context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.calls.append((dict(self.headers), body))
            self.send_response(made.answer())
            self.send_header("Location", made.url)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if context else "http"
    made = Receiver(f"{scheme}://127.0.0.1:{server.server_address[1]}/hook?a=1", list(statuses) or [204])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Party:
    """A schuldeiser that fetches, with a client and a webhook."""

    given: Given
    schuldeiser_id: UUID
    client_id: UUID
    geheim: str = ""

    def register(self, url: str) -> str:
        actor = Actor.schuldeiser(self.schuldeiser_id)
        with self.given.session(actor) as session:
            self.geheim = webhook.register(session, actor, self.client_id, url, lokaal=True)
        return self.geheim

    def case(self) -> UUID:
        """An approved case with this schuldeiser; returns the id of its message."""
        verzoek = self.given.approved([Schuldregel("Plons", {self.schuldeiser_id: "REF-1"})])
        with self.given.session(Actor.systeem()) as session:
            (message,) = dossier.kennisgevingen(session, verzoek)
        return message.id

    def announced(self) -> UUID:
        """The same, with its letter made: it waits to be announced."""
        id = self.case()
        self.given.typeset(id)
        return id

    def webhook(self) -> Webhook:
        with self.given.session(Actor.systeem()) as session:
            return session.get_one(Webhook, self.client_id)


@pytest.fixture
def count(owner: Owner) -> Counted:
    return Counted(owner)


def party(given: Given, naam: str = "Plons") -> Party:
    schuldeiser_id = given.schuldeiser(naam, levering=Levering.API)
    with given.session(Actor.systeem()) as session:
        client_id, _ = api_toegang.add_client(session, Actor.systeem(), schuldeiser_id, "productie")
    return Party(given, schuldeiser_id, client_id)


@pytest.fixture
def plons(given: Given) -> Party:
    return party(given)


def caller(database: Database, *waits: int, **changes: Any) -> Caller:
    return Caller(database, waits or (1, 2), lokaal=True, **changes)


# --- the whole way --------------------------------------------------------------------------------


def test_what_can_be_fetched_is_announced_by_the_worker_and_the_sample_finds_it_real(
    server: Server, database: Database, count: Counted
) -> None:
    plons = party(Given(database))  # by the real clock, as the queue does
    with receiver(500, 204) as machine, MailServer() as mail:
        plons.register(machine.url)
        id = plons.case()
        Round(server, database, DELIVERY_RETRY_SECONDS="1,1").run_until(
            mail, lambda: len(machine.calls) == 2 and not count.jobs(JOB)
        )
    assert machine.announced == [[str(id)]] * 2
    (first, body), (second, _) = machine.calls
    assert first["Webhook-Id"] == second["Webhook-Id"]
    assert is_echt(plons.geheim, second, body)
    assert not is_echt(plons.geheim, second, body + b" ")
    assert not is_echt(plons.geheim, second | {"Webhook-Timestamp": "1"}, body)
    assert "Meer" not in body.decode()
    assert count.rows("webhookmelding") == 0
    assert plons.webhook().fout is None


def test_many_wait_in_one_job_and_leave_in_one_call(
    given: Given, database: Database, plons: Party, count: Counted
) -> None:
    with receiver() as machine:
        plons.register(machine.url)
        ids = [str(plons.announced()) for _ in range(3)]
        assert count.jobs(JOB) == [str(plons.client_id)]
        assert caller(database).call(plons.client_id) is None
        assert machine.announced == [ids]
        assert caller(database).call(plons.client_id) is None
        assert len(machine.calls) == 1


def test_what_came_in_during_a_call_goes_in_the_next(
    given: Given, database: Database, plons: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiver() as machine:
        plons.register(machine.url)
        first, later = plons.announced(), list[UUID]()
        attempt = Caller.attempt

        def slow(self: Caller, oproep: webhook.Oproep) -> Webhookfout | None:
            if not later:
                later.append(plons.announced())
            return attempt(self, oproep)

        monkeypatch.setattr(Caller, "attempt", slow)
        assert caller(database).call(plons.client_id) is None
        assert machine.announced == [[str(first)], [str(later[0])]]


def test_only_who_fetches_is_called_and_only_about_its_own(given: Given, database: Database, count: Counted) -> None:
    plons, stroom = party(given), party(given, "Stroom")
    plons.register("http://127.0.0.1:1/")
    stroom.register("http://127.0.0.1:2/")
    id = plons.announced()
    assert count.rows("webhookmelding", "webhook_id = %s AND kennisgeving_id = %s", plons.client_id, id) == 1
    assert count.rows("webhookmelding") == 1
    acknowledged = plons.case()
    with given.session(Actor.systeem()) as session:
        ontvangst.acknowledge(session, Actor.systeem(), acknowledged)
    given.typeset(acknowledged)
    mailed = given.schuldeiser("Gemaild")
    verzoek = given.approved([Schuldregel("Gemaild", {mailed: "REF-1"})])
    with given.session(Actor.systeem()) as session:
        (message,) = dossier.kennisgevingen(session, verzoek)
    given.typeset(message.id)
    assert count.rows("webhookmelding") == 1


# --- when it does not arrive ----------------------------------------------------------------------


def test_after_all_attempts_it_is_given_up_and_the_next_message_begins_anew(
    given: Given, database: Database, plons: Party, count: Counted
) -> None:
    with receiver(503) as machine:
        plons.register(machine.url)
        plons.announced(), plons.announced()
        assert [caller(database, 5, 9).call(plons.client_id) for _ in range(4)] == [5, 9, None, None]
        assert len(machine.calls) == 3
        shown = plons.webhook()
        assert (shown.fout, shown.pogingen, shown.delivered_at) == (Webhookfout.STATUS, 0, None)
        assert count.rows("audit", "gebeurtenis = 'WebhookGivenUp' AND feiten ->> 'aantal' = '2'") == 1
        assert count.rows("webhookmelding") == 0
        machine.statuses[:] = [200]
        plons.announced()
        assert len(count.jobs(JOB)) == 2
        assert caller(database, 5, 9).call(plons.client_id) is None
        assert plons.webhook().fout is None


def test_a_redirect_is_not_followed(given: Given, database: Database, plons: Party) -> None:
    with receiver(302) as machine:
        plons.register(machine.url)
        plons.announced()
        assert caller(database).call(plons.client_id) == 1
        assert len(machine.calls) == 1
        assert plons.webhook().fout is Webhookfout.STATUS


def test_the_certificate_is_checked(database: Database, tmp_path: Path) -> None:
    plons = party(Given(database))  # by the real clock, as TLS does
    made = certificates(tmp_path)
    with receiver(context=made.context) as machine:
        plons.register(machine.url)
        id = plons.announced()
        assert caller(database).call(plons.client_id) == 1
        assert (machine.calls, plons.webhook().fout) == ([], Webhookfout.CERTIFICAAT)
        trusting = ssl.create_default_context(cafile=made.authority)
        assert caller(database, context=trusting).call(plons.client_id) is None
        assert machine.announced == [[str(id)]]


@contextmanager
def raw(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that says what it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            connected, _ = listening.accept()
            with connected:
                serve(connected)

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()


def drip(connected: socket.socket) -> None:
    """A sign at a time, until the other side has had enough."""
    try:
        while True:
            connected.sendall(b"H")
            if connected.recv(1) == b"":
                return
    except OSError:
        return


@pytest.mark.parametrize(
    "serve", [drip, lambda connected: connected.recv(1), lambda connected: connected.sendall(b"SSH-2.0-OpenSSH\r\n")]
)
def test_whoever_answers_slowly_never_or_strangely_is_left(
    database: Database, plons: Party, serve: Callable[[socket.socket], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "TIMEOUT_SECONDS", 0.5)
    with raw(serve) as url:
        plons.register(url)
        plons.announced()
        assert caller(database).call(plons.client_id) == 1
    assert plons.webhook().fout is Webhookfout.VERBINDING


def test_time_runs_out_for_the_whole_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign before each limit of its own does not help."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"HTTP/1.1 20")
        with pytest.raises(TimeoutError):
            webhooks._read_status(ours, time.monotonic() + 0.05)


# --- where it may not lead ------------------------------------------------------------------------


def leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """What the name resolves to from now on; returns the names that were looked up."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("10.0.0.1",), ("169.254.169.254",), ("8.8.8.8", "::1"), ()])
def test_a_name_that_leads_inside_is_not_called(
    database: Database, addresses: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_to(monkeypatch, *addresses)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("connected"))
    oproep = webhook.Oproep("https://pauze.plons.example/", [], b"{}", {})
    assert Caller(database, (1,), lokaal=False).attempt(oproep) is Webhookfout.ADRES


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = leads_to(monkeypatch, "8.8.8.8")
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    oproep = webhook.Oproep("https://pauze.plons.example/", [], b"{}", {})
    assert Caller(database, (1,), lokaal=False).attempt(oproep) is Webhookfout.VERBINDING
    assert (asked, connected) == (["pauze.plons.example"], [("8.8.8.8", 443)])


def test_production_does_not_call_this_machine_whatever_was_registered(database: Database, plons: Party) -> None:
    with receiver() as machine:
        plons.register(machine.url)
        plons.announced()
        assert Caller(database, (1,), lokaal=False).call(plons.client_id) == 1
        assert machine.calls == []
    actor = Actor.schuldeiser(plons.schuldeiser_id)
    with plons.given.session(actor) as session, pytest.raises(WebhookOngeldig):
        webhook.register(session, actor, plons.client_id, machine.url, lokaal=False)


# --- secrets, and the end -------------------------------------------------------------------------


def test_the_former_secret_signs_along_for_a_day_and_never_to_another_address(
    given: Given, database: Database, plons: Party, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = plons.register("http://127.0.0.1:1/")
    second = plons.register("http://127.0.0.1:1/")
    now = portal_clock.now()
    assert plons.webhook().signing(now) == [second, first]
    assert plons.webhook().signing(now + OVERLAP) == [second]
    third = plons.register("http://127.0.0.1:2/")
    assert plons.webhook().signing(now) == [third]


def test_the_secret_is_sealed(plons: Party, owner: Owner) -> None:
    geheim = plons.register("http://127.0.0.1:1/")
    (row,) = owner.execute("SELECT t::text FROM webhook t").fetchone() or ("",)
    assert geheim not in str(row)
    assert geheim.encode().hex() not in str(row)


def test_who_is_shut_out_is_called_no_more(given: Given, database: Database, plons: Party, count: Counted) -> None:
    with receiver() as machine:
        plons.register(machine.url)
        plons.announced()
        with given.session(Actor.systeem()) as session:
            api_toegang.revoke_client(session, Actor.systeem(), plons.client_id)
        assert caller(database).call(plons.client_id) is None
        assert machine.calls == []
    assert count.rows("webhook") == count.rows("webhookmelding") == 0


def test_only_the_schuldeiser_itself_registers(given: Given, plons: Party) -> None:
    stranger = Actor.schuldeiser(given.schuldeiser("Stroom"))
    for actor in (given.actor, Actor.systeem()):
        with given.session(actor) as session, pytest.raises(NotAllowed):
            webhook.register(session, actor, plons.client_id, "https://x.example/", lokaal=False)
    plons.register("http://127.0.0.1:1/")
    with given.session(stranger) as session:
        webhook.remove(session, stranger, plons.client_id)
    assert plons.webhook().url == "http://127.0.0.1:1/"


def test_a_call_whose_job_is_gone_is_queued_again(given: Given, plons: Party, owner: Owner, count: Counted) -> None:
    plons.register("http://127.0.0.1:1/")
    plons.announced()
    owner.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [JOB])
    with given.session(Actor.systeem()) as session:
        wachtrij.requeue(session, timedelta(0))
    assert count.jobs(JOB) == [str(plons.client_id)]
