"""A longer pause: of one or of all, each within its own maximum and never past eight months from the start."""

from datetime import date, timedelta

import pytest

from portal.actions import beantwoorden
from portal.actions.verlengen import Verlenging, extend_pauze
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord, Geldigheid
from portal.domain.errors import (
    AlreadyDecided,
    DuurOngeldig,
    GeenOntvangers,
    MoveNotAllowed,
    NietMeerTeBeantwoorden,
    NotAllowed,
    VoorbeeldVerouderd,
)
from portal.domain.kennisgeving import Soort, from_json
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord, Verzendstatus
from portal.models.links import controlecode
from portal.queries import audit, controle, dossier
from portal.queries.vervolg import extended, fingerprint
from tests.actions.conftest import at_once, stand_of

LAST = date(2027, 10, 1)


def plans(given, id, until=LAST):
    return extended(stand_of(given, id), until)


def extend(given, id, until=LAST, *, only=None, actor=None, **besluit):
    chosen = [each for each in plans(given, id, until) if only is None or each.schuldeiser.naam in only]
    decided = {
        "versie": given.versie(id), "gezien": fingerprint(chosen), "tot_en_met": until,
        "schuldeisers": frozenset(each.schuldeiser.id for each in chosen),
    }  # fmt: skip
    actor = actor or given.actor
    with given.session(actor) as session:
        return extend_pauze(session, actor, id, Verlenging(**decided | besluit))


def messages(given, id, soort=Soort.VERLENGING):
    with given.session(given.actor) as session:
        found = [k for k in dossier.kennisgevingen(session, id) if k.soort is soort]
    return sorted(found, key=lambda k: (k.schuldeiser.naam, k.nummer))


def test_everybody_is_asked_until_the_new_day_and_the_pause_follows(given, count, clock):
    id = given.approved([given.regel("Een", "KL-7"), given.regel("Twee", mailable=False)])
    given.hand_over(id)
    clock.set(date(2027, 5, 20))
    assert extend(given, id) == []
    asked = messages(given, id)
    assert [(k.schuldeiser.naam, k.start_on, k.eind_on) for k in asked] == [
        ("Een", date(2027, 2, 1), LAST), ("Twee", date(2027, 2, 1), LAST),
    ]  # fmt: skip
    facts = from_json(asked[0].feiten)
    assert (facts.eerder.eind_on, facts.dated_on) == (date(2027, 6, 1), date(2027, 5, 20))
    assert "Eerst was dat tot en met dinsdag 1 juni 2027." in asked[0].tekst
    assert given.case(id).eind_on == LAST
    assert count.events(id, "PauzeExtended") == 1
    assert str(asked[0].id) in count.jobs("send_kennisgeving")
    assert audit.verify(given.database).ok


def test_the_hulpvrager_is_told(given):
    id = given.approved([given.regel("Een"), given.regel("Twee")])
    given.hand_over(id)
    extend(given, id, date(2027, 8, 2))
    with given.session(Actor.hulpvrager(id)) as session:
        told = dossier.berichten(session, id)[0]
    assert told.soort == "verlengd"
    assert "Wij vragen 2 schuldeisers en incassobureaus om een langere pauze." in told.tekst
    assert "maandag 2 augustus 2027" in told.tekst


def test_each_pair_has_its_own_maximum(given):
    kort = given.regel("Kort", max_maanden=6, default_maanden=4)
    id = given.approved([kort, given.regel("Lang")])
    given.hand_over(id)
    extend(given, id)
    assert {k.schuldeiser.naam: k.eind_on for k in messages(given, id)} == {"Kort": date(2027, 8, 1), "Lang": LAST}


def test_one_alone_can_be_asked_and_the_others_hear_nothing(given):
    id = given.approved_for(Een=4, Twee=4)
    given.hand_over(id)
    extend(given, id, only={"Twee"})
    assert [k.schuldeiser.naam for k in messages(given, id)] == ["Twee"]
    assert given.case(id).eind_on == LAST


def test_a_short_one_can_catch_up_without_the_case_becoming_longer(given):
    id = given.approved_for(Kort=2, Lang=6)
    given.hand_over(id)
    extend(given, id, date(2027, 5, 1))
    assert [k.schuldeiser.naam for k in messages(given, id)] == ["Kort"]
    assert given.case(id).eind_on == date(2027, 8, 1)


@pytest.mark.parametrize("until", [LAST + timedelta(days=1), date(2027, 2, 1), date(2026, 12, 1)])
def test_no_pause_passes_eight_months_from_the_start_or_ends_in_the_past(given, count, until):
    id = given.approved()
    given.hand_over(id)
    before = count.everything()
    with pytest.raises(DuurOngeldig):
        extend(given, id, until)
    assert count.everything() == before


