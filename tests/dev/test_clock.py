from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from config.settings import ROOT
from portal import clock

NEW_YEARS_EVE = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


def test_inside_the_block_it_is_that_instant():
    with clock.at(NEW_YEARS_EVE):
        assert clock.now() == NEW_YEARS_EVE
        assert clock.today() == date(2027, 1, 1), "in the Netherlands it is next year already"


def test_blocks_nest_and_the_real_time_comes_back_after_an_error():
    with suppress(RuntimeError), clock.at(NEW_YEARS_EVE):
        with clock.at(NEW_YEARS_EVE - timedelta(days=1)):
            assert clock.now().day == 30
        assert clock.now() == NEW_YEARS_EVE
        raise RuntimeError
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_another_thread_keeps_the_real_time():
    with clock.at(NEW_YEARS_EVE), ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(clock.now).result() != NEW_YEARS_EVE


def test_only_the_demonstration_world_moves_the_clock():
    users = {
        path.relative_to(ROOT).as_posix()
        for folder in ("portal", "config")
        for path in (ROOT / folder).rglob("*.py")
        if "clock.at(" in path.read_text(encoding="utf-8") or "clock import at" in path.read_text(encoding="utf-8")
    }
    assert users == {"portal/dev/wereld/verteller.py"}
