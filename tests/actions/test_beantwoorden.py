"""A schuldeiser answers: one act, the last answer counts, two at once do not both win."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from portal import clock as time
from portal.actions.beantwoorden import answer
from portal.domain.beantwoording import Antwoordweg, GeenMedewerking, GegevenAntwoord
from portal.domain.errors import (
    AlreadyDecided,
    AntwoordOngeldig,
    NietMeerTeBeantwoorden,
    NotAllowed,
    NotFound,
    SleutelHergebruikt,
)
from portal.domain.kennisgeving import Soort
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord
from portal.models import Kennisgeving
from portal.queries import antwoord as answers
from portal.queries import audit, dossier
from tests.actions.conftest import at_once

BEVESTIGD = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
ONBEKEND = GegevenAntwoord(antwoord=Antwoord.GEEN_MEDEWERKING, reden=GeenMedewerking.KLANT_ONBEKEND)
REGELING = GegevenAntwoord(antwoord=Antwoord.AL_IN_REGELING)


def elders(naam="Incasso Noord"):
    return GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_naam=naam)


@pytest.fixture
def case(given):
    """A case whose only message was handed over."""
    id = given.approved()
    given.hand_over(id)
    return id


def message(given, case, soort=Soort.KENNISGEVING):
    with given.session(Actor.systeem()) as session:
        return next(each for each in dossier.kennisgevingen(session, case) if each.soort is soort)


def give(given, case, gegeven, *, actor=None, **how):
    """The recipient answers, through its link unless said otherwise."""
    to = message(given, case)
    actor = actor or Actor.schuldeiser(to.schuldeiser_id)
    with given.session(actor) as session:
        return answer(session, actor, to.id, gegeven, **{"via": Antwoordweg.LINK} | how)


def last(given, case):
    with given.session(Actor.systeem()) as session:
        return answers.last_answers(session, case)[message(given, case).id].gegeven


def test_an_answer_is_kept_recorded_and_counts(given, case, count, owner):
    said = replace(
        BEVESTIGD, contactpersoon="Mo Bakker", telefoon="020 7654321", email="m@water.example", referentie="W-9"
    )
    row = give(given, case, said)
    assert row.volgnummer == 1
    assert last(given, case) == replace(said, tot_en_met=message(given, case).eind_on)
    assert message(given, case).antwoord is Antwoord.BEVESTIGD
    (feiten,) = owner.execute("SELECT feiten FROM audit WHERE gebeurtenis = 'KennisgevingAnswered'").fetchone()
    assert "Bakker" not in str(feiten)
    assert feiten["antwoord"] == "bevestigd"
    assert audit.verify(given.database).ok


@pytest.mark.parametrize("gegeven", [ONBEKEND, elders(), REGELING, replace(BEVESTIGD, tot_en_met=date(2027, 3, 1))])
def test_every_kind_of_answer_reaches_the_message(given, case, gegeven):
    give(given, case, gegeven)
    assert message(given, case).antwoord is gegeven.antwoord
    assert last(given, case) == gegeven


def test_a_later_answer_replaces_an_earlier_one_and_both_are_kept(given, case, count):
    give(given, case, BEVESTIGD)
    give(given, case, elders(), na=1)
    give(given, case, BEVESTIGD, na=2)
    assert message(given, case).antwoord is Antwoord.BEVESTIGD
    assert count.rows("beantwoording") == 3
    assert count.events(case, "KennisgevingAnswered") == 3


def test_the_same_answer_twice_is_one_also_with_another_spacing(given, case, count):
    first = give(given, case, elders("Incasso Noord"))
    assert give(given, case, elders(" Incasso \n Noord ")).id == first.id
    assert count.rows("beantwoording") == count.events(case, "KennisgevingAnswered") == 1


def test_a_key_used_again_gives_the_same_answer_back_even_after_a_later_one(given, case):
    first = give(given, case, BEVESTIGD, sleutel="a")
    give(given, case, ONBEKEND, na=1, sleutel="b")
    assert give(given, case, BEVESTIGD, sleutel="a").id == first.id
    assert message(given, case).antwoord is Antwoord.GEEN_MEDEWERKING
    with pytest.raises(SleutelHergebruikt):
        give(given, case, REGELING, na=2, sleutel="a")


def test_another_answer_on_a_stale_page_is_told_that_one_came_between(given, case):
    give(given, case, BEVESTIGD)
    with pytest.raises(AlreadyDecided):
        give(given, case, ONBEKEND)
    assert message(given, case).antwoord is Antwoord.BEVESTIGD


def test_of_conflicting_answers_at_once_one_wins_and_the_others_are_told(given, case, count):
    names = [f"Incasso {number}" for number in range(6)]
    won, lost = at_once(6, lambda number: give(given, case, elders(names[number])))
    assert len(won) == 1
    assert [type(error) for error in lost] == [AlreadyDecided] * 5
    assert count.rows("beantwoording") == 1
    assert last(given, case) == won[0].gegeven


def test_the_same_answer_at_once_is_one(given, case, count):
    won, lost = at_once(4, lambda number: give(given, case, BEVESTIGD, sleutel="zelfde"))
    assert ({row.id for row in won}, lost) == ({won[0].id}, [])
    assert count.rows("beantwoording") == count.events(case, "KennisgevingAnswered") == 1


@pytest.mark.parametrize(
    ("changes", "veld"),
    [
        ({"antwoord": Antwoord.GEEN_REACTIE}, "antwoord"),
        ({"tot_en_met": date(2027, 1, 31)}, "tot_en_met"),
        ({"tot_en_met": date(2027, 10, 2)}, "tot_en_met"),
        ({"reden": GeenMedewerking.KLANT_ONBEKEND}, "reden"),
        ({"antwoord": Antwoord.GEEN_MEDEWERKING}, "reden"),
        ({"antwoord": Antwoord.OVERGEDRAGEN}, "naar_naam"),
        ({"antwoord": Antwoord.OVERGEDRAGEN, "naar_id": uuid4(), "naar_naam": "X"}, "naar_naam"),
        ({"antwoord": Antwoord.OVERGEDRAGEN, "naar_id": uuid4()}, "naar_id"),
        ({"antwoord": Antwoord.AL_IN_REGELING, "tot_en_met": date(2027, 3, 1)}, "tot_en_met"),
        ({"naar_naam": "Incasso Noord"}, "naar_naam"),
        ({"email": "geen adres"}, "email"),
        ({"referentie": "x" * 121}, "referentie"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_name(given, case, count, changes, veld):
    with pytest.raises(AntwoordOngeldig) as refused:
        give(given, case, replace(BEVESTIGD, **changes))
    assert refused.value.veld == veld
    assert count.rows("beantwoording") == 0


def test_handed_over_to_itself_or_to_a_party_that_is_not_seen_is_refused(given, case):
    to = message(given, case)
    with given.session(Actor.systeem()) as session:
        own = session.get_one(Kennisgeving, to.id).schuldeiser_id
    other = given.incassobureau("Incasso Zuid", organisatie_id=given.other_actor.organisatie_id)
    for id in (own, other):
        with pytest.raises(AntwoordOngeldig):
            give(given, case, GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_id=id))
    known = given.incassobureau("Incasso West")
    assert give(given, case, GegevenAntwoord(antwoord=Antwoord.OVERGEDRAGEN, naar_id=known)).naar_id == known


def test_until_the_last_day_it_can_be_changed_and_not_on_the_day_after(given, case, clock):
    until = message(given, case).eind_on
    clock.set(until, 23, 59)
    give(given, case, BEVESTIGD)
    clock.set(until + timedelta(days=1), 0, 1)
    with pytest.raises(NietMeerTeBeantwoorden):
        give(given, case, ONBEKEND, na=1)


def test_a_pause_that_ended_early_is_answered_no_more(given, case, clock):
    clock.set(time.today() + timedelta(days=1))
    given.withdraw(case)
    with pytest.raises(NietMeerTeBeantwoorden):
        give(given, case, BEVESTIGD)


def test_a_message_that_never_left_is_not_answered_after_the_end(given):
    id = given.ended()
    with pytest.raises(NietMeerTeBeantwoorden):
        give(given, id, BEVESTIGD)


def test_another_schuldeiser_finds_nothing_and_a_hulpvrager_or_auditor_may_not(given, case):
    with pytest.raises(NotFound):
        give(given, case, BEVESTIGD, actor=Actor.schuldeiser(uuid4()))
    auditor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    for actor in (Actor.hulpvrager(case), Actor.bezoeker(), auditor):
        with pytest.raises(NotAllowed):
            give(given, case, BEVESTIGD, actor=actor)
    with pytest.raises(NotFound):
        give(given, case, BEVESTIGD, actor=given.other_actor)


def test_a_hulpverlener_keeps_what_was_told_by_telephone(given, case):
    row = give(given, case, REGELING, actor=given.actor, via=Antwoordweg.HULPVERLENER)
    assert row.via is Antwoordweg.HULPVERLENER
    assert isinstance(row.id, UUID)


def test_a_forgotten_dossier_takes_its_answers_along(given, case, count, owner):
    give(given, case, BEVESTIGD)
    owner.execute("DELETE FROM kennisgeving")
    assert count.rows("beantwoording") == 0
