"""The worker's part in the daily digest: make those that are due, carry one."""

from datetime import time, timedelta

from portal.actions import dagoverzicht
from portal.db.engine import Database
from portal.delivery.opmaak import typeset
from portal.domain.roles import Actor


def make_due(database: Database, at: time, most_bytes: int, end_delay: timedelta) -> int:
    """Make every digest of today that was not made yet. Returns how many mails."""
    with database.session(Actor.systeem()) as session:
        schuldeisers = dagoverzicht.due(session, at)
    made = 0
    for id in schuldeisers:
        with database.session(Actor.systeem()) as session:
            missing = dagoverzicht.without_letter(session, id)
        for kennisgeving_id in missing:
            typeset(database, kennisgeving_id)
        with database.session(Actor.systeem()) as session:
            made += dagoverzicht.make(session, id, most_bytes, end_delay)
    return made
