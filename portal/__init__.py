"""The self-service portal of the Landelijke Pauzeknop."""

from pathlib import Path

from flask import Flask

from config import logging as portal_logging
from config.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings) -> Flask:
    """The web application: a list of registrations, no logic."""
    from portal.delivery.drukkerij import print_sheet
    from portal.delivery.message import mail_bytes
    from portal.process import start
    from portal.web import access, blueprints, errors, security, session, static, taal, templating

    app = Flask("portal", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.extensions["settings"] = settings
    app.extensions["database"] = start(settings, pool_size=settings.web_threads)
    app.extensions["mail_bytes"] = mail_bytes  # pages may show a mail as it was sent; they cannot send one
    app.extensions["print_sheet"] = print_sheet
    portal_logging.init_app(app)
    session.init_app(app, settings)
    security.init_app(app, settings)
    errors.init_app(app)
    static.init_app(app)
    templating.init_app(app)
    taal.init_app(app)
    blueprints.init_app(app, settings)
    access.init_app(app)
    return app
