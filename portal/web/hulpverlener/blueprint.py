"""The blueprint of the hulpverlener's pages, and who may open them."""

from flask import Blueprint

from portal.domain.roles import READERS, REVIEWERS
from portal.web.access import requires

bp = Blueprint("hulpverlener", __name__)

may_read = requires(*READERS)
"""Who sees cases; an auditor sees and changes nothing."""

may_act = requires(*REVIEWERS)
"""Who decides on cases."""
