"""What somebody sent as a photo, a PDF or a logo, made into pictures that are safe to keep and to show."""

import os
import subprocess
import sys
from pathlib import Path

from portal.domain.foto import Beeld
from portal.domain.logo import Logo

MAX_FILE_BYTES = 10 * 1024**2
"""Of one file. A photo of 12 megapixels has 3 to 6 MB; a scanned letter less."""

WALL_SECONDS = 20
"""Longest wait for the pages of one file: under the 30 seconds of gunicorn and of the proxy."""

MAX_OUT_BYTES = 40 * 1024**2
"""Of all pages together. Ten pages of noise, which no letter is, have 20 MB."""

_CHILD = str(Path(__file__).with_name("kind.py"))


class OnleesbaarBestand(ValueError):
    """The file is no photo or PDF that can be read, or reading it takes more than a letter takes."""


def pages_of(sent: bytes) -> Beeld:
    """Its pages as JPEG without metadata, upright, at most 2000 pixels long. Raises OnleesbaarBestand."""
    return _made_anew(sent)


def logo_of(sent: bytes) -> Logo:
    """A PNG or JPEG as a small PNG on white, without metadata. Raises OnleesbaarBestand."""
    return Logo(_made_anew(sent, "logo").paginas[0])


def _made_anew(sent: bytes, *made_into: str) -> Beeld:
    """What the child made of it. It inherits no environment: it needs none, and has no secret to lose."""
    if len(sent) > MAX_FILE_BYTES:
        raise OnleesbaarBestand("too large")
    environment = {"PATH": os.defpath, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-I", _CHILD, *made_into],
            input=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise OnleesbaarBestand("too slow") from error
    if done.returncode != 0 or len(done.stdout) > MAX_OUT_BYTES:
        raise OnleesbaarBestand(f"the reader ended with {done.returncode}")
    return Beeld(done.stdout)
