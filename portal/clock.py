"""The only place that asks for the time. Instants are UTC, days are days of the Dutch calendar."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEDERLAND = ZoneInfo("Europe/Amsterdam")

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)
"""A context variable, so that another thread or request keeps the real time."""


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Inside the block, on this thread, it is that aware instant and stays it.

    For the demonstration world, whose cases need a past that real acts made, and for tests; nothing else calls this.
    """
    token = _fixed.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def today() -> date:
    """The present day in the Netherlands."""
    return dutch_date(now())


def dutch_date(instant: datetime) -> date:
    """The Dutch calendar day on which an aware instant falls."""
    return instant.astimezone(NEDERLAND).date()


def day_end(dag: date) -> datetime:
    """The instant at which a Dutch day is over."""
    return datetime.combine(dag + timedelta(days=1), time.min, NEDERLAND)
