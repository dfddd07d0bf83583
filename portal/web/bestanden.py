"""Pages that take a file, and a picture as an answer."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, request
from werkzeug.wrappers import Response

View = TypeVar("View", bound=Callable[..., object])

MAX_BODY_WITH_FILE_BYTES = 25 * 1024**2
"""Of a request to a page that takes a file: far over the 10 MB of the file, so that one of 12 MB is told in a sentence
with everything that was typed, not by an error page.
"""


def takes_file(view: View) -> View:
    """This page takes a file: what is sent to it may be larger."""
    view.takes_file = True  # type: ignore[attr-defined]
    return view


def allow_file() -> None:
    """Before anybody reads the request: whether it may be larger than a page of text."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_file", False):
        request.max_content_length = MAX_BODY_WITH_FILE_BYTES


def picture(content: bytes, mimetype: str = "image/jpeg") -> Response:
    """Only a picture, in this window, kept by nobody: a page of a letter."""
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": "inline"}
    return current_app.response_class(content, mimetype=mimetype, headers=headers)
