"""A real name server on loopback with the records that a test gives it."""

import socket
import threading
from typing import Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

TTL = 60


class NameServer:
    """`with NameServer({("pauzeknop.example", "TXT"): ['"v=spf1 -all"']}) as dns:` answers at `dns.address`.

    A question about a name in `silent` is not answered at all. `vouched` says of every answer that DNSSEC is right.
    """

    def __init__(
        self, records: dict[tuple[str, str], list[str]], *, silent: frozenset[str] = frozenset(), vouched: bool = True
    ) -> None:
        self.records, self.silent, self.vouched = records, silent, vouched

    def __enter__(self) -> Self:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._socket.sendto(b"", self._socket.getsockname())
        self._thread.join()
        self._socket.close()

    @property
    def address(self) -> str:
        return f"127.0.0.1#{self._socket.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            wire, client = self._socket.recvfrom(4096)
            if not wire:
                return
            answer = self._answer(dns.message.from_wire(wire))
            if answer is not None:
                self._socket.sendto(answer.to_wire(), client)

    def _answer(self, question: dns.message.Message) -> dns.message.Message | None:
        [asked] = question.question
        name, kind = asked.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(asked.rdtype)
        if name in self.silent:
            return None
        answer = dns.message.make_response(question)
        if found := self.records.get((name, kind)):
            answer.answer.append(dns.rrset.from_text_list(asked.name, TTL, "IN", kind, found))
        elif not any(known == name for known, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        if self.vouched:
            answer.flags |= dns.flags.AD
        return answer