def test_who_is_over_at_the_maximum_or_out_is_not_asked(given, clock):
    id = given.approved_for(Voorbij=2, Vol=8, Loopt=4)
    given.hand_over(id)
    clock.set(date(2027, 5, 3))
    reasons = {each.schuldeiser.naam: each.belet for each in plans(given, id)}
    assert reasons == {"Voorbij": "voorbij", "Vol": "niet_langer", "Loopt": None}
    with pytest.raises(GeenOntvangers):
        extend(given, id, only={"Voorbij", "Vol"})


def test_twice_is_refused_and_further_is_a_second_message(given):
    id = given.approved()
    given.hand_over(id)
    extend(given, id, date(2027, 8, 1))
    with pytest.raises(GeenOntvangers):
        extend(given, id, date(2027, 8, 1))
    given.hand_over(id)
    extend(given, id)
    first, second = messages(given, id)
    assert (first.nummer, second.nummer) == (1, 2)
    assert from_json(second.feiten).eerder.bericht_id == first.id


def test_who_has_not_got_the_first_message_is_asked_once_for_the_whole(given):
    id = given.approved([given.regel("Per post", mailable=False)])
    extend(given, id)
    assert messages(given, id) == []
    old, new = messages(given, id, Soort.KENNISGEVING)
    assert (old.status, new.status, new.eind_on) == (Verzendstatus.VERVALLEN, Verzendstatus.KLAAR, LAST)


def test_the_earlier_message_is_replaced_and_takes_no_answer(given):
    id = given.approved()
    given.hand_over(id)
    extend(given, id)
    (first,) = messages(given, id, Soort.KENNISGEVING)
    (second,) = messages(given, id)
    with given.session(Actor.bezoeker()) as session:
        check = [controle.check(session, given.case(id).kenmerk, controlecode(k.id), LAST) for k in (first, second)]
    assert [each.stand for each in check] == [Geldigheid.VERVANGEN, Geldigheid.GELDIG]
    said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
    with given.session(given.actor) as session:
        with pytest.raises(NietMeerTeBeantwoorden):
            beantwoorden.answer(session, given.actor, first.id, said, via=Antwoordweg.HULPVERLENER)
        given_now = beantwoorden.answer(session, given.actor, second.id, said, via=Antwoordweg.HULPVERLENER)
    assert given_now.gegeven.tot_en_met == LAST


def test_a_stop_after_it_is_told_once_to_each(given, clock):
    id = given.approved()
    given.hand_over(id)
    extend(given, id)
    given.hand_over(id)
    clock.set(date(2027, 7, 1))
    given.withdraw(id)
    (told,) = messages(given, id, Soort.BEEINDIGING)
    assert from_json(told.feiten).eerder.eind_on == LAST


def test_a_verlenging_that_never_left_is_not_known_at_a_stop_after_the_first_last_day(given, clock):
    id = given.approved([given.regel("Per post", mailable=False)])
    given.hand_over(id)
    extend(given, id)
    clock.set(date(2027, 7, 1))
    given.withdraw(id)
    assert messages(given, id, Soort.BEEINDIGING) == []
    assert [k.status for k in messages(given, id)] == [Verzendstatus.VERVALLEN]


def test_only_a_reviewer_and_only_while_it_runs_and_on_what_was_seen(given):
    id = given.approved()
    given.hand_over(id)
    with pytest.raises(NotAllowed):
        extend(given, id, actor=given.medewerker(given.organisatie_id, Role.BEHEERDER))
    with pytest.raises(VoorbeeldVerouderd):
        extend(given, id, gezien="iets anders")
    with pytest.raises(AlreadyDecided):
        extend(given, id, versie=given.versie(id) - 1)
    given.withdraw(id)
    with pytest.raises(MoveNotAllowed):
        extend(given, id)


def test_many_at_once_are_one_act(given, count):
    id = given.approved()
    given.hand_over(id)
    chosen = plans(given, id)
    decided = Verlenging(
        versie=given.versie(id), gezien=fingerprint(chosen), tot_en_met=LAST,
        schuldeisers=frozenset(each.schuldeiser.id for each in chosen),
    )  # fmt: skip

    def act(_):
        with given.session(given.actor) as session:
            return extend_pauze(session, given.actor, id, decided)

    results, errors = at_once(6, act)
    assert (results, {type(error) for error in errors}) == ([[]], {AlreadyDecided})
    assert count.rows("kennisgeving", "soort = 'verlenging'") == 1
    assert count.rows("bericht", "soort = 'verlengd'") == 1
