"""Settings for delivery tests, and real worker processes on the database of the tests."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.settings import ROOT, Settings
from tests.conftest import ADRESSEN, KEYRING, Server


def settings_for(**environ: str) -> Settings:
    """Development settings with the addresses of the tests, deaf to the environment of whoever runs them."""
    return Settings.from_environ({"PORTAL_ENV": "development", **_FIXED, **environ})


_FIXED = {
    "BASE_URL": ADRESSEN.base_url,
    "MAIL_FROM": ADRESSEN.mail_from,
    "MAIL_ENVELOPE_DOMAIN": ADRESSEN.envelope_domain,
    "MAIL_TIMEOUT_SECONDS": "2",
    "ENCRYPTION_KEYS": ",".join(f"{number}:{base64.b64encode(key).decode()}" for number, key in KEYRING.keys.items()),
    "INDEX_KEY": base64.b64encode(KEYRING.index_key).decode(),
}


class Worker:
    """One `portal worker`, and what it wrote."""

    def __init__(self, server: Server, mail_port: int, log: Path, **environ: str) -> None:
        strange = {name.upper() for name in Settings.__dataclass_fields__}
        plain = {name: value for name, value in os.environ.items() if name not in strange}
        own = {"DATABASE_URL": server.app_url, "MAIL_PORT": str(mail_port), "PORTAL_ENV": "development"}
        self._log = log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal", "worker"],
            cwd=ROOT,
            env=plain | _FIXED | own | environ,
            stdout=self._log,
            stderr=self._log,
        )

    def kill(self) -> None:
        """As a power cut would: kill -9."""
        self.process.kill()
        self.process.wait()
        self._log.close()

    def stop(self, timeout: float = 15) -> int:
        """As an administrator would: SIGTERM. Returns the exit code."""
        self.process.terminate()
        try:
            return self.process.wait(timeout)
        finally:
            self.kill()


@contextmanager
def worker(server: Server, mail_port: int, log: Path, **environ: str) -> Iterator[Worker]:
    """A worker for as long as the block lasts."""
    running = Worker(server, mail_port, log, **environ)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()
