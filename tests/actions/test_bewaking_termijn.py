"""The watch over the two clocks of the Wgs: once each, in order, however late and by however many workers."""

from datetime import date

import pytest

from portal.actions import bewaking, verlopen, wgs
from portal.domain.status import Status
from tests.actions.conftest import at_once, days_from, facts

HALF, LAST_CALL, DEADLINE = date(2027, 2, 15), date(2027, 2, 26), date(2027, 3, 1)
"""Of the first conversation for a request of FIRST_DAY, Monday 1 February 2027."""

TALK, SECOND_HALF, SECOND_CALL, SECOND_DEADLINE = (
    date(2027, 2, 10), date(2027, 3, 10), date(2027, 4, 6), date(2027, 4, 7),
)  # fmt: skip
"""Of the beschikking, eight weeks from a first conversation on Wednesday 10 February 2027."""


def run(given):
    """One round."""
    return bewaking.warn_of_terms(given.database)


def test_day_by_day_a_term_is_warned_of_at_half_time_and_on_the_working_day_before(given, clock, owner):
    id = given.submitted()
    done = {}
    for day in days_from(date(2027, 2, 12), date(2027, 3, 2)):
        clock.set(day, hour=0, minute=5)
        if run(given):
            done[day] = facts(owner, id, "TermijnWarned", "nummer", "due_on", "voor")
    first, second = (1, str(HALF), str(DEADLINE)), (2, str(LAST_CALL), str(DEADLINE))
    assert done == {HALF: [first], LAST_CALL: [first, second]}


def test_after_a_week_without_worker_both_warnings_are_given_in_order_with_their_own_days(given, clock, owner):
    id = given.submitted()
    clock.set(date(2027, 3, 8))
    assert run(given) == 1
    assert run(given) == 0
    assert facts(owner, id, "TermijnWarned", "nummer", "due_on") == [(1, str(HALF)), (2, str(LAST_CALL))]


@pytest.mark.parametrize("reach", ["taken", "waiting", "approved", "declined"])
def test_a_term_runs_on_while_somebody_works_on_the_case_and_after_the_decision(given, clock, reach):
    getattr(given, reach)()
    clock.set(HALF)
    assert run(given) == 1


def test_a_term_runs_on_when_the_pause_is_over(given, clock, owner):
    id = given.approved_for(Kort=1)
    clock.set(date(2027, 3, 2))
    verlopen.expire_pauzes(given.database)
    assert given.case(id).status is Status.AFGELOPEN
    assert run(given) == 1
    assert facts(owner, id, "TermijnWarned", "nummer", "due_on") == [(1, str(HALF)), (2, str(LAST_CALL))]


@pytest.mark.parametrize("reach", ["concept", "withdrawn", "ended"])
def test_where_no_term_runs_nothing_is_warned_of(given, clock, reach):
    getattr(given, reach)()
    clock.set(LAST_CALL)
    assert run(given) == 0


def test_a_threatened_case_has_its_own_days(given, clock, owner):
    id = given.submitted(dreiging={"ontruiming": "ja", "afsluiting": "nee", "zorgverzekering": "nee"})
    clock.set(date(2027, 2, 4))
    assert run(given) == 1
    assert facts(owner, id, "TermijnWarned", "due_on") == [("2027-02-02",), ("2027-02-03",)]


# --- the term to the beschikking ------------------------------------------------------------------


def talk(given, clock, id, on=TALK):
    clock.set(on)
    with given.session(given.actor) as session:
        wgs.register_gesprek(session, given.actor, id, given.versie(id), on)


def decide(given, clock, id, on):
    clock.set(on)
    with given.session(given.actor) as session:
        wgs.register_beschikking(session, given.actor, id, given.versie(id), on, toegelaten=True)


@pytest.mark.parametrize("reach", ["taken", "approved", "declined"])
def test_day_by_day_a_beschikking_is_warned_of_and_no_longer_the_conversation(given, clock, owner, reach):
    id = getattr(given, reach)()
    talk(given, clock, id)
    done = []
    for day in days_from(date(2027, 2, 26), date(2027, 4, 9)):
        clock.set(day, hour=0, minute=5)
        done += [day] * run(given)
    assert done == [SECOND_HALF, SECOND_CALL]
    assert facts(owner, id, "TermijnWarned", "klok", "nummer", "due_on", "voor") == [
        ("beschikking", nummer, str(day), str(SECOND_DEADLINE)) for nummer, day in enumerate(done, start=1)
    ]


def test_the_beschikking_ends_the_watch(given, clock):
    id = given.approved()
    talk(given, clock, id)
    decide(given, clock, id, SECOND_HALF)
    clock.set(SECOND_DEADLINE)
    assert run(given) == 0


def test_a_mended_day_of_the_conversation_is_watched_anew(given, clock, owner):
    id = given.declined()
    talk(given, clock, id)
    clock.set(SECOND_HALF)
    run(given)
    with given.session(given.actor) as session:
        wgs.register_gesprek(session, given.actor, id, given.versie(id), date(2027, 2, 17))
    assert run(given) == 0
    clock.set(date(2027, 3, 17))
    assert run(given) == 1
    assert facts(owner, id, "TermijnWarned", "voor") == [("2027-04-07",), ("2027-04-14",)]


def test_after_a_week_without_worker_two_at_once_warn_once_of_each_clock(given, clock, owner):
    """One case waits for the conversation, the other for the beschikking; both are late."""
    first, second = given.approved_for(Een=4), given.declined()
    talk(given, clock, second)
    clock.set(date(2027, 4, 14))
    results, errors = at_once(2, lambda _: run(given))
    assert errors == []
    assert sum(results) == 2
    assert run(given) == 0
    assert facts(owner, first, "TermijnWarned", "klok", "due_on") == [
        ("eerste_gesprek", str(HALF)), ("eerste_gesprek", str(LAST_CALL)),
    ]  # fmt: skip
    assert facts(owner, second, "TermijnWarned", "klok", "due_on") == [
        ("beschikking", str(SECOND_HALF)), ("beschikking", str(SECOND_CALL)),
    ]  # fmt: skip


def test_after_the_night_in_which_the_clock_moves_a_day_begins_an_hour_earlier(given, clock):
    """Half time is Easter, 28 March 2027, when summer time begins: the first working day after it is Tuesday."""
    id = given.declined()
    talk(given, clock, id, date(2027, 2, 28))
    clock.set(date(2027, 3, 29), hour=23, minute=59)
    assert run(given) == 0
    clock.set(date(2027, 3, 30), hour=0, minute=1)
    assert run(given) == 1
