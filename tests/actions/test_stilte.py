"""Schuldeisers that do not answer: reminded once, then to be telephoned, then listed; an answer ends it at once."""

from datetime import date, timedelta

import pytest

from portal.actions import beantwoorden, hulpvrager, stilte, verlopen
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord
from portal.domain.bewaking import Geduld, Stilte
from portal.domain.errors import MoveNotAllowed, NotAllowed
from portal.domain.inkomend import Mailsoort
from portal.domain.kennisgeving import Kanaal, Soort
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord, Verzendstatus
from portal.models import Stilzwijgen
from portal.queries import dossier
from portal.queries import stilte as silences
from tests.actions.conftest import at_once
from tests.actions.test_verlengen import extend
from tests.given import Schuldregel

GEDULD = Geduld(antwoord_werkdagen=10, herinnering_werkdagen=5, bellen_werkdagen=5)
REMIND, CALL, LISTED = date(2027, 2, 16), date(2027, 2, 24), date(2027, 3, 4)
"""Told on Monday 1 February: silent on the day after the tenth working day, and after the fifth, and the fifth."""


def run(given):
    return stilte.watch_silence(given.database, GEDULD)


def messages(given, id, soort=Soort.HERINNERING):
    with given.session(Actor.systeem()) as session:
        return [each for each in dossier.kennisgevingen(session, id) if each.soort is soort]


def stand(given, id):
    """Where each silence of a case stands."""
    with given.session(Actor.systeem()) as session:
        return [row.stand for row in session.query(Stilzwijgen).where(Stilzwijgen.verzoek_id == id)]


def told(given, *namen, **values):
    """A running pause of which every schuldeiser was told on FIRST_DAY."""
    id = given.approved([given.regel(naam, **values) for naam in namen or ["Waterbedrijf Plons"]])
    given.hand_over(id)
    return id


def answer(given, id, actor=None):
    (first, *_) = messages(given, id, Soort.KENNISGEVING)
    actor = actor or Actor.schuldeiser(first.schuldeiser_id)
    with given.session(actor) as session:
        said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
        beantwoorden.answer(session, actor, first.id, said, via=Antwoordweg.LINK)


def reached(given, clock, wanted):
    """A case of which the silence stands where it was wanted."""
    id = told(given)
    for day, where in ((REMIND, Stilte.HERINNERD), (CALL, Stilte.BELLEN), (LISTED, Stilte.GEMELD)):
        clock.set(day)
        assert run(given) == 1
        given.hand_over(id)
        if where is wanted:
            return id
    raise AssertionError(wanted)


# --- step by step ---------------------------------------------------------------------------------


def test_a_longer_pause_is_silence_until_its_new_last_day(given, clock):
    id = given.approved_for(Plons=1)
    given.hand_over(id)
    clock.set(date(2027, 2, 10))
    extend(given, id, date(2027, 6, 1))
    given.hand_over(id)
    clock.set(date(2027, 3, 3))  # the worker was away, and the first last day is over
    assert run(given) == 1
    assert stand(given, id) == [Stilte.HERINNERD]


def test_day_by_day_silence_goes_one_step_on_at_a_time(given, clock):
    id = told(given)
    steps = {}
    for day in (date(2027, 2, 1) + timedelta(days=n) for n in range(14, 35)):
        clock.set(day, hour=0, minute=5)
        if run(given):
            steps[day] = stand(given, id)
            given.hand_over(id)
    assert steps == {REMIND: [Stilte.HERINNERD], CALL: [Stilte.BELLEN], LISTED: [Stilte.GEMELD]}


def test_the_reminder_says_what_was_asked_when_and_goes_the_way_of_the_schuldeiser(given, clock):
    id = reached(given, clock, Stilte.HERINNERD)
    (reminder,) = messages(given, id)
    (first,) = messages(given, id, Soort.KENNISGEVING)
    assert "Wij vroegen u op maandag 1 februari 2027" in reminder.tekst
    assert (reminder.eind_on, reminder.kanaal, reminder.aan) == (first.eind_on, Kanaal.EMAIL, first.aan)
    assert reminder.feiten["eerder"]["bericht_id"] == str(first.id)


def test_after_weeks_without_worker_the_first_step_comes_first_and_the_others_wait_for_it(given, clock):
    id = told(given)
    clock.set(date(2027, 3, 31))
    assert run(given) == 1
    assert run(given) == 0
    assert stand(given, id) == [Stilte.HERINNERD]
    assert len(messages(given, id)) == 1


def test_two_workers_remind_once(given, clock):
    ids = [told(given, f"Eiser {number}") for number in range(3)]
    clock.set(REMIND)
    results, errors = at_once(2, lambda _: run(given))
    assert errors == []
    assert sum(results) == 3
    assert [len(messages(given, id)) for id in ids] == [1] * 3


def test_while_the_reminder_has_not_left_nobody_needs_to_telephone(given, clock):
    id = told(given)
    clock.set(REMIND)
    run(given)
    clock.set(LISTED)
    assert run(given) == 0
    assert stand(given, id) == [Stilte.HERINNERD]


# --- who is not reminded --------------------------------------------------------------------------


def test_by_convenant_nobody_is_reminded(given, clock):
    told(given, convenant="NVVK", convenant_vanaf=date(2026, 1, 1))
    clock.set(REMIND)
    assert run(given) == 0


