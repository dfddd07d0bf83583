"""The blueprints, one per audience."""

from flask import Flask

from config.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Register them. The development inbox exists in development only."""
    from portal.web.account import bp as account
    from portal.web.api import bp as api
    from portal.web.beheer import bp as beheer
    from portal.web.hulpverlener import bp as hulpverlener
    from portal.web.hulpvrager import bp as hulpvrager
    from portal.web.public import bp as public
    from portal.web.schuldeiser import bp as schuldeiser

    for blueprint in (public, account, hulpvrager, hulpverlener, schuldeiser, beheer, api):
        app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt(api)  # no cookie opens anything there, so there is nothing to forge
    app.extensions["csrf"].exempt(hulpvrager)  # checks it itself, so that what was typed is not lost (verlopen.py)
    if settings.is_development:
        from portal.web.postvak import bp as postvak

        app.register_blueprint(postvak)
