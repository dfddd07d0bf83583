"""Who has a case in front of him is seen by colleagues for as long as it is so."""

from datetime import timedelta
from uuid import uuid4

import pytest

from portal import clock as portal_clock
from portal.actions import bekijken
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.roles import Role
from portal.queries.bekijken import LOOKING, others


@pytest.fixture
def colleague(given):
    return given.medewerker(given.organisatie_id, Role.HULPVERLENER, naam="Karim Aziz")


def look(given, actor, id):
    with given.session(actor) as session:
        bekijken.look(session, actor, id)


def leave(given, actor, id):
    with given.session(actor) as session:
        bekijken.leave(session, actor, id)


def seen(given, actor, *ids):
    with given.session(actor) as session:
        return dict(others(session, actor, ids, portal_clock.now()))


def test_a_colleague_sees_who_looks_and_nobody_sees_himself(given, colleague):
    id, other = given.taken(), given.submitted()
    look(given, colleague, id)
    look(given, colleague, id)
    assert seen(given, given.actor, id, other) == {id: ["Karim Aziz"]}
    assert seen(given, colleague, id) == {}


def test_who_closes_the_page_is_gone_and_who_falls_silent_too(given, clock, colleague):
    id, other = given.taken(), given.submitted()
    look(given, colleague, id)
    look(given, colleague, other)
    leave(given, colleague, id)
    assert seen(given, given.actor, id, other) == {other: ["Karim Aziz"]}
    clock.set_instant(portal_clock.now() + LOOKING + timedelta(seconds=1))
    assert seen(given, given.actor, id, other) == {}


def test_what_was_left_open_is_cleared_by_the_next_look(given, clock, colleague, count):
    id, other = given.taken(), given.submitted()
    look(given, colleague, id)
    clock.set_instant(portal_clock.now() + LOOKING + timedelta(seconds=1))
    look(given, colleague, other)
    assert count.rows("bekijker") == 1


def test_it_leaves_no_trace(given, colleague, count):
    id = given.taken()
    before = count.names(id)
    look(given, colleague, id)
    leave(given, colleague, id)
    assert count.names(id) == before
    assert count.rows("bekijker") == 0


def test_only_who_decides_here_is_in_anybodys_way(given):
    id = given.taken()
    with pytest.raises(NotAllowed):
        look(given, given.medewerker(given.organisatie_id, Role.AUDITOR), id)
    for stranger in (given.other_actor, given.actor):
        with pytest.raises(NotFound):
            look(given, stranger, id if stranger is given.other_actor else uuid4())