def test_a_private_person_is_never_reminded(given, clock):
    listed, flagged = given.matched([Schuldregel("Oom", {given.particulier("Oom Jan"): None})]), given.concept()
    person, ex = Actor.hulpvrager(flagged), given.schuldeiser("Mijn ex")
    with given.session(person) as session:
        hulpvrager.add_schuld(session, person, flagged, {"afzender": "Mijn ex", "particulier": True})
        hulpvrager.submit(session, person)
    given.take(flagged)
    given.match(flagged, 1, {ex: None})
    for id in (listed, flagged):
        given.approve(id, particulier_bevestigd=True)
        given.hand_over(id)
    clock.set(REMIND)
    assert run(given) == 0


def test_who_was_not_told_is_not_reminded(given, clock):
    given.approved()
    clock.set(REMIND)
    assert run(given) == 0


def test_nobody_is_asked_on_the_last_day_of_a_pause(given, clock):
    id = given.approved_for(Kort=1)
    given.hand_over(id)
    clock.set(date(2027, 3, 1))
    assert run(given) == 0


@pytest.mark.parametrize("day", [REMIND, CALL, LISTED])
def test_a_mail_that_may_be_an_answer_is_read_first(given, clock, day):
    id = told(given)
    for step in (REMIND, CALL, LISTED):
        clock.set(step)
        if step == day:
            given.mail(id, Mailsoort.ANTWOORD)
            assert run(given) == 0
            return
        run(given)
        given.hand_over(id)


# --- an answer, or the end ------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", Stilte)
def test_an_answer_ends_the_silence_wherever_it_stands(given, clock, count, wanted):
    id = reached(given, clock, wanted)
    answer(given, id)
    assert stand(given, id) == []
    assert count.events(id, "StilteBroken") == 1
    clock.set(date(2027, 4, 1))
    assert run(given) == 0


def test_a_reminder_that_did_not_leave_lapses_with_the_answer(given, clock):
    id = told(given)
    clock.set(REMIND)
    run(given)
    answer(given, id)
    assert [each.status for each in messages(given, id)] == [Verzendstatus.VERVALLEN]


def test_an_answer_to_the_reminder_is_an_answer(given, clock):
    id = reached(given, clock, Stilte.HERINNERD)
    (reminder,) = messages(given, id)
    actor = Actor.schuldeiser(reminder.schuldeiser_id)
    with given.session(actor) as session:
        said = GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
        beantwoorden.answer(session, actor, reminder.id, said, via=Antwoordweg.LINK)
    assert stand(given, id) == []


@pytest.mark.parametrize("stop", ["withdraw", "expire"])
def test_a_reminder_does_not_outlive_the_pause(given, clock, stop):
    id = told(given, mailable=False)
    clock.set(REMIND)
    run(given)
    if stop == "withdraw":
        given.withdraw(id)
    else:
        clock.set(date(2027, 6, 2))
        verlopen.expire_pauzes(given.database)
    assert [each.status for each in messages(given, id)] == [Verzendstatus.VERVALLEN]


def test_a_reminder_lapses_when_the_own_pause_of_the_schuldeiser_is_over(given, clock):
    id = given.approved_for(Kort=1, Lang=8)
    given.hand_over(id)
    clock.set(REMIND)
    assert run(given) == 2
    clock.set(date(2027, 3, 2))
    assert verlopen.lapse_kennisgevingen(given.database) == 1
    statuses = {each.schuldeiser.naam: each.status for each in messages(given, id)}
    assert statuses == {"Kort": Verzendstatus.VERVALLEN, "Lang": Verzendstatus.KLAAR}


# --- telephoned, and the list ---------------------------------------------------------------------


def call(given, id, actor=None):
    (first,) = messages(given, id, Soort.KENNISGEVING)
    actor = actor or given.actor
    with given.session(actor) as session:
        stilte.note_call(session, actor, first.id)


def test_who_was_telephoned_in_vain_is_listed_at_once_and_once(given, clock):
    id = reached(given, clock, Stilte.BELLEN)
    call(given, id)
    assert stand(given, id) == [Stilte.GEMELD]
    with pytest.raises(MoveNotAllowed):
        call(given, id)


def test_an_auditor_telephones_nobody(given, clock):
    id = reached(given, clock, Stilte.BELLEN)
    with pytest.raises(NotAllowed):
        call(given, id, given.medewerker(given.organisatie_id, Role.AUDITOR))


def listed(given, actor):
    with given.session(actor) as session:
        return [(each.naam, each.aantal) for each in silences.silent(session, actor)]


def test_the_list_counts_pauses_and_each_organisatie_sees_its_own(given, clock):
    landelijk = given.schuldeiser("Stil BV")
    own = given.schuldeiser("Huisarts", organisatie_id=given.organisatie_id)
    ids = [given.approved([Schuldregel("Stil", {landelijk: None})]) for _ in range(2)]
    ids.append(given.approved([Schuldregel("Huisarts", {own: None})]))
    for day in (date(2027, 2, 1), REMIND, CALL, LISTED):
        clock.set(day)
        run(given)
        for id in ids:
            given.hand_over(id)
    assert listed(given, given.actor) == [("Stil BV", 2), ("Huisarts", 1)]
    assert listed(given, given.other_actor) == []
    assert listed(given, given.medewerker(None, Role.LANDELIJK_BEHEERDER)) == [("Stil BV", 2)]
