"""Headers and checks on every response.

Nothing comes from elsewhere, nothing is inline, nothing is kept by the browser.
"""

from flask import Flask, Response, abort, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings
from portal.web import taal
from portal.web.bestanden import allow_file

MAX_BODY_BYTES = 256 * 1024
MAX_FORM_FIELDS = 500
HSTS_SECONDS = 2 * 365 * 24 * 3600

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def refuse_other_sites() -> None:
    """A form on a page of somebody else ends here, before it can touch the session or have itself filled in."""
    if request.method in UNSAFE and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(400)


def refuse_addresses_with_nul() -> None:
    """No page has one, and the database does not take it."""
    if "\0" in request.path:
        abort(404)


def init_app(app: Flask, settings: Settings) -> None:
    """CSRF on every POST, limits on what is sent, headers on what is answered."""
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=MAX_FORM_FIELDS,
        WTF_CSRF_SSL_STRICT=False,  # browsers that send no Referer are welcome; token and SameSite cookie are the guard
        WTF_CSRF_TIME_LIMIT=None,  # a form that lay open for a night is still good; the session is the limit
    )
    app.before_request(refuse_other_sites)
    app.before_request(refuse_addresses_with_nul)
    app.before_request(allow_file)
    app.before_request(taal.choose)
    CSRFProtect(app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not settings.is_development:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={HSTS_SECONDS}; includeSubDomains")
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
