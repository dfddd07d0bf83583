"""The development inbox: what the portal mailed, as the mail server took it. Registered in development only."""

from io import BytesIO
from pathlib import Path

from flask import Blueprint, make_response, render_template, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.dev import inbox
from portal.web import session
from portal.web.access import public
from portal.web.security import CONTENT_SECURITY_POLICY

bp = Blueprint("postvak", __name__)

FRAMED_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
"""A mail is a stranger: it may have its own style, and do nothing at all."""


@bp.get("/postvak")
@public
def lijst() -> str:
    """What was received, newest first."""
    return render_template("dev/postvak.html", mails=inbox.newest(_folder()), limit=inbox.LIST_LIMIT)


@bp.get("/postvak/<key>")
@public
def bericht(key: str) -> ResponseReturnValue:
    """One message, with the envelope that a mail program does not show."""
    response = make_response(render_template("dev/bericht.html", mail=_mail(key)))
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response


@bp.get("/postvak/<key>/html")
@public
def html(key: str) -> ResponseReturnValue:
    """The HTML part alone, for the frame on the page of the message."""
    response = make_response(_mail(key).html)
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.get("/postvak/<key>/bijlagen/<int:nummer>")
@public
def bijlage(key: str, nummer: int) -> Response:
    """An attachment, counted from 1: a pdf in this window, anything else to keep. A stranger too."""
    found = _mail(key).bijlagen
    if not 1 <= nummer <= len(found):
        raise NotFound
    file = found[nummer - 1]
    is_pdf = file.mimetype == "application/pdf"
    response = send_file(BytesIO(file.content), file.mimetype, as_attachment=not is_pdf, download_name=file.name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _mail(key: str) -> inbox.ReceivedMail:
    mail = inbox.read(_folder(), key)
    if mail is None:
        raise NotFound
    return mail


def _folder() -> Path:
    return session.settings().portal_instance / "postvak"
