"""Whose case it is: handed over, put back, given out by a teamleider."""

from uuid import uuid4

import pytest

from portal.actions import toewijzen
from portal.domain.errors import AlreadyDecided, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.roles import Actor, Role
from portal.domain.status import Status


@pytest.fixture
def colleague(given):
    return given.medewerker(given.organisatie_id, Role.HULPVERLENER)


@pytest.fixture
def teamleider(given):
    return given.medewerker(given.organisatie_id, Role.TEAMLEIDER)


def hand_over(given, id, naar, actor=None, versie=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        toewijzen.hand_over(session, actor, id, given.versie(id) if versie is None else versie, naar.id)


def release(given, id, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        toewijzen.release(session, actor, id, given.versie(id))


def assign_many(given, actor, versies, naar):
    with given.session(actor) as session:
        return toewijzen.assign_many(session, actor, versies, naar.id)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("submitted", Status.IN_BEHANDELING),
        ("taken", Status.IN_BEHANDELING),
        ("waiting", Status.AANVULLING_GEVRAAGD),
        ("approved", Status.GOEDGEKEURD),
    ],
)
def test_a_case_is_given_to_a_colleague_and_the_trail_says_so(given, count, colleague, state, status):
    id = getattr(given, state)()
    hand_over(given, id, colleague)
    case = given.case(id)
    assert (case.behandelaar_id, case.status) == (colleague.id, status)
    assert count.names(id)[-1] == "PauzeverzoekAssigned"


def test_a_case_goes_only_to_who_decides_here_and_is_not_who_has_it(given, colleague):
    id = given.taken()
    gone = given.medewerker(given.organisatie_id, Role.HULPVERLENER, actief=False)
    beheerder = given.medewerker(given.organisatie_id, Role.BEHEERDER)
    for nobody in (gone, beheerder, given.other_actor, Actor.hulpvrager(uuid4())):
        with pytest.raises(NotFound):
            hand_over(given, id, nobody)
    with pytest.raises(MoveNotAllowed):
        hand_over(given, id, given.actor)
    assert given.case(id).behandelaar_id == given.actor.id


@pytest.mark.parametrize("state", ["declined", "withdrawn", "ended"])
def test_a_closed_case_is_given_to_nobody(given, colleague, state):
    with pytest.raises(MoveNotAllowed):
        hand_over(given, getattr(given, state)(), colleague)


def test_a_hand_over_on_a_stale_page_is_refused(given, colleague, teamleider):
    id = given.taken()
    read = given.versie(id)
    hand_over(given, id, teamleider)
    with pytest.raises(AlreadyDecided):
        hand_over(given, id, colleague, versie=read)
    assert given.case(id).behandelaar_id == teamleider.id


def test_a_case_that_is_put_back_is_new_again_with_the_same_deadline(given, count):
    id = given.taken()
    before = given.case(id)
    release(given, id)
    case = given.case(id)
    assert (case.status, case.behandelaar_id) == (Status.INGEDIEND, None)
    assert (case.meldingsdatum, case.eerste_gesprek_voor) == (before.meldingsdatum, before.eerste_gesprek_voor)
    assert count.names(id)[-1] == "PauzeverzoekReleased"
    given.take(id)
    assert given.case(id).status is Status.IN_BEHANDELING


def test_an_answer_that_waited_still_waits_after_the_case_was_put_back_and_taken(given, colleague):
    id = given.supplemented()
    release(given, id)
    given.take(id, colleague)
    assert given.case(id).aangevuld_at is not None


@pytest.mark.parametrize("state", ["submitted", "waiting", "approved", "declined"])
def test_only_a_case_in_review_is_put_back(given, state):
    with pytest.raises(MoveNotAllowed):
        release(given, getattr(given, state)())


def test_who_decides_on_no_cases_gives_none_away(given, colleague):
    id = given.taken()
    for role in (Role.AUDITOR, Role.BEHEERDER):
        actor = given.medewerker(given.organisatie_id, role)
        for act in (
            lambda actor=actor: hand_over(given, id, colleague, actor),
            lambda actor=actor: release(given, id, actor),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_a_stranger_does_not_find_the_case(given):
    id = given.taken()
    theirs = given.medewerker(given.other_actor.organisatie_id, Role.HULPVERLENER)
    with pytest.raises(NotFound):
        hand_over(given, id, theirs, given.other_actor)
    with pytest.raises(NotFound):
        release(given, id, given.other_actor)


# --- many at once ---------------------------------------------------------------------------------


def test_a_teamleider_gives_out_many_and_hears_which_stayed(given, count, colleague, teamleider):
    new, taken, stale, closed = given.submitted(), given.taken(), given.submitted(), given.withdrawn()
    versies = {id: given.versie(id) for id in (new, taken, stale, closed)}
    given.take(stale)
    left = assign_many(given, teamleider, versies, colleague)
    assert sorted(left) == sorted(given.case(id).kenmerk for id in (stale, closed))
    assert {given.case(id).behandelaar_id for id in (new, taken)} == {colleague.id}
    assert given.case(stale).behandelaar_id == given.actor.id
    assert [count.names(id)[-1] for id in (new, taken)] == ["PauzeverzoekAssigned"] * 2


def test_only_a_teamleider_gives_out_many_and_only_of_the_own_organisatie(given, colleague, teamleider):
    id = given.submitted()
    versies = {id: given.versie(id)}
    with pytest.raises(NotAllowed):
        assign_many(given, given.actor, versies, colleague)
    theirs = given.medewerker(given.other_actor.organisatie_id, Role.TEAMLEIDER)
    with pytest.raises(NotFound):
        assign_many(given, theirs, versies, given.other_actor)
    with pytest.raises(NotFound):
        assign_many(given, teamleider, versies, given.other_actor)
    assert given.case(id).behandelaar_id is None
