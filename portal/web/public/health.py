"""Whether this process lives, and whether it can do its work. True and false only: details would help an attacker."""

import logging
from dataclasses import asdict

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal.queries.gezondheid import Gereed, readiness
from portal.web import session
from portal.web.access import public
from portal.web.public.blueprint import bp

_log = logging.getLogger(__name__)


@bp.get("/gezondheid")
@public
def gezondheid() -> ResponseReturnValue:
    """The process answers. Needs no database: a database that is away is no reason to restart the web server."""
    return jsonify(leeft=True)


@bp.get("/gezondheid/klaar")
@public
def klaar() -> ResponseReturnValue:
    """200 when pages can be served and messages are sent, 503 when not."""
    try:
        gereed = readiness(session.db(), session.settings().worker_stalled_seconds)
    except SQLAlchemyError as error:
        _log.error("not ready", exc_info=error)
        gereed = Gereed(database=False, migratie=False, worker=False)
    return jsonify(asdict(gereed)), 200 if gereed.ok else 503
