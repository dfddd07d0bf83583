"""The API for large schuldeisers: JSON in and out, a bearer token on every request, problem+json when it goes wrong."""

from portal.web.api import kennisgevingen, oauth, schuldeiser, uitleg, webhook
from portal.web.api.blueprint import bp

__all__ = ["bp", "kennisgevingen", "oauth", "schuldeiser", "uitleg", "webhook"]
