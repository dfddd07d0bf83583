"""What comes to a case after the approval: matched, shown, told in one act, each recipient by itself."""

from datetime import date

import pytest

from portal.actions import bijkomen, hulpvrager, review
from portal.actions.bijkomen import Bijkomst
from portal.domain.errors import (
    AlreadyDecided,
    AlVerteld,
    GeenOntvangers,
    GeheimAdresNietBevestigd,
    MoveNotAllowed,
    NotAllowed,
    ParticulierNietBevestigd,
)
from portal.domain.kennisgeving import Soort, Wijziging, from_json
from portal.domain.roles import Actor, Role
from portal.domain.status import Verzendstatus
from portal.queries import dossier
from portal.queries.vervolg import added, fingerprint
from tests.actions.conftest import at_once, stand_of
from tests.given import Schuldregel


def forgotten(given, id, parties):
    """A reviewer adds a schuld to a running case and ties it."""
    with given.session(given.actor) as session:
        hulpvrager.add_schuld(session, given.actor, id, {"afzender": "Vergeten"})
    given.match(id, len(given.case(id).schulden), parties)


def plans_of(given, id):
    return added(stand_of(given, id))


def tell(given, id, actor=None, **besluit):
    actor = actor or given.actor
    with given.session(actor) as session:
        seen = fingerprint(plans_of(given, id))
        decided = Bijkomst(**{"versie": given.versie(id), "gezien": seen} | besluit)
        return bijkomen.tell_added(session, actor, id, decided)


def messages(given, id, naam):
    with given.session(given.actor) as session:
        return [k for k in dossier.kennisgevingen(session, id) if k.schuldeiser.naam == naam]


def test_a_forgotten_schuld_gets_its_own_kennisgeving_with_the_original_last_day(given, count, clock):
    id = given.approved([given.regel("Eerste")])
    given.hand_over(id)
    clock.set(date(2027, 3, 15))
    forgotten(given, id, {given.schuldeiser("Later"): "L-1"})
    assert [each.schuldeiser.naam for each in plans_of(given, id)] == ["Later"]
    assert tell(given, id) == []
    (message,) = messages(given, id, "Later")
    assert (message.soort, message.start_on, message.eind_on) == (
        Soort.KENNISGEVING, date(2027, 3, 15), date(2027, 6, 1),
    )  # fmt: skip
    assert len(messages(given, id, "Eerste")) == 1
    assert given.case(id).eind_on == date(2027, 6, 1)
    assert count.events(id, "OntvangersAdded") == 1
    assert str(message.id) in count.jobs("send_kennisgeving")
    assert plans_of(given, id) == []


def test_what_was_shown_is_what_is_sent(given):
    id = given.approved()
    forgotten(given, id, {given.schuldeiser("Later"): "L-1"})
    (shown,) = plans_of(given, id)
    tell(given, id)
    (message,) = messages(given, id, "Later")
    assert (message.id, from_json(message.feiten)) == (shown.feiten.bericht_id, shown.feiten)


def test_the_maximum_of_the_pair_goes_before_the_last_day_of_the_case(given):
    long = given.schuldeiser("Lang", default_maanden=8)
    short = given.schuldeiser("Kort", max_maanden=2, default_maanden=2)
    id = given.approved([Schuldregel("Lang", {long: None})])
    forgotten(given, id, {short: None})
    tell(given, id)
    assert messages(given, id, "Kort")[0].eind_on == date(2027, 4, 1)


def test_a_pause_that_has_yet_to_begin_begins_for_all_on_the_same_day(given):
    id = given.matched([given.regel("Eerste")])
    given.approve(id, start_on=date(2027, 2, 20))
    forgotten(given, id, {given.schuldeiser("Later"): None})
    tell(given, id)
    assert messages(given, id, "Later")[0].start_on == date(2027, 2, 20)


def test_on_the_last_day_there_is_nothing_to_ask_any_more(given, clock):
    id = given.approved()
    forgotten(given, id, {given.schuldeiser("Later"): None})
    clock.set(date(2027, 6, 1))
    assert [each.belet for each in plans_of(given, id)] == ["te_kort"]
    with pytest.raises(GeenOntvangers):
        tell(given, id)


def test_another_schuld_at_the_same_recipient_is_a_correctie_with_both_references(given):
    eiser = given.schuldeiser("Postorder")
    id = given.approved([Schuldregel("Postorder", {eiser: "A-1"})])
    given.hand_over(id)
    forgotten(given, id, {eiser: "A-2"})
    tell(given, id)
    first, second = messages(given, id, "Postorder")
    facts = from_json(second.feiten)
    assert (second.soort, facts.gewijzigd, facts.eerder.bericht_id) == (
        Soort.CORRECTIE, (Wijziging.REFERENTIE,), first.id,
    )  # fmt: skip
    assert [each.referentie for each in facts.verwijzingen] == ["A-1", "A-2"]
    assert second.eind_on == first.eind_on


def test_who_has_not_got_the_first_message_gets_a_whole_one_instead(given):
    eiser = given.schuldeiser("Postorder", mailable=False)
    id = given.approved([Schuldregel("Postorder", {eiser: "A-1"})])
    forgotten(given, id, {eiser: "A-2"})
    tell(given, id)
    first, second = messages(given, id, "Postorder")
    assert (first.status, second.soort, second.nummer) == (Verzendstatus.VERVALLEN, Soort.KENNISGEVING, 2)
    assert from_json(second.feiten).eerder is None


