"""The text on the pages of a letter, read by Tesseract where that is installed. Nothing leaves the machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

TAAL = "nld"
"""The language of letters of Dutch companies, by Tesseract's own code."""

MAX_PAGES = 2
"""Pages that are read of one letter: who wrote it and how much it is stand on the first, or on top of the second."""

WALL_SECONDS = 40
"""Longest wait for one page; longer than the child waits for Tesseract, so that the child ends it."""

MAX_TEXT_BYTES = 100_000
"""Of one page. A page full of small print has 8,000."""

_CHILD = str(Path(__file__).with_name("leeskind.py"))


@cache
def reader() -> str | None:
    """Where Tesseract is, if it is there and knows Dutch; asked once in a process."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    asked = subprocess.run([found, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)
    return found if TAAL in asked.stdout.split() else None


def text_of(paginas: Sequence[bytes]) -> str | None:
    """What stands on the first pages, columns apart by spaces. None: there is no reader. A page that it cannot read
    says nothing.
    """
    tesseract = reader()
    if tesseract is None:
        return None
    return "\n".join(_page(tesseract, pagina) for pagina in paginas[:MAX_PAGES])


def _page(tesseract: str, pagina: bytes) -> str:
    """The child inherits no environment; one thread, because many pages are read side by side."""
    environment = {"PATH": os.defpath, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-I", _CHILD, tesseract],
            input=pagina,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout[:MAX_TEXT_BYTES].decode(errors="replace") if done.returncode == 0 else ""
