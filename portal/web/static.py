"""Static files under a name that changes with their content: cached for ever, compressed once."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import partial, update_wrapper
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, abort, request, url_for
from werkzeug.exceptions import NotFound

from portal.web.access import public

SUFFIXES = frozenset({".css", ".svg", ".png", ".ico", ".js"})
YEAR_SECONDS = 365 * 24 * 3600
FOR_EVER = f"public, max-age={YEAR_SECONDS}, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file in memory, plain and compressed, and the hash of its content."""

    content: bytes
    compressed: bytes
    content_type: str
    version: str

    @classmethod
    def read(cls, path: Path) -> "Asset":
        content = path.read_bytes()
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return cls(
            content,
            gzip.compress(content, 9, mtime=0),
            f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            hashlib.sha256(content).hexdigest()[:12],
        )


def init_app(app: Flask) -> None:
    """Read the files of static/ (a handful of small ones) and serve them."""
    folder = Path(app.root_path) / "static"
    assets = {path.name: Asset.read(path) for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES}
    view = update_wrapper(partial(_serve, assets), _serve)  # Flask-WTF looks at the name of every view
    app.add_url_rule("/static/<path:filename>", "static", public(view))
    app.add_template_global(partial(_static_url, assets), "static_url")


def _static_url(assets: dict[str, Asset], filename: str) -> str:
    """The address of a file with the hash of its content."""
    return url_for("static", filename=filename, v=assets[filename].version)


def _serve(assets: dict[str, Asset], filename: str) -> Response:
    asset = assets.get(filename)
    if asset is None:
        abort(NotFound.code)
    compressed = len(asset.compressed) < len(asset.content) and request.accept_encodings["gzip"] > 0
    response = Response(asset.compressed if compressed else asset.content, content_type=asset.content_type)
    if compressed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    fresh = request.args.get("v") == asset.version
    response.headers["Cache-Control"] = FOR_EVER if fresh else "no-cache"
    response.set_etag(asset.version)
    return response
