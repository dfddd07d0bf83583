"""Somebody is away, and a colleague has his cases for so long."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from portal import clock as portal_clock
from portal.actions import afwezigheid
from portal.domain.errors import AlAfwezig, DuurOngeldig, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.roles import Role
from portal.queries import afwezigheid as away
from portal.queries import werkvoorraad
from portal.queries.banen import Baan, Keuze
from tests.conftest import FIRST_DAY

LAST = FIRST_DAY + timedelta(days=4)


@pytest.fixture
def colleague(given):
    return given.medewerker(given.organisatie_id, Role.HULPVERLENER)


@pytest.fixture
def teamleider(given):
    return given.medewerker(given.organisatie_id, Role.TEAMLEIDER)


def register(given, wie, vervanger, start_on=FIRST_DAY, eind_on=LAST, actor=None):
    actor = actor or wie
    who = {"medewerker_id": wie.id, "vervanger_id": vervanger.id}
    with given.session(actor) as session:
        afwezigheid.register(session, actor, **who, start_on=start_on, eind_on=eind_on)


def listed(given, actor):
    with given.session(actor) as session:
        return away.listed(session, portal_clock.today())


def replaced(given, actor):
    with given.session(actor) as session:
        return away.replaced(actor, away.absent(session, portal_clock.today()))


def test_from_the_first_day_to_the_last_the_vervanger_has_the_cases_and_the_answers(given, clock, colleague):
    id = given.taken()
    register(given, given.actor, colleague, FIRST_DAY + timedelta(days=1), LAST)
    for days, expected in ((0, False), (1, True), (4, True), (5, False)):
        clock.set(FIRST_DAY + timedelta(days=days))
        keuze = Keuze(vervangt=replaced(given, colleague))
        with given.session(colleague) as session:
            lane = werkvoorraad.lane(session, colleague, Baan.VAN_MIJ, keuze=keuze)
        assert ([case.id for case in lane] == [id]) is expected, days
    assert given.case(id).behandelaar_id == given.actor.id


def test_the_chain_of_the_organisatie_tells_of_it(given, count, colleague):
    register(given, given.actor, colleague)
    assert count.names(given.organisatie_id)[-1] == "AfwezigheidRegistered"
    (found,) = listed(given, given.actor)
    with given.session(given.actor) as session:
        afwezigheid.end(session, given.actor, found.afwezigheid.id)
        with pytest.raises(MoveNotAllowed):
            afwezigheid.end(session, given.actor, found.afwezigheid.id)
    assert count.names(given.organisatie_id)[-1] == "AfwezigheidEnded"
    assert listed(given, given.actor) == []
    assert replaced(given, colleague) == frozenset()


@pytest.mark.parametrize(
    ("start_on", "eind_on"),
    [
        (FIRST_DAY, FIRST_DAY - timedelta(days=1)),
        (FIRST_DAY - timedelta(days=9), FIRST_DAY - timedelta(days=1)),
        (FIRST_DAY + timedelta(days=2), FIRST_DAY + timedelta(days=1)),
        (FIRST_DAY, date(2028, 3, 1)),
    ],
)
def test_days_that_are_over_turned_round_or_too_many_are_refused(given, colleague, start_on, eind_on):
    with pytest.raises(DuurOngeldig):
        register(given, given.actor, colleague, start_on, eind_on)


def test_nobody_is_away_twice_on_a_day_also_when_it_is_told_twice_at_once(given, colleague, teamleider):
    actor = given.actor

    def tell(_):
        try:
            register(given, actor, colleague)
        except AlAfwezig:
            return "refused"
        return "kept"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(tell, range(2))) == ["kept", "refused"]
    with pytest.raises(AlAfwezig):
        register(given, actor, teamleider, LAST, LAST + timedelta(days=9))
    register(given, actor, teamleider, LAST + timedelta(days=1), LAST + timedelta(days=9))
    assert len(listed(given, actor)) == 2


def test_one_tells_of_oneself_and_a_teamleider_of_everybody(given, colleague, teamleider):
    with pytest.raises(NotAllowed):
        register(given, given.actor, colleague, actor=colleague)
    register(given, given.actor, colleague, actor=teamleider)
    (found,) = listed(given, given.actor)
    with given.session(colleague) as session, pytest.raises(NotAllowed):
        afwezigheid.end(session, colleague, found.afwezigheid.id)
    with given.session(given.other_actor) as session, pytest.raises(NotFound):
        afwezigheid.end(session, given.other_actor, found.afwezigheid.id)
    assert listed(given, given.other_actor) == []


def test_a_vervanger_decides_on_cases_of_the_same_organisatie(given, teamleider):
    gone = given.medewerker(given.organisatie_id, Role.HULPVERLENER, actief=False)
    beheerder = given.medewerker(given.organisatie_id, Role.BEHEERDER)
    for nobody in (gone, beheerder, given.other_actor):
        with pytest.raises(NotFound):
            register(given, given.actor, nobody)
        with pytest.raises(NotFound):
            register(given, nobody, given.actor, actor=teamleider)
