"""The blueprint of the pages for anybody."""

from flask import Blueprint

bp = Blueprint("public", __name__)
