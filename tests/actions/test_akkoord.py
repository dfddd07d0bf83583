"""The two-key rule: one asks, a second one, never the same, agrees; what is asked happens then and not before."""

from datetime import date

import psycopg
import pytest

from portal import clock as portal_clock
from portal.actions import akkoord, akkoord_soorten, massaal
from portal.domain.akkoord import Akkoordstatus
from portal.domain.errors import AlreadyDecided, BestaatAl, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.kennisgeving import Kanaal
from portal.domain.roles import Actor, Role
from portal.domain.status import Eindreden, Status, Verzendstatus
from portal.models import Akkoordvraag
from portal.queries import akkoord as questions
from portal.queries import dossier
from tests.actions.conftest import at_once, busy
from tests.given import WEEK, Schuldregel

GEHEIM = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "", "geheim": True}


@pytest.fixture
def second(given):
    return given.medewerker(given.organisatie_id, Role.TEAMLEIDER, naam="Tim Tweede")


def ask(given, wens, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        return akkoord.ask(session, actor, wens, "Omdat het moet.", WEEK)


def decide(given, actor, vraag, *, akkoord_gegeven=True):
    with given.session(actor) as session:
        akkoord.decide(session, actor, vraag.id, "Gezien.", akkoord=akkoord_gegeven)


def vraag(given, id):
    with given.session(Actor.systeem()) as session:
        return session.get_one(Akkoordvraag, id)


def switch(given, aan):
    beheerder = given.medewerker(given.organisatie_id, Role.BEHEERDER)
    with given.session(beheerder) as session:
        akkoord.switch_two_keys(session, beheerder, aan=aan)


def secret(given):
    return given.matched(adres=GEHEIM)


def test_who_asks_for_an_address_waits_for_its_machine_without_the_row_that_the_machine_needs(given, queue, owner):
    """Else each would wait for the other."""
    party = given.schuldeiser("Een")
    machine, keeper = Actor.schuldeiser(party), given.medewerker(None, Role.LANDELIJK_BEHEERDER)
    with busy(given, party, machine):
        asked = queue(lambda: ask(given, akkoord_soorten.change_email(party, "nieuw@een.example"), keeper))
        owner.execute("SELECT 1 FROM schuldeiser WHERE id = %s FOR KEY SHARE NOWAIT", [party])
    assert asked.result().status is Akkoordstatus.OPEN


# --- two people -----------------------------------------------------------------------------------


def test_a_secret_address_stays_secret_until_a_colleague_agrees(given, second, count):
    id = secret(given)
    asked = ask(given, akkoord_soorten.lift_geheim(id))
    assert given.case(id).adres.geheim
    with given.session(second) as session:
        assert [each.id for each in questions.to_decide(session, second, portal_clock.now())] == [asked.id]
    before = given.versie(id)
    decide(given, second, asked)
    assert not given.case(id).adres.geheim
    assert given.versie(id) > before, "a decision on the page of before is refused"
    assert count.names(id)[-3:] == ["AkkoordAsked", "AkkoordGiven", "GeheimAdresLifted"]
    kept = vraag(given, asked.id)
    assert (kept.reden, kept.antwoord, kept.decided_by) == ("Omdat het moet.", "Gezien.", second.id)


def test_who_asks_never_agrees(given, owner):
    asked = ask(given, akkoord_soorten.lift_geheim(secret(given)))
    with pytest.raises(NotAllowed):
        decide(given, given.actor, asked)
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE akkoordvraag SET status = 'akkoord', decided_by = asked_by")


def test_without_agreement_nothing_happens_and_it_can_be_asked_again(given, second, count):
    id = secret(given)
    decide(given, second, ask(given, akkoord_soorten.lift_geheim(id)), akkoord_gegeven=False)
    assert given.case(id).adres.geheim
    ask(given, akkoord_soorten.lift_geheim(id))
    assert count.names(id)[-2:] == ["AkkoordRefused", "AkkoordAsked"]


def test_the_same_is_asked_once_and_decided_once(given, second):
    id = secret(given)
    asked = ask(given, akkoord_soorten.lift_geheim(id))
    with pytest.raises(BestaatAl):
        ask(given, akkoord_soorten.lift_geheim(id), second)
    thirds = [given.medewerker(given.organisatie_id, Role.HULPVERLENER) for _ in range(4)]
    _, errors = at_once(4, lambda number: decide(given, thirds[number], asked))
    assert [type(error) for error in errors] == [AlreadyDecided] * 3


@pytest.mark.parametrize("role", [Role.BEHEERDER, Role.AUDITOR])
def test_who_decides_on_no_case_decides_here_neither(given, role):
    asked = ask(given, akkoord_soorten.lift_geheim(secret(given)))
    other = given.medewerker(given.organisatie_id, role)
    with pytest.raises(NotAllowed):
        decide(given, other, asked)
    with pytest.raises(NotAllowed):
        ask(given, akkoord_soorten.lift_geheim(secret(given)), other)


def test_another_organisatie_neither_asks_nor_decides(given):
    id = secret(given)
    asked = ask(given, akkoord_soorten.lift_geheim(id))
    with pytest.raises(NotFound):
        decide(given, given.other_actor, asked)
    with pytest.raises(NotFound):
        ask(given, akkoord_soorten.lift_geheim(id), given.other_actor)


def test_what_can_no_longer_be_done_is_not_agreed_to(given, second):
    id = secret(given)
    asked = ask(given, akkoord_soorten.lift_geheim(id))
    given.withdraw(id)
    with pytest.raises(MoveNotAllowed):
        decide(given, second, asked)
    assert vraag(given, asked.id).status is Akkoordstatus.OPEN
    decide(given, second, asked, akkoord_gegeven=False)


def test_a_late_answer_is_none_and_the_question_makes_room(given, second, clock, count):
    id = secret(given)
    asked = ask(given, akkoord_soorten.lift_geheim(id))
    clock.set(date(2027, 2, 9))
    with pytest.raises(AlreadyDecided):
        decide(given, second, asked)
    ask(given, akkoord_soorten.lift_geheim(id))
    assert count.names(id)[-2:] == ["AkkoordExpired", "AkkoordAsked"]
    assert akkoord.expire(given.database) == 0


# --- one person, where the organisatie says so ----------------------------------------------------


def test_a_small_team_works_with_one_key_and_that_is_on_record(given, count):
    switch(given, aan=False)
    id = secret(given)
    done = ask(given, akkoord_soorten.lift_geheim(id))
    assert (done.status, done.alleen) == (Akkoordstatus.AKKOORD, True)
    assert not given.case(id).adres.geheim
    assert count.rows("audit", "gebeurtenis = 'AkkoordGiven' AND (feiten ->> 'alleen')::boolean") == 1
    assert count.names(given.organisatie_id)[-1] == "TweeSleutelsSwitched"
    switch(given, aan=True)
    assert ask(given, akkoord_soorten.lift_geheim(secret(given))).status is Akkoordstatus.OPEN


def test_the_address_of_a_schuldeiser_always_takes_two(given, owner):
    switch(given, aan=False)
    own = given.schuldeiser("Garage", organisatie_id=given.organisatie_id)
    asked = ask(given, akkoord_soorten.change_email(own, "nieuw@garage.example"))
    assert asked.status is Akkoordstatus.OPEN
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE akkoordvraag SET alleen = true")


@pytest.mark.parametrize("role", [Role.TEAMLEIDER, Role.HULPVERLENER, Role.AUDITOR])
def test_only_the_beheerder_switches(given, role):
    actor = given.medewerker(given.organisatie_id, role)
    with given.session(actor) as session, pytest.raises(NotAllowed):
        akkoord.switch_two_keys(session, actor, aan=False)


# --- an address that nobody verified --------------------------------------------------------------


def letter(given):
    """A case whose only message waits to be posted, while the directory holds an unverified address."""
    id = given.approved([given.regel("Plons", mailable=False, email="getypt@plons.example")])
    with given.session(Actor.systeem()) as session:
        (message,) = dossier.kennisgevingen(session, id)
    return message


def message_of(given, id):
    with given.session(Actor.systeem()) as session:
        return dossier.kennisgevingen(session, id)[0]


def test_one_message_goes_to_an_unverified_address_when_two_agree(given, second, count):
    message = letter(given)
    asked = ask(given, akkoord_soorten.mail_unverified(message))
    assert message_of(given, message.verzoek_id).kanaal is Kanaal.BRIEF
    decide(given, second, asked)
    sent = message_of(given, message.verzoek_id)
    assert (sent.kanaal, sent.aan, sent.status) == (Kanaal.EMAIL, "getypt@plons.example", Verzendstatus.KLAAR)
    assert sent.tekst == message.tekst
    assert count.jobs("send_kennisgeving") == [str(message.id)]


@pytest.mark.parametrize("change", ["email = 'ander@plons.example'", "email = NULL"])
def test_another_address_than_the_one_asked_about_is_not_mailed(given, second, owner, change):
    asked = ask(given, akkoord_soorten.mail_unverified(letter(given)))
    owner.execute(f"UPDATE schuldeiser SET {change}")
    with pytest.raises(MoveNotAllowed):
        decide(given, second, asked)


def test_a_posted_letter_is_not_mailed_as_well(given, second):
    message = letter(given)
    asked = ask(given, akkoord_soorten.mail_unverified(message))
    given.hand_over(message.verzoek_id)
    with pytest.raises(MoveNotAllowed):
        decide(given, second, asked)


# --- many at once ---------------------------------------------------------------------------------


def test_many_pauses_end_each_by_itself_and_one_that_cannot_stops_no_other(given, second, count):
    ids = [given.approved([given.regel(f"Eiser {number}")]) for number in range(3)]
    wens = akkoord_soorten.end_many(given.actor.id, ids, Eindreden.VERHUISD)
    asked = ask(given, wens)
    assert {given.case(id).status for id in ids} == {Status.GOEDGEKEURD}
    decide(given, second, asked)
    assert count.jobs("carry_out") == [str(asked.id)]
    given.withdraw(ids[1])
    assert massaal.carry_out(given.database, asked.id) == 2
    assert [given.case(id).status for id in ids] == [Status.BEEINDIGD, Status.INGETROKKEN, Status.BEEINDIGD]
    assert massaal.carry_out(given.database, asked.id) == 0, "a worker that died half-way does what is left"
    assert count.rows("audit", "gebeurtenis = 'PauzeEnded' AND actor_id = %s", given.actor.id) == 2


def test_only_running_pauses_of_the_own_organisatie_are_ended(given):
    running, new = given.approved(), given.submitted()
    for ids in ([running, new], []):
        with pytest.raises((MoveNotAllowed, NotFound)):
            ask(given, akkoord_soorten.end_many(given.actor.id, ids, Eindreden.VERHUISD))
    with pytest.raises(MoveNotAllowed):
        ask(given, akkoord_soorten.end_many(given.actor.id, [running], Eindreden.VERHUISD), given.other_actor)


def test_what_one_schuldeiser_did_not_get_goes_again(given, second, owner):
    plons = given.schuldeiser("Plons")
    for _ in range(2):
        given.approved([Schuldregel("Plons", {plons: None})])
    owner.execute("UPDATE kennisgeving SET status = 'niet_bezorgd'")
    with given.session(given.actor) as session:
        ((party, number),) = questions.failed(session, given.actor)
        ids = list(questions.failed_at(session, given.actor, plons))
    assert (party.id, number, len(ids)) == (plons, 2, 2)
    asked = ask(given, akkoord_soorten.resend_many(plons, ids))
    decide(given, second, asked)
    assert massaal.carry_out(given.database, asked.id) == 2
    assert {row[0] for row in owner.execute("SELECT status FROM kennisgeving")} == {"klaar"}
