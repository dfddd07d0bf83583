"""The blueprint of the API for large schuldeisers, and of the pages that explain it."""

from flask import Blueprint

bp = Blueprint("api", __name__, url_prefix="/api")
