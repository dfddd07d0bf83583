"""A round of the worker: what is due, one transaction each."""

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from portal.actions.work import Work, unit_of_work
from portal.db.engine import ScopedSession
from portal.domain.errors import MoveNotAllowed, NotFound
from portal.domain.roles import Actor

PER_ROUND = 2000
"""What one round takes at most; the next round takes the rest. Assumption: a round of some twenty seconds."""

Key = TypeVar("Key")

_log = logging.getLogger(__name__)


def one_by_one(session: ScopedSession, keys: Sequence[Key], act: Callable[[Work, Key], object]) -> int:
    """Returns how many were done. One that fails is logged and keeps no other waiting; another worker may be first."""
    done = 0
    for key in keys:
        session.expunge_all()  # what an earlier act had in hand may have changed since
        try:
            with unit_of_work(session, Actor.systeem()) as work:
                act(work, key)
            done += 1
        except (MoveNotAllowed, NotFound):
            continue
        except Exception:
            _log.exception("%s failed for %s", act.__name__, key)
    return done
