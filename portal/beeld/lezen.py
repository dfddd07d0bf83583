"""The text on the pages of a letter, read by Tesseract where that is installed. Nothing leaves the machine."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TAAL = "nld"
"""The language of letters of Dutch companies, by Tesseract's own code."""

MAX_PAGES = 2
"""Pages that are read of one letter: who wrote it and how much it is stand on the first, or on top of the second."""

WALL_SECONDS = 40
"""Longest wait for one page; longer than the child waits for Tesseract, so that the child ends it."""

ASK_SECONDS = 10
"""Longest wait for the languages that Tesseract knows; 0.05 is usual."""

MAX_TEXT_BYTES = 100_000
"""Of one page. A page full of small print has 8,000."""

ENVIRONMENT = {"PATH": os.defpath, "OMP_THREAD_LIMIT": "1"}
"""All that Tesseract is told: no secret of ours; one thread, because many pages are read side by side."""

NOT_NOW = 4
"""The child's exit status when time or memory ran out. See leeskind.py."""

_CHILD = str(Path(__file__).with_name("leeskind.py"))


class NuNietTeLezen(RuntimeError):
    """Time or memory ran out, or somebody ended the child: another time it may be read."""


def reader() -> str | None:
    """Where Tesseract is, if it is there and knows Dutch. Raises NuNietTeLezen when it does not say so in time."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    command = [found, "--list-langs"]
    try:
        asked = subprocess.run(
            command, capture_output=True, text=True, timeout=ASK_SECONDS, check=False, env=ENVIRONMENT
        )
    except subprocess.TimeoutExpired as error:
        raise NuNietTeLezen("it does not say which languages it knows") from error
    return found if TAAL in asked.stdout.split() else None


def text_of(paginas: Sequence[bytes]) -> str | None:
    """What stands on the first pages, columns apart by spaces. None: there is no reader. A page that it cannot read
    says nothing. Raises NuNietTeLezen.
    """
    tesseract = reader()
    if tesseract is None:
        return None
    return "\n".join(_page(tesseract, pagina) for pagina in paginas[:MAX_PAGES])


def _page(tesseract: str, pagina: bytes) -> str:
    """The child inherits no environment. When the wait is over it ends, and Tesseract with it."""
    with subprocess.Popen(
        [sys.executable, "-I", _CHILD, tesseract],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        start_new_session=True,
    ) as child:
        try:
            text, _ = child.communicate(pagina, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise NuNietTeLezen("too slow") from error
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode < 0 or child.returncode == NOT_NOW:
        raise NuNietTeLezen(f"the child ended with {child.returncode}")
    return text[:MAX_TEXT_BYTES].decode(errors="replace") if child.returncode == 0 else ""
