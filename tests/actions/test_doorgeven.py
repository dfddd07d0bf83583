"""What becomes of an answer: looked at, or a new recipient with the last day of the old one."""

from datetime import date, timedelta

import pytest

from portal import clock as time
from portal.actions.beantwoorden import answer
from portal.actions.doorgeven import handle_answer, pass_on
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.errors import BestaatAl, DuurOngeldig, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.roles import Actor
from portal.domain.status import Antwoord
from portal.queries import dossier
from portal.queries.banen import Baan, counts


@pytest.fixture
def case(given):
    """A case whose schuldeiser handed the claim over."""
    id = given.approved()
    given.hand_over(id)
    give(given, id, GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_naam="Incasso Noord"))
    return id


def messages(given, case):
    with given.session(Actor.systeem()) as session:
        return {each.schuldeiser.naam: each for each in dossier.kennisgevingen(session, case)}


def first(given, case):
    return messages(given, case)["Waterbedrijf Plons"]


def give(given, case, gegeven, na=0, via=Antwoordweg.LINK):
    to = first(given, case)
    actor = Actor.schuldeiser(to.schuldeiser_id)
    with given.session(actor) as session:
        answer(session, actor, to.id, gegeven, via=via, na=na)


def lane(given):
    with given.session(given.actor) as session:
        return counts(session, given.actor)[Baan.ANTWOORD]


def passed_on(given, case, party, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        pass_on(session, actor, first(given, case).id, party)


def test_an_answer_that_is_more_than_yes_waits_in_the_queue_until_it_is_handled(given, case, count):
    assert lane(given) == 1
    with given.session(given.actor) as session:
        handle_answer(session, given.actor, first(given, case).id)
    assert lane(given) == 0
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        handle_answer(session, given.actor, first(given, case).id)
    assert count.events(case, "AntwoordHandled") == 1


def test_a_plain_yes_takes_it_off_the_queue_and_a_shorter_yes_does_not(given, case):
    until = first(given, case).eind_on
    give(given, case, GegevenAntwoord(antwoord=Antwoord.BEVESTIGD), na=1)
    assert lane(given) == 0
    give(given, case, GegevenAntwoord(antwoord=Antwoord.BEVESTIGD, tot_en_met=until - timedelta(days=1)), na=2)
    assert lane(given) == 1


def test_the_new_party_is_told_with_the_first_and_last_day_of_the_old_one(given, case, clock, count):
    party = given.incassobureau("Incasso Noord")
    clock.set(time.today() + timedelta(days=20))
    passed_on(given, case, party)
    told, was = messages(given, case)["Incasso Noord"], first(given, case)
    assert (told.start_on, told.eind_on) == (was.start_on, was.eind_on)
    assert "Waterbedrijf Plons" in told.tekst, "for whom it collects"
    assert str(told.id) in count.jobs("send_kennisgeving")
    assert lane(given) == 0
    (schuld,) = given.case(case).schulden
    assert {partij.schuldeiser_id for partij in schuld.partijen} == {was.schuldeiser_id, party}
    assert count.names(case)[-3:] == ["SchuldMatched", "AntwoordHandled", "KennisgevingIssued"]


def test_the_maximum_of_the_new_party_counts_from_the_first_day_of_the_old_one(given, case, clock, count):
    short = given.incassobureau("Incasso Kort", default_maanden=1, max_maanden=1)
    over = given.incassobureau("Incasso Voorbij", default_maanden=1, max_maanden=1)
    passed_on(given, case, short)
    told, was = messages(given, case)["Incasso Kort"], first(given, case)
    assert (told.start_on, told.eind_on) == (was.start_on, date(2027, 3, 1))
    give(given, case, GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_id=over), na=1)
    before = count.everything()
    clock.set(date(2027, 3, 2))
    with pytest.raises(DuurOngeldig):
        passed_on(given, case, over)
    assert count.everything() == before


def test_nobody_is_told_twice(given, case):
    party = given.incassobureau("Incasso Noord")
    passed_on(given, case, party)
    give(given, case, GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_id=party), na=1)
    with pytest.raises(BestaatAl):
        passed_on(given, case, party)


def test_a_private_person_an_unknown_party_and_another_organisatie_are_refused(given, case):
    with pytest.raises(NotFound):
        passed_on(given, case, given.particulier("Oom Jan"))
    with pytest.raises(NotFound):
        passed_on(given, case, given.incassobureau("Incasso Zuid"), actor=given.other_actor)
    with pytest.raises(NotAllowed):
        passed_on(given, case, given.incassobureau("Incasso Zuid"), actor=Actor.hulpvrager(case))


def test_after_the_end_nothing_is_passed_on(given, case):
    party = given.incassobureau("Incasso Noord")
    given.withdraw(case)
    with pytest.raises(MoveNotAllowed):
        passed_on(given, case, party)
