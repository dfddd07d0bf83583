"""The way to the machine of a schuldeiser: one POST to an address that was looked up and checked just before.

The name is resolved once and that address is connected to, so it cannot lead elsewhere in between. Redirects are not
followed, and of the answer only the status is read.
"""

import http.client
import logging
import re
import socket
import ssl
import time
from uuid import UUID

from portal.actions import webhook
from portal.db.engine import Database
from portal.domain.errors import WebhookOngeldig
from portal.domain.roles import Actor
from portal.domain.webhook import Doel, Webhookfout, may_call, read_url

TIMEOUT_SECONDS = 10
"""For a whole call, from connecting to the status line. Assumption."""

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
_STATUS_LENGTH = len("HTTP/1.1 200")

_log = logging.getLogger(__name__)


class NotReached(Exception):
    """The call did not arrive."""

    def __init__(self, fout: Webhookfout) -> None:
        super().__init__(fout)
        self.fout = fout


class Caller:
    """Calls webhooks. `lokaal` (development) may also call this machine; `waits` are the seconds between attempts."""

    def __init__(
        self, database: Database, waits: tuple[int, ...], *, lokaal: bool, context: ssl.SSLContext | None = None
    ) -> None:
        self.database, self.waits, self.lokaal = database, waits, lokaal
        self.context = context or ssl.create_default_context()

    def call(self, webhook_id: UUID) -> int | None:
        """Announce what waits. Returns after how many seconds to try again, or None when there is no need."""
        wait: int | None = 0
        while wait == 0:
            with self.database.session(Actor.systeem()) as session:
                oproep = webhook.next_call(session, webhook_id)
            if oproep is None:
                return None
            fout = self.attempt(oproep)
            with self.database.session(Actor.systeem()) as session:
                wait = webhook.record_call(session, webhook_id, oproep, fout, self.waits)
        return wait

    def attempt(self, oproep: webhook.Oproep) -> Webhookfout | None:
        """One POST; None when it arrived."""
        try:
            self._post(oproep)
        except NotReached as error:
            return error.fout
        except WebhookOngeldig:
            return Webhookfout.ADRES
        except ssl.SSLError:
            return Webhookfout.CERTIFICAAT
        except OSError:
            return Webhookfout.VERBINDING
        return None

    def _post(self, oproep: webhook.Oproep) -> None:
        doel = read_url(oproep.url, lokaal=self.lokaal)
        deadline = time.monotonic() + TIMEOUT_SECONDS
        with self._connect(doel, self._resolve(doel), deadline) as connected:
            exchange = http.client.HTTPConnection(doel.host, doel.port)
            exchange.sock = connected
            connected.settimeout(_left(deadline))
            exchange.request(
                "POST", doel.path, oproep.body, oproep.headers | {"Host": _host(doel), "Connection": "close"}
            )
            status = _read_status(connected, deadline)
        if not 200 <= status < 300:
            raise NotReached(Webhookfout.STATUS)

    def _resolve(self, doel: Doel) -> list[str]:
        """The addresses behind the name; one that is not allowed refuses them all."""
        try:
            found = socket.getaddrinfo(doel.host, doel.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NotReached(Webhookfout.ADRES) from error
        addresses = [str(each[4][0]) for each in found]
        if not addresses or not all(may_call(address, lokaal=self.lokaal) for address in addresses):
            _log.warning("A webhook leads to an address that is not called")
            raise NotReached(Webhookfout.ADRES)
        return addresses

    def _connect(self, doel: Doel, addresses: list[str], deadline: float) -> socket.socket:
        plain = _first_that_answers(addresses, doel.port, deadline)
        if not doel.secure:
            return plain
        try:
            plain.settimeout(_left(deadline))
            return self.context.wrap_socket(plain, server_hostname=doel.host)
        except BaseException:
            plain.close()
            raise


def _first_that_answers(addresses: list[str], port: int, deadline: float) -> socket.socket:
    for address in addresses:
        try:
            return socket.create_connection((address, port), _left(deadline))
        except OSError:
            continue
    raise NotReached(Webhookfout.VERBINDING)


def _read_status(connected: socket.socket, deadline: float) -> int:
    """The status, within the time that is left for all of it together: an answer cannot be dripped."""
    said = b""
    while len(said) < _STATUS_LENGTH:
        connected.settimeout(_left(deadline))
        if not (more := connected.recv(_STATUS_LENGTH - len(said))):
            break
        said += more
    found = _STATUS.fullmatch(said)
    if found is None:
        raise NotReached(Webhookfout.VERBINDING)
    return int(found[1])


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _host(doel: Doel) -> str:
    usual = 443 if doel.secure else 80
    return doel.host if doel.port == usual else f"{doel.host}:{doel.port}"
