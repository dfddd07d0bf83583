"""Limits hold across processes: two Database objects are two processes as far as the database can tell."""

from contextlib import suppress
from datetime import date, timedelta

import pytest

from portal.db.engine import Database
from portal.db.limits import Limit, forget_old, hit
from portal.domain.errors import TooManyAttempts
from tests.actions.conftest import at_once
from tests.conftest import ADRESSEN

THREE = Limit("proef", 3, 900)


@pytest.fixture
def second(server):
    """The database as another process sees it."""
    opened = Database(server.app_url, ADRESSEN)
    yield opened
    opened.dispose()


def test_attempts_in_two_processes_count_together(database, second, clock):
    hit(database, THREE, "fatma")
    hit(second, THREE, "fatma")
    hit(database, THREE, "fatma")
    with pytest.raises(TooManyAttempts):
        hit(second, THREE, "fatma")


def test_one_key_and_one_limit_do_not_use_up_another(database, clock):
    for _ in range(3):
        hit(database, THREE, "fatma")
    hit(database, THREE, "karim")
    hit(database, Limit("iets anders", 3, 900), "fatma")


def test_who_is_stopped_hears_how_long_to_wait_and_may_try_again_then(database, clock):
    clock.set(date(2027, 2, 1), hour=10, minute=10)
    for _ in range(3):
        hit(database, THREE, "fatma")
    with pytest.raises(TooManyAttempts) as caught:
        hit(database, THREE, "fatma")
    assert 295 <= caught.value.retry_after_seconds <= 301  # the window ends at 10:15
    clock.set(date(2027, 2, 1), hour=10, minute=15, second=1)
    hit(database, THREE, "fatma")


def test_a_refused_attempt_counts_too(database, clock, owner):
    for _ in range(5):
        with suppress(TooManyAttempts):
            hit(database, THREE, "fatma")
    assert owner.execute("SELECT aantal FROM teller").fetchone() == (5,)


def test_thirty_attempts_at_once_are_thirty_attempts(database, second, clock):
    ten = Limit("proef", 10, 900)
    results, errors = at_once(30, lambda number: hit((database, second)[number % 2], ten, "fatma"))
    assert len(results) == 10
    assert {type(error) for error in errors} == {TooManyAttempts}


def test_the_key_is_not_stored(database, clock, owner):
    hit(database, THREE, "fatma@inwoner.example")
    (key,) = owner.execute("SELECT sleutel FROM teller").fetchone()
    assert b"fatma" not in bytes(key)


def test_old_counters_are_forgotten_and_present_ones_stay(database, clock, owner):
    hit(database, THREE, "gisteren")
    clock.set(date(2027, 2, 2), hour=12)
    hit(database, THREE, "vandaag")
    forget_old(database, timedelta(days=1))
    assert owner.execute("SELECT count(*) FROM teller").fetchone() == (1,)
