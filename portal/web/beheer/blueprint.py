"""The blueprint of the pages about the directory and the own organisatie."""

from flask import Blueprint

bp = Blueprint("beheer", __name__)
