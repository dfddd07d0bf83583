"""Hostile visitors: the portal in a browser, a desk of staff, and the superuser's eye, together."""

from tests.actions.conftest import count
from tests.web.conftest import app, browser, make_app, new_browser
from tests.web.hulpverlener.conftest import anna, werkplek

__all__ = ["anna", "app", "browser", "count", "make_app", "new_browser", "werkplek"]
