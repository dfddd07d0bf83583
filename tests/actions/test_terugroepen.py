"""A message to the wrong party is called back: its link and code die, and the case keeps what leaked."""

from datetime import date

import pytest

from portal.actions import beantwoorden
from portal.domain.beantwoording import Antwoordweg, GegevenAntwoord, Geldigheid
from portal.domain.errors import AlreadyDecided, MoveNotAllowed, NietMeerTeBeantwoorden, NotAllowed, NotFound
from portal.domain.kennisgeving import ONGENOEMD, Soort, from_json
from portal.domain.roles import Actor, Role
from portal.domain.status import Antwoord, Verzendstatus
from portal.models.links import controlecode, wegwijzers
from portal.queries import audit, controle, dossier
from portal.queries.vervolg import added
from portal.texts import gegevens
from tests.actions.conftest import stand_of


def messages(given, id, naam):
    with given.session(given.actor) as session:
        return [k for k in dossier.kennisgevingen(session, id) if k.schuldeiser.naam == naam]


def leaks(given, id, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        return list(dossier.datalekken(session, id))


def test_the_wrong_party_is_asked_to_delete_it_and_is_told_nothing(given, clock, count):
    id = given.approved([given.regel("Fout BV", "KL-77"), given.regel("Goed BV")])
    given.hand_over(id)
    clock.set(date(2027, 2, 3))
    assert given.recall(id, "Fout BV") is True
    first, second = messages(given, id, "Fout BV")
    assert (second.soort, second.status) == (Soort.INTREKKING, Verzendstatus.KLAAR)
    facts = from_json(second.feiten)
    assert (facts.betrokkene, facts.verwijzingen, facts.eerder.bericht_id) == (ONGENOEMD, (), first.id)
    file = gegevens.as_bytes(facts, wegwijzers("https://pauzeknop.example", facts)).decode()
    for text in (second.onderwerp, second.tekst, second.html, str(second.feiten), file):
        for told in ("Meer", "14 mei", "1987-05-14", "3511 AB", "KL-77"):
            assert told not in text
    assert f"Ons bericht van maandag 1 februari 2027 met bericht-id {first.id} was niet voor u bestemd." in second.tekst
    assert gegevens.read(gegevens.document(facts, wegwijzers("https://pauzeknop.example", facts)))[0] == facts
    assert str(second.id) in count.jobs("send_kennisgeving")
    assert len(messages(given, id, "Goed BV")) == 1
    assert audit.verify(given.database).ok


def test_the_case_keeps_what_who_and_when(given, clock):
    id = given.approved([given.regel("Fout BV")])
    given.hand_over(id)
    given.recall(id, wat="Vitens is gekoppeld als Fout BV.")
    (leak,) = leaks(given, id)
    assert (leak.wat, leak.bereikt, leak.found_by) == ("Vitens is gekoppeld als Fout BV.", True, given.actor.id)
    assert leak.kennisgeving.schuldeiser.naam == "Fout BV"
    with given.session(Actor.hulpvrager(id)) as session:
        assert list(dossier.datalekken(session, id)) == []


def test_its_code_says_withdrawn_and_it_takes_no_answer(given):
    id = given.approved([given.regel("Fout BV")])
    given.hand_over(id)
    given.recall(id)
    first, second = messages(given, id, "Fout BV")
    kenmerk = given.case(id).kenmerk
    with given.session(Actor.bezoeker()) as session:
        for message in (first, second):
            found = controle.check(session, kenmerk, controlecode(message.id), date(2027, 2, 2))
            assert found.stand is Geldigheid.INGETROKKEN
    party, said = Actor.schuldeiser(first.schuldeiser_id), GegevenAntwoord(antwoord=Antwoord.BEVESTIGD)
    with given.session(party) as session, pytest.raises(NietMeerTeBeantwoorden):
        beantwoorden.answer(session, party, first.id, said, via=Antwoordweg.LINK)


def test_the_schuld_waits_for_the_party_that_was_meant(given):
    id = given.approved([given.regel("Fout BV")])
    given.hand_over(id)
    given.recall(id)
    (schuld,) = given.case(id).schulden
    assert (schuld.partijen, schuld.matched_at) == ([], None)
    given.match(id, 1, {given.schuldeiser("Goed BV"): "G-1"})
    assert [each.schuldeiser.naam for each in added(stand_of(given, id))] == ["Goed BV"]


def test_what_had_not_left_stays_here_and_nothing_leaked(given):
    id = given.approved([given.regel("Fout BV", mailable=False)])
    assert given.recall(id) is False
    assert [k.status for k in messages(given, id, "Fout BV")] == [Verzendstatus.VERVALLEN]
    assert [leak.bereikt for leak in leaks(given, id)] == [False]


def test_a_stop_afterwards_does_not_write_to_it_again(given):
    id = given.approved([given.regel("Fout BV"), given.regel("Goed BV")])
    given.hand_over(id)
    given.recall(id, "Fout BV")
    given.withdraw(id)
    assert [k.soort for k in messages(given, id, "Fout BV")] == [Soort.KENNISGEVING, Soort.INTREKKING]
    assert [k.soort for k in messages(given, id, "Goed BV")] == [Soort.KENNISGEVING, Soort.BEEINDIGING]


def test_after_the_end_it_is_still_called_back(given):
    id = given.approved([given.regel("Fout BV")])
    given.hand_over(id)
    given.withdraw(id)
    assert given.recall(id) is True
    assert [k.soort for k in messages(given, id, "Fout BV")][-1] is Soort.INTREKKING


def test_once_and_by_a_reviewer_of_this_organisatie_on_what_was_seen(given):
    id = given.approved([given.regel("Fout BV")])
    given.hand_over(id)
    own = given.actor
    given.actor = given.medewerker(given.organisatie_id, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        given.recall(id)
    given.actor = given.other_actor
    with pytest.raises(NotFound):
        given.recall(id)
    given.actor = own
    given.recall(id)
    with pytest.raises((MoveNotAllowed, AlreadyDecided)):
        given.recall(id)
