"""The blueprint of the front door."""

from flask import Blueprint

bp = Blueprint("account", __name__)
