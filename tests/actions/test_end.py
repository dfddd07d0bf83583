"""The end of a pause: withdrawn, ended early, or simply over."""

from datetime import date

import pytest
from psycopg.errors import CheckViolation

from portal.actions import review, verlopen, verzending
from portal.domain.bericht import BerichtSoort
from portal.domain.errors import MoveNotAllowed
from portal.domain.kennisgeving import Kanaal, Soort, from_json
from portal.domain.roles import Actor
from portal.domain.status import Eindreden, Pogingresultaat, Status, Verzendstatus
from portal.models import Kennisgeving
from portal.queries import dossier
from tests.actions.conftest import at_once
from tests.given import Schuldregel

REDENEN = [str(reden) for reden in Eindreden]


def messages(given, id, soort=None):
    with given.session(given.actor) as session:
        return [k for k in dossier.kennisgevingen(session, id) if soort is None or k.soort is soort]


def end(given, id, reden=Eindreden.VERHUISD):
    with given.session(given.actor) as session:
        review.end_pauze(session, given.actor, id, given.versie(id), reden)


# --- what happens to the messages -----------------------------------------------------------------


def stop_by_withdrawing(given, id):
    given.withdraw(id)


STOPS = pytest.mark.parametrize("stop", [stop_by_withdrawing, end], ids=["withdrawn", "ended"])


@STOPS
def test_what_has_not_left_stays_here_and_nobody_needs_to_be_told(given, count, stop):
    id = given.approved([given.regel("Een"), given.regel("Twee", mailable=False)])
    stop(given, id)
    assert {k.status for k in messages(given, id)} == {Verzendstatus.VERVALLEN}
    assert messages(given, id, Soort.BEEINDIGING) == []
    assert count.events(id, "KennisgevingLapsed") == 2


@STOPS
def test_who_was_told_is_told_that_it_ends(given, count, stop, clock):
    id = given.approved([given.regel("Een", "KL-7"), given.regel("Twee")])
    given.hand_over(id)
    clock.set(date(2027, 3, 15))
    stop(given, id)
    told = messages(given, id, Soort.BEEINDIGING)
    assert sorted(k.schuldeiser.naam for k in told) == ["Een", "Twee"]
    assert {k.status for k in told} == {Verzendstatus.KLAAR}
    assert {k.eind_on for k in told} == {date(2027, 3, 15)}
    assert {k.status for k in messages(given, id, Soort.KENNISGEVING)} == {Verzendstatus.AANGEBODEN}
    assert {str(k.id) for k in told} < set(count.jobs("send_kennisgeving"))
    assert from_json(told[0].feiten).verwijzingen[0].referentie in {"KL-7", "KL-1"}


@STOPS
def test_who_never_got_it_hears_of_no_end_though_it_was_to_be_sent_again(given, stop):
    id = given.approved([given.regel("Een")])
    (message,) = messages(given, id)
    given.begin_attempt(id)
    never = verzending.Uitslag(resultaat=Pogingresultaat.GEWEIGERD, code=550, antwoord="5.1.1 Unknown", tls=True)
    with given.session(Actor.systeem()) as session:
        verzending.record_refusal(session, Kennisgeving, message.id, never)
    with given.session(given.actor) as session:
        verzending.retry(session, given.actor, message.id, Kanaal.EMAIL)
    stop(given, id)
    assert [(k.soort, k.status) for k in messages(given, id)] == [(Soort.KENNISGEVING, Verzendstatus.VERVALLEN)]


@STOPS
def test_whose_own_pause_is_over_hears_nothing_of_a_later_end(given, stop, clock):
    id = given.approved_for(Kort=2, Lang=8)
    given.hand_over(id)
    clock.set(date(2027, 6, 1))
    stop(given, id)
    assert [k.schuldeiser.naam for k in messages(given, id, Soort.BEEINDIGING)] == ["Lang"]


@STOPS
def test_on_its_own_last_day_a_pause_still_runs(given, stop, clock):
    id = given.approved_for(Kort=2, Lang=8)
    given.hand_over(id)
    clock.set(date(2027, 4, 1))
    stop(given, id)
    assert len(messages(given, id, Soort.BEEINDIGING)) == 2


@STOPS
def test_a_message_that_is_on_its_way_lapses_and_is_followed_by_an_end(given, stop):
    id = given.approved()
    given.begin_attempt(id)
    stop(given, id)
    first, second = (messages(given, id, soort)[0] for soort in (Soort.KENNISGEVING, Soort.BEEINDIGING))
    assert (first.status, second.status) == (Verzendstatus.VERVALLEN, Verzendstatus.KLAAR)


@STOPS
def test_the_end_goes_by_post_to_who_was_told_by_post(given, stop):
    id = given.approved([given.regel("Per brief", mailable=False)])
    given.hand_over(id)
    stop(given, id)
    (letter,) = messages(given, id, Soort.BEEINDIGING)
    assert letter.kanaal is Kanaal.BRIEF
    assert "Postbus 9" in letter.tekst


def test_a_stop_reaches_schuldeisers_of_the_own_organisatie_too(given):
    """The hulpvrager does not see the entries of an organisatie, but stopping must reach them."""
    own = given.schuldeiser("Alleen bij ons", organisatie_id=given.organisatie_id)
    id = given.approved([Schuldregel("Alleen bij ons", {own: None})])
    given.hand_over(id)
    given.withdraw(id)
    assert [k.schuldeiser_id for k in messages(given, id, Soort.BEEINDIGING)] == [own]


