"""Each day that is over gets one kop over every chain that grew on it, once, in order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import clock as portal_clock
from portal.actions import dagkoppen
from portal.domain.keten import GENESIS, leaf_hash, root_of
from portal.domain.roles import Actor
from portal.models import AuditEntry, Dagkop, Ketenstand
from portal.queries import audit
from portal.queries.dagkoppen import koppen, standen
from tests.conftest import FIRST_DAY

NEXT = FIRST_DAY + timedelta(days=1)


def close(given):
    return dagkoppen.close_days(given.database)


def all_koppen(given):
    with given.session(Actor.systeem()) as session:
        return list(reversed(koppen(session, 1000)))


def stand(given, id):
    with given.session(Actor.systeem()) as session:
        return standen(session, id)


def length(given, id):
    with given.session(Actor.systeem()) as session:
        return len(session.scalars(select(AuditEntry).where(AuditEntry.keten == id)).all())


def test_without_any_entry_there_is_no_day_to_close(given, clock):
    clock.set(NEXT)
    assert close(given) == 0
    assert all_koppen(given) == []


def test_a_day_is_closed_when_it_is_over_and_whatever_began_in_it_has_settled(given, clock):
    given.concept()
    clock.set(FIRST_DAY, 23, 59)
    assert close(given) == 0
    clock.set(NEXT, 0, 10)
    assert close(given) == 0
    clock.set(NEXT, 0, 15, 1)
    assert close(given) == 1
    assert [kop.dag for kop in all_koppen(given)] == [FIRST_DAY]


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_a_day_ends_by_the_clock_in_the_netherlands_also_when_that_clock_changes(given, clock, day):
    clock.set(day, 23, 59)
    inside = given.concept()
    clock.set(day + timedelta(days=1), 0, 1)
    outside = given.concept()
    clock.set(day + timedelta(days=1), 1)
    assert close(given) == 1
    assert len(stand(given, inside)) == 1
    assert stand(given, outside) == []


def test_closing_twice_closes_once(given, clock):
    given.concept()
    clock.set(NEXT)
    assert (close(given), close(given)) == (1, 0)


def test_workers_at_once_close_each_day_once(given, clock):
    given.concept()
    clock.set(FIRST_DAY + timedelta(days=5))
    with ThreadPoolExecutor(4) as threads:
        closed = list(threads.map(lambda _: close(given), range(4)))
    assert sum(closed) == 5
    assert len(all_koppen(given)) == 5
    assert audit.verify(given.database).ok


def test_days_without_a_worker_are_closed_later_each_as_it_was(given, clock):
    first = given.concept()
    clock.set(FIRST_DAY + timedelta(days=2))
    second = given.approved()
    clock.set(FIRST_DAY + timedelta(days=6))
    given.withdraw(second)
    assert close(given) == 6
    made = all_koppen(given)
    assert [kop.dag for kop in made] == [FIRST_DAY + timedelta(days=n) for n in range(6)]
    assert [kop.vorige_kop for kop in made] == [GENESIS, *(kop.kop for kop in made[:-1])]
    assert made[1].bladen == made[3].bladen == 0, "a day on which nothing happened has a kop too"
    [(of_first, _)], [(of_second, _)] = stand(given, first), stand(given, second)
    assert of_first.volgnummer == length(given, first)
    assert of_second.volgnummer < length(given, second), "what happened today is not in it yet"
    clock.set(FIRST_DAY + timedelta(days=7))
    assert close(given) == 1
    assert stand(given, second)[-1][0].volgnummer == length(given, second)


def test_only_chains_that_grew_cost_a_leaf(given, clock):
    for _ in range(3):
        given.concept()
    clock.set(NEXT)
    close(given)
    given.concept()
    clock.set(NEXT + timedelta(days=1))
    close(given)
    assert [kop.bladen for kop in all_koppen(given)] == [3, 1]


def test_the_way_of_every_chain_leads_to_the_root_of_its_day(given, clock):
    ids = [given.concept() for _ in range(5)]
    clock.set(NEXT)
    close(given)
    for id in ids:
        [(row, kop)] = stand(given, id)
        assert root_of(leaf_hash(str(id), row.volgnummer, row.hash), row.pad) == kop.wortel


def test_what_was_committed_after_its_day_was_closed_is_under_the_next_kop(given, clock):
    early = given.concept()
    clock.set(NEXT, 1)
    close(given)
    with portal_clock.at(portal_clock.day_end(FIRST_DAY) - timedelta(seconds=1)):
        late = given.concept()
    clock.set(NEXT + timedelta(days=1))
    close(given)
    assert [row.dag for row, _ in stand(given, early)] == [FIRST_DAY]
    assert [row.dag for row, _ in stand(given, late)] == [NEXT]
    assert audit.verify(given.database).ok


def test_a_chain_whose_entries_are_out_of_time_is_closed_to_its_highest_number(given, clock):
    """Two acts at midnight: the later one had the chain first."""
    id = given.submitted()
    clock.set(NEXT, 0, 0, 1)
    given.take(id)
    with portal_clock.at(portal_clock.day_end(FIRST_DAY) - timedelta(seconds=1)):
        given.withdraw(id)
    clock.set(NEXT)
    close(given)
    [(row, _)] = stand(given, id)
    assert row.volgnummer == length(given, id)
    assert audit.verify(given.database).ok


def test_a_close_that_is_broken_off_leaves_nothing_and_is_done_next_time(given, clock, monkeypatch):
    given.concept()
    clock.set(NEXT)
    with monkeypatch.context() as patch:
        patch.setattr(dagkoppen, "insert", lambda table: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            close(given)
    assert all_koppen(given) == []
    assert close(given) == 1


def test_the_list_goes_back_page_by_page(given, clock):
    given.concept()
    clock.set(FIRST_DAY + timedelta(days=5))
    close(given)
    with given.session(Actor.bezoeker()) as session:
        newest = koppen(session, 2)
        older = koppen(session, 2, before=newest[-1].dag)
    assert [kop.dag.day for kop in [*newest, *older]] == [5, 4, 3, 2]


def test_the_tables_say_what_the_classes_say(given, clock):
    given.concept()
    clock.set(NEXT)
    close(given)
    with given.session(Actor.systeem()) as session:
        kop = session.scalars(select(Dagkop)).one()
        assert kop.kop == kop.computed_kop()
        assert session.scalars(select(Ketenstand)).one().hash
