"""An IMAP server with one mailbox, as far as a reader of mail needs one: sign in, search unread, fetch, flag, move."""

import re
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from typing import Self


@dataclass
class ImapServer:
    """`with ImapServer(context, {1: b"..."}) as server:` listens on `server.port`. `seen` and `moved` hold numbers."""

    context: ssl.SSLContext
    mails: dict[int, bytes]
    password: str = "geheim"
    seen: set[int] = field(default_factory=set)
    moved: dict[int, str] = field(default_factory=dict)
    port: int = 0

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), self)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, words: str) -> tuple[list[bytes], str]:
        """The untagged lines and the end of the tagged one."""
        verb = words.split(" ", maxsplit=1)[0].upper()
        if verb == "CAPABILITY":
            return [b"CAPABILITY IMAP4rev1"], "OK"
        if verb == "LOGIN":
            return [], "OK" if self.password in words else "NO [AUTHENTICATIONFAILED] no"
        if verb in {"SELECT", "EXAMINE"}:
            return [b"%d EXISTS" % len(self.mails)], "OK [READ-WRITE]" if "INBOX" in words else "NO no such folder"
        if verb == "LOGOUT":
            return [b"BYE"], "OK"
        return self._uid(words) if verb == "UID" else ([], "OK")

    def _uid(self, words: str) -> tuple[list[bytes], str]:
        _, verb, rest = words.split(" ", 2)
        if verb.upper() == "SEARCH":
            left = sorted(set(self.mails) - self.seen - set(self.moved))
            return [f"SEARCH {' '.join(map(str, left))}".strip().encode()], "OK"
        uids = [int(number) for number in re.findall(r"\d+", rest.split(" ")[0])]
        if verb.upper() == "FETCH":
            found = [(uid, self.mails[uid]) for uid in uids]
            return [b"%d FETCH (UID %d BODY[] {%d}\r\n%b)" % (uid, uid, len(raw), raw) for uid, raw in found], "OK"
        if verb.upper() == "STORE" and "Seen" in rest:
            self.seen.update(uids)
        if verb.upper() in {"COPY", "MOVE"}:
            self.moved |= dict.fromkeys(uids, rest.split(" ")[1].strip('"'))
        return [], "OK"


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], imap: ImapServer) -> None:
        self.imap = imap
        super().__init__(address, _Session)


class _Session(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        server: _Server = self.server  # type: ignore[assignment]
        try:
            with server.imap.context.wrap_socket(self.request, server_side=True) as tls, tls.makefile("rwb") as lines:
                self._talk(server.imap, lines)
        except OSError:
            return  # a client that does not trust us hangs up

    @staticmethod
    def _talk(imap: ImapServer, lines: object) -> None:
        def say(line: bytes) -> None:
            lines.write(line + b"\r\n")  # type: ignore[attr-defined]
            lines.flush()  # type: ignore[attr-defined]

        say(b"* OK ready")
        for line in lines:  # type: ignore[attr-defined]
            tag, words = line.decode().strip().split(" ", 1)
            untagged, end = imap.answer(words)
            for each in untagged:
                say(b"* " + each)
            say(f"{tag} {end} done".encode())
