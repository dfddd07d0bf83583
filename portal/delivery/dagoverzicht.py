"""The worker's part in the daily digest: make those that are due, carry one."""

import logging
from datetime import time, timedelta
from uuid import UUID

from portal.actions import dagoverzicht
from portal.db.engine import Database
from portal.delivery.opmaak import typeset
from portal.domain.roles import Actor

_log = logging.getLogger(__name__)


def make_due(database: Database, at: time, most_bytes: int, end_delay: timedelta) -> int:
    """Make every digest of today that was not made yet. Returns how many mails. One that fails keeps no other."""
    with database.session(Actor.systeem()) as session:
        schuldeisers = dagoverzicht.due(session, at)
    made = 0
    for id in schuldeisers:
        try:
            made += _make(database, id, most_bytes, end_delay)
        except Exception:
            _log.exception("the digest of %s was not made", id)
    return made


def _make(database: Database, schuldeiser_id: UUID, most_bytes: int, end_delay: timedelta) -> int:
    with database.session(Actor.systeem()) as session:
        missing = dagoverzicht.without_letter(session, schuldeiser_id)
    for kennisgeving_id in missing:
        typeset(database, kennisgeving_id)
    with database.session(Actor.systeem()) as session:
        return dagoverzicht.make(session, schuldeiser_id, most_bytes, end_delay)