@pytest.mark.parametrize("reden", Eindreden)
def test_the_reason_stays_inside(given, reden):
    id = given.approved()
    given.hand_over(id)
    end(given, id, reden)
    assert given.case(id).eindreden is reden
    (told,) = messages(given, id, Soort.BEEINDIGING)
    for word in set(REDENEN) - {"Zelf"}:
        assert word not in told.tekst
        assert word not in told.html


def test_the_person_is_told_before_the_schuldeisers(given, count):
    id = given.approved()
    given.hand_over(id)
    end(given, id)
    names = count.names(id)
    stop = names.index("PauzeEnded")
    assert names[stop:] == ["PauzeEnded", "BerichtIssued", "KennisgevingIssued"]
    with given.session(Actor.hulpvrager(id)) as session:
        assert dossier.berichten(session, id)[0].soort is BerichtSoort.BEEINDIGD


def test_withdrawing_a_running_pause_says_that_schuldeisers_are_told(given):
    id = given.approved()
    given.hand_over(id)
    given.withdraw(id)
    case = given.case(id)
    assert (case.status, case.toestemming) == (Status.INGETROKKEN, None)
    with given.session(Actor.hulpvrager(id)) as session:
        assert "U hebt de pauze gestopt" in dossier.berichten(session, id)[0].tekst


def test_a_pause_ends_once(given):
    id = given.ended()
    with pytest.raises(MoveNotAllowed):
        end(given, id)
    with pytest.raises(MoveNotAllowed):
        given.withdraw(id)


# --- over -----------------------------------------------------------------------------------------

LAST_DAY = date(2027, 6, 1)
DAY_AFTER = date(2027, 6, 2)


def test_a_pause_runs_through_its_last_day(given, clock):
    id = given.approved()
    clock.set(LAST_DAY, hour=23, minute=59)
    assert verlopen.expire_pauzes(given.database) == 0
    clock.set(DAY_AFTER, hour=0, minute=1)
    assert verlopen.expire_pauzes(given.database) == 1
    case = given.case(id)
    assert (case.status, case.eindreden) == (Status.AFGELOPEN, Eindreden.AFGEROND)
    with given.session(Actor.hulpvrager(id)) as session:
        last = dossier.berichten(session, id)[0]
    assert last.soort is BerichtSoort.AFGELOPEN
    assert "dinsdag 1 juni 2027" in last.tekst


def test_closing_again_does_nothing(given, clock, count):
    given.approved()
    clock.set(DAY_AFTER)
    verlopen.expire_pauzes(given.database)
    before = count.everything()
    assert verlopen.expire_pauzes(given.database) == 0
    assert count.everything() == before


def test_two_workers_close_each_pause_once(given, clock, count):
    ids = [given.approved([given.regel(f"Eiser {number}")]) for number in range(4)]
    clock.set(DAY_AFTER)
    results, errors = at_once(2, lambda _: verlopen.expire_pauzes(given.database))
    assert errors == []
    assert sum(results) == 4
    assert [count.events(id, "PauzeExpired") for id in ids] == [1] * 4


def test_a_letter_that_was_never_posted_is_not_posted_after_the_pause(given, clock):
    id = given.approved([given.regel("Per brief", mailable=False)])
    clock.set(DAY_AFTER)
    verlopen.expire_pauzes(given.database)
    assert [k.status for k in messages(given, id)] == [Verzendstatus.VERVALLEN]


def test_one_case_that_cannot_be_closed_keeps_no_other(given, clock, owner, caplog):
    broken, whole = given.approved_for(Een=2), given.approved_for(Twee=3)
    owner.execute("UPDATE pauzeverzoek SET antwoorden_sealed = '\\x00' WHERE id = %s", [broken])
    clock.set(DAY_AFTER)
    assert verlopen.expire_pauzes(given.database) == 1
    assert given.case(whole).status is Status.AFGELOPEN
    assert f"_expire failed for {broken}" in caplog.text


def test_what_asks_for_a_pause_that_is_over_stays_here_while_another_runs_on(given, clock, count):
    id = given.approved_for(Kort=2, Lang=8)
    clock.set(date(2027, 4, 1))
    assert verlopen.lapse_kennisgevingen(given.database) == 0
    clock.set(date(2027, 4, 2))
    assert verlopen.lapse_kennisgevingen(given.database) == 1
    assert verlopen.lapse_kennisgevingen(given.database) == 0
    statuses = {k.schuldeiser.naam: k.status for k in messages(given, id)}
    assert statuses == {"Kort": Verzendstatus.VERVALLEN, "Lang": Verzendstatus.KLAAR}
    assert given.case(id).status is Status.GOEDGEKEURD
    assert count.events(id, "KennisgevingLapsed") == 1


def test_the_end_of_a_pause_is_told_however_late(given, clock):
    id = given.approved()
    given.hand_over(id)
    end(given, id)
    clock.set(date(2027, 4, 2))
    assert verlopen.lapse_kennisgevingen(given.database) == 0
    given.hand_over(id)
    assert [k.status for k in messages(given, id, Soort.BEEINDIGING)] == [Verzendstatus.AANGEBODEN]


def test_a_pause_that_was_ended_does_not_also_run_out(given, clock):
    given.ended()
    clock.set(DAY_AFTER)
    assert verlopen.expire_pauzes(given.database) == 0


@pytest.mark.parametrize("table", ["kennisgeving", "pauzeverzoek"])
def test_no_pause_passes_eight_months_whoever_writes_it(given, owner, clock, table):
    """Eight months from 31 October end on 30 June."""
    clock.set(date(2027, 10, 31))
    given.approved_for(Lang=8)
    owner.execute(f"UPDATE {table} SET eind_on = '2028-06-30'")
    with pytest.raises(CheckViolation, match="acht_maanden"):
        owner.execute(f"UPDATE {table} SET eind_on = '2028-07-01'")
