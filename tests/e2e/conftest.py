"""The running portal and a telephone to browse it with."""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from config.settings import ROOT
from portal.dev.inbox import ReceivedMail, newest
from tests.running import Run, environ_for, started

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
CODE_SECONDS = 60
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

expect.set_options(timeout=15_000)
ACTION_MILLISECONDS = 15_000


@dataclass(frozen=True)
class SignedIn:
    """What a browser needs to be a member of staff, and the page that it came to."""

    cookies: list[Any]
    url: str


@dataclass(frozen=True)
class Portal:
    """A portal of our own, seeded, with its worker and its inbox."""

    run: Run
    signed_in: dict[str, SignedIn] = field(default_factory=dict)
    """Staff by their address. A code works once, so who signs in again and again waits half a minute each time."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.run.port}"

    @property
    def password(self) -> str:
        found = re.search(r"sanne@\S+\s+(\S+)", self.run.output())
        assert found
        return found[1]

    def code(self, email: str) -> str:
        """What `portal demo-code` prints; who signs in for the third time in half a minute waits for the next one."""
        environ = environ_for(self.run.instance, PORT=str(self.run.port))
        command = [sys.executable, "-m", "portal", "demo-code", email]
        deadline = time.monotonic() + CODE_SECONDS
        while True:
            ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
            if ended.returncode == 0:
                return ended.stdout.strip()
            assert "try again in" in ended.stderr, ended.stderr
            assert time.monotonic() < deadline, ended.stderr
            time.sleep(1)

    def mails(self) -> list[ReceivedMail]:
        """Everything in the development inbox, newest first."""
        return newest(self.run.instance / "postvak", limit=1000)


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """Kept short on disk: a socket's path may have a hundred signs."""
    folder = Path(tempfile.mkdtemp(prefix="pk-"))
    folder.chmod(0o755)
    with started(folder / "i") as run:
        yield Portal(run)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert path, "install chromium (Debian: apt-get install chromium)"
    browser = playwright.chromium.launch(executable_path=path, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def phone(chromium: Browser, portal: Portal) -> Iterator[BrowserContext]:
    """A telephone: 360 by 740, with script."""
    with chromium.new_context(viewport=PHONE, base_url=portal.url, locale="nl-NL") as context:
        yield context


@pytest.fixture
def desk(chromium: Browser, portal: Portal) -> Iterator[BrowserContext]:
    """A screen at work."""
    with chromium.new_context(viewport=DESK, base_url=portal.url, locale="nl-NL") as context:
        yield context