def test_somebody_who_was_told_cannot_be_left_out_of_the_case(given):
    first, other = given.schuldeiser("Eerste"), given.schuldeiser("Ander")
    id = given.approved([Schuldregel("Eerste", {first: None})])
    with pytest.raises(AlVerteld) as refused:
        given.match(id, 1, {other: None})
    assert refused.value.schuldeiser_ids == [first]
    given.match(id, 1, {first: None, other: None})
    assert [each.schuldeiser.naam for each in plans_of(given, id)] == ["Ander"]


def test_a_private_person_and_a_secret_address_are_confirmed_as_in_the_decision(given, count):
    geheim = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "", "geheim": True}
    id = given.matched(adres=geheim)
    given.approve(id, geheim_bevestigd=True)
    forgotten(given, id, {given.particulier("P. Bakker"): None})
    before = count.everything()
    with pytest.raises(ParticulierNietBevestigd):
        tell(given, id, geheim_bevestigd=True)
    with pytest.raises(GeheimAdresNietBevestigd):
        tell(given, id, particulier_bevestigd=True)
    assert count.everything() == before
    forgotten(given, id, {given.schuldeiser("Bedrijf"): None})
    assert tell(given, id, geheim_bevestigd=True) == []
    assert [each.schuldeiser.naam for each in plans_of(given, id)] == ["P. Bakker"]
    assert tell(given, id, particulier_bevestigd=True, geheim_bevestigd=True) == []
    assert len(messages(given, id, "P. Bakker")) == 1


def test_only_a_reviewer_and_only_while_the_pause_runs(given):
    id = given.approved()
    forgotten(given, id, {given.schuldeiser("Later"): None})
    with pytest.raises(NotAllowed):
        tell(given, id, given.medewerker(given.organisatie_id, Role.AUDITOR))
    given.withdraw(id)
    with pytest.raises(MoveNotAllowed):
        tell(given, id)
    with pytest.raises(MoveNotAllowed):
        forgotten(given, id, {given.schuldeiser("Nog een"): None})


def test_a_change_after_the_page_was_read_stops_the_act(given):
    id = given.approved()
    forgotten(given, id, {given.schuldeiser("Later"): None})
    read = given.versie(id)
    forgotten(given, id, {given.schuldeiser("Nog later"): None})
    with pytest.raises(AlreadyDecided):
        tell(given, id, versie=read)


def test_many_at_once_are_one_act(given, count):
    id = given.approved()
    forgotten(given, id, {given.schuldeiser("Later"): None})
    read = given.versie(id)
    results, errors = at_once(8, lambda _: tell(given, id, versie=read))
    assert (results, {type(error) for error in errors}) == ([[]], {AlreadyDecided})
    assert count.rows("kennisgeving") == 2


@pytest.fixture
def refuses_broken(owner):
    """The database does not take the message to one recipient."""
    owner.execute("""
        CREATE FUNCTION refuse_broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF (SELECT naam FROM schuldeiser WHERE id = NEW.schuldeiser_id) = 'Kapot' THEN RAISE data_exception; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER refuse_broken BEFORE INSERT ON kennisgeving FOR EACH ROW EXECUTE FUNCTION refuse_broken();
    """)
    yield
    owner.execute("DROP TRIGGER refuse_broken ON kennisgeving; DROP FUNCTION refuse_broken")


def test_what_goes_wrong_with_one_recipient_stays_with_that_one(given, count, refuses_broken):
    id = given.approved([given.regel("Eerste")])
    for naam in ("Goed", "Kapot", "Ook goed"):
        forgotten(given, id, {given.schuldeiser(naam): None})
    assert tell(given, id) == ["Kapot"]
    assert [len(messages(given, id, naam)) for naam in ("Goed", "Kapot", "Ook goed")] == [1, 0, 1]
    assert count.events(id, "KennisgevingIssued") == 3
    assert [each.schuldeiser.naam for each in plans_of(given, id)] == ["Kapot"]


def test_a_stop_tells_who_came_later_too(given):
    id = given.approved([given.regel("Eerste")])
    forgotten(given, id, {given.schuldeiser("Later"): None})
    tell(given, id)
    given.hand_over(id)
    given.withdraw(id)
    assert [k.soort for k in messages(given, id, "Later")] == [Soort.KENNISGEVING, Soort.BEEINDIGING]


def test_a_hulpvrager_cannot_add_to_a_running_pause(given):
    id = given.approved()
    person = Actor.hulpvrager(id)
    with given.session(person) as session, pytest.raises(MoveNotAllowed):
        hulpvrager.add_schuld(session, person, id, {"afzender": "Vergeten"})


def test_a_line_of_a_running_pause_is_not_taken_off(given):
    id = given.approved()
    (schuld,) = given.case(id).schulden
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        hulpvrager.remove_schuld(session, given.actor, id, schuld.id)


def test_a_decision_still_counts_all_its_recipients(given):
    id = given.approved([given.regel("Eerste")])
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        review.approve_pauzeverzoek(session, given.actor, id, given.besluit(id))
