"""A Postfix of its own: on loopback at a high port, mailboxes in a folder, bounces piped to `portal inbound`.

It must be started as root: its parts give up their rights one by one. Its pipe refuses to run anything as root, and a
checkout may lie where nobody else can read, so the piped script hands each mail over to the test, which runs the
command and gives its exit code back.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from config.settings import ROOT

PROGRAM = shutil.which("postfix", path=f"{os.environ['PATH']}:/usr/sbin") or "postfix"
FULL_AT = 100_000
"""Bytes that a mailbox may hold; a message must be smaller."""

MASTER = """\
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
portal unix - n n - 2 pipe
  flags=q user={user} argv={script} --sender=${{sender}} --recipient=${{original_recipient}}
"""

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = mx.postfix.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_peername_lookup = no
smtp_dns_support_level = disabled
alias_maps =
alias_database =
message_size_limit = 90000
virtual_mailbox_domains = schuldeiser.example, inwoner.example
virtual_mailbox_base = {folder}/post
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_mailbox_limit = {full}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
transport_maps = texthash:{folder}/transport
relay_domains = {bounces}
portal_destination_recipient_limit = 1
"""


SCRIPT = """\
#!/bin/sh
here=$(mktemp -d {spool}/XXXXXX) || exit 75
cat > "$here/mail" && mkfifo "$here/code" && printf '%s\\n' "$@" > "$here/words.new" || exit 75
mv "$here/words.new" "$here/words" && read -r code < "$here/code" && exit "$code"
exit 75
"""


class Postfix:
    """`with Postfix(mailboxes, ...) as mail:` takes mail at `mail.port`.

    Its folder is not one of pytest's: those are closed to other users again whenever another pytest starts.
    """

    def __init__(self, mailboxes: Mapping[str, str], bounces: str, environ: Mapping[str, str]) -> None:
        self.folder = folder = Path(tempfile.mkdtemp(prefix="pauzeknop-postfix-"))
        self.environ, self.user = environ, pwd.getpwnam("nobody")
        self.port = _free_port()
        for name in ("queue", "data", "post", "spool", "config"):
            (folder / name).mkdir()
        folder.chmod(0o711)  # the mailboxes belong to another user
        shutil.chown(folder / "data", "postfix")
        for name in ("post", "spool"):
            shutil.chown(folder / name, self.user.pw_uid)
        (folder / "mailboxes").write_text("".join(f"{address} {box}\n" for address, box in mailboxes.items()))
        (folder / "transport").write_text(f"{bounces} portal:\n")
        self._write_configuration(bounces, self._script())

    def _script(self) -> Path:
        script = self.folder / "inbound"
        script.write_text(SCRIPT.format(spool=self.folder / "spool"))
        script.chmod(0o755)
        return script

    def _write_configuration(self, bounces: str, script: Path) -> None:
        facts = {"folder": self.folder, "full": FULL_AT, "uid": self.user.pw_uid, "gid": self.user.pw_gid}
        (self.folder / "config" / "main.cf").write_text(MAIN.format(bounces=bounces, **facts))
        (self.folder / "config" / "master.cf").write_text(
            MASTER.format(port=f"127.0.0.1:{self.port}", user=self.user.pw_name, script=script)
        )

    def fill(self, box: str) -> None:
        """Leave no room in a mailbox."""
        path = self.folder / "post" / box
        path.write_bytes(b"x" * (FULL_AT - 100))
        shutil.chown(path, self.user.pw_uid, self.user.pw_gid)

    def __enter__(self) -> Self:
        done = self._command("start")
        assert done.returncode == 0, done.stderr + self.log
        return self

    def __exit__(self, *exc: object) -> None:
        self._command("stop")
        shutil.rmtree(self.folder)

    def run_piped(self) -> list[int]:
        """Run `portal inbound` for each mail that waits in the pipe; returns the exit codes."""
        codes = []
        for words in self.folder.glob("spool/*/words"):
            done = subprocess.run(
                [sys.executable, "-m", "portal", "inbound", *words.read_text().splitlines()],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], **self.environ},
                input=(words.parent / "mail").read_bytes(),
                capture_output=True,
            )
            words.unlink()
            (words.parent / "code").write_text(f"{done.returncode}\n")
            codes.append(done.returncode)
        return codes

    def _command(self, verb: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([PROGRAM, "-c", str(self.folder / "config"), verb], capture_output=True, text=True)

    @property
    def log(self) -> str:
        path = self.folder / "mail.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def box(self, name: str) -> bytes:
        path = self.folder / "post" / name
        return path.read_bytes() if path.exists() else b""


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
