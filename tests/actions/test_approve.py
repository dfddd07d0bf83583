"""Approve and issue: one act, all or nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal import clock as portal_clock
from portal.actions import hulpvrager, review
from portal.domain.bericht import BerichtSoort
from portal.domain.errors import (
    AlreadyDecided,
    DuurOngeldig,
    GeenOntvangers,
    GeenToestemming,
    GeheimAdresNietBevestigd,
    MoveNotAllowed,
    NietGekoppeld,
    ParticulierNietBevestigd,
    VoorbeeldVerouderd,
)
from portal.domain.kennisgeving import Grondslag, Kanaal, Moment, Soort, from_json
from portal.domain.roles import Actor
from portal.domain.status import Status, Verzendstatus
from portal.models import Kennisgeving
from portal.models.kennisgeving import kennisgeving_id
from portal.queries import dossier, voorbeeld
from tests.actions.conftest import at_once
from tests.conftest import ADRESSEN
from tests.given import Schuldregel


def kennisgevingen(given, id, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        return list(dossier.kennisgevingen(session, id))


def test_every_schuldeiser_and_gemachtigde_gets_a_message_of_its_own(given, count):
    eiser, bureau = given.schuldeiser("Energie Oost"), given.incassobureau("Incasso Noord")
    id = given.approved([given.regel("Waterbedrijf"), Schuldregel("Incasso Noord", {bureau: "IN-9", eiser: "E-1"})])
    issued = kennisgevingen(given, id)
    assert sorted(k.schuldeiser.naam for k in issued) == ["Energie Oost", "Incasso Noord", "Waterbedrijf"]
    assert {k.status for k in issued} == {Verzendstatus.KLAAR}
    assert sorted(count.jobs("send_kennisgeving")) == sorted(str(k.id) for k in issued)
    assert count.events(id, "PauzeverzoekApproved") == 1
    assert count.events(id, "KennisgevingIssued") == 3
    per_name = {k.schuldeiser.naam: from_json(k.feiten) for k in issued}
    (from_bureau,) = per_name["Incasso Noord"].verwijzingen
    assert (from_bureau.referentie, from_bureau.namens) == ("IN-9", "Energie Oost")
    (from_eiser,) = per_name["Energie Oost"].verwijzingen
    assert (from_eiser.referentie, from_eiser.namens) == ("E-1", None)


def test_no_recipient_reads_of_another(given):
    names = ["Waterbedrijf Plons", "Huisbank Zuid", "Webwinkel Kleding"]
    issued = kennisgevingen(given, given.approved([given.regel(name, f"REF-{name[:3]}") for name in names]))
    for message in issued:
        others = [name for name in names if name != message.schuldeiser.naam]
        for other in others:
            for text in (message.tekst, message.html, message.onderwerp, str(message.feiten)):
                assert other not in text
                assert f"REF-{other[:3]}" not in text


def test_several_schulden_at_one_recipient_are_one_message_with_every_reference(given):
    eiser = given.schuldeiser("Postorder")
    issued = kennisgevingen(
        given, given.approved([Schuldregel("Postorder", {eiser: "A-1"}), Schuldregel("Postorder", {eiser: "A-2"})])
    )
    assert len(issued) == 1
    assert [v.referentie for v in from_json(issued[0].feiten).verwijzingen] == ["A-1", "A-2"]


def test_the_case_is_approved_with_the_longest_end_date(given):
    short, long = given.schuldeiser("Kort", default_maanden=2), given.schuldeiser("Lang", default_maanden=8)
    id = given.approved([Schuldregel("Kort", {short: None}), Schuldregel("Lang", {long: None})])
    case = given.case(id)
    assert (case.status, case.decided_by) == (Status.GOEDGEKEURD, given.actor.id)
    assert (case.start_on, case.eind_on) == (date(2027, 2, 1), date(2027, 10, 1))
    assert {k.schuldeiser_id: k.eind_on for k in kennisgevingen(given, id)} == {
        short: date(2027, 4, 1), long: date(2027, 10, 1),
    }  # fmt: skip


def test_the_reviewers_months_go_before_those_of_the_directory(given):
    eiser = given.schuldeiser("Eiser", default_maanden=2)
    id = given.matched([Schuldregel("Eiser", {eiser: None})])
    given.approve(id, maanden={eiser: 6})
    assert kennisgevingen(given, id)[0].eind_on == date(2027, 8, 1)


def test_a_convenant_in_force_is_the_ground_and_a_lapsed_one_is_not(given):
    bound = given.schuldeiser("Gebonden", convenant="Convenant Energie", convenant_vanaf=date(2026, 1, 1))
    lapsed = given.schuldeiser("Niet meer", convenant="Oud convenant", convenant_tot=date(2027, 1, 31))
    id = given.approved([Schuldregel("x", {bound: None}), Schuldregel("y", {lapsed: None})])
    found = {k.schuldeiser_id: (k.grondslag, from_json(k.feiten).convenant) for k in kennisgevingen(given, id)}
    assert found == {bound: (Grondslag.CONVENANT, "Convenant Energie"), lapsed: (Grondslag.VERZOEK, None)}


def test_a_message_sent_at_filing_never_says_that_the_person_was_admitted(given):
    (message,) = kennisgevingen(given, given.approved())
    assert message.moment is Moment.BIJ_AANMELDING
    assert "toegelaten" not in message.tekst.lower()


def test_without_a_verified_address_it_is_a_letter_that_is_made_and_not_sent(given, count):
    id = given.approved([given.regel("Alleen post", mailable=False)])
    (letter,) = kennisgevingen(given, id)
    assert (letter.kanaal, letter.status, letter.aan) == (Kanaal.BRIEF, Verzendstatus.KLAAR, None)
    assert "Postbus 9" in letter.tekst
    assert count.jobs("send_kennisgeving") == []
    assert count.jobs("typeset_kennisgeving") == [str(letter.id)]


def test_an_address_that_nobody_verified_is_never_mailed(given):
    typed = given.schuldeiser("Getypt", mailable=False, email="getypt@schuldeiser.example")
    (message,) = kennisgevingen(given, given.approved([Schuldregel("Getypt", {typed: None})]))
    assert (message.kanaal, message.aan) == (Kanaal.BRIEF, None)


def test_the_person_is_told_how_many_and_until_when(given):
    id = given.approved([given.regel("Een"), given.regel("Twee", mailable=False)])
    with given.session(Actor.hulpvrager(id)) as session:
        told = dossier.berichten(session, id)[0]
    assert told.soort is BerichtSoort.GOEDGEKEURD
    assert "2 berichten" in told.tekst
    assert "er 1 per post" in told.tekst
    assert "dinsdag 1 juni 2027" in told.tekst


def test_what_was_shown_before_is_what_is_sent(given):
    id = given.matched([given.regel("Een"), given.regel("Twee", mailable=False)])
    with given.session(given.actor) as session:
        shown = voorbeeld.preview(
            dossier.load(session, id), start_on=portal_clock.today(), maanden={}, contactpersoon="Anna de Boer",
            today=portal_clock.today(), base_url=ADRESSEN.base_url,
        )  # fmt: skip
    given.approve(id)
    sent = {k.id: k for k in kennisgevingen(given, id)}
    assert len(sent) == len(shown) == 2
    for each in shown:
        message = sent[each.feiten.bericht_id]
        assert (message.onderwerp, message.tekst, message.html) == (
            each.tekst.onderwerp, each.tekst.tekst, each.tekst.html,
        )  # fmt: skip
        assert from_json(message.feiten) == each.feiten


def test_an_issued_message_is_frozen_with_its_hash(given):
    (message,) = kennisgevingen(given, given.approved())
    assert message.is_intact
    message.tekst = message.tekst + " "
    assert not message.is_intact


def test_the_id_of_a_message_follows_from_case_recipient_and_kind(given):
    id = given.approved()
    (message,) = kennisgevingen(given, id)
    assert message.id == kennisgeving_id(id, message.sleutel, Soort.KENNISGEVING)
    assert message.message_id == f"<{message.id}@pauzeknop.example>"
    assert kennisgeving_id(id, message.sleutel, Soort.BEEINDIGING) != message.id


# --- what stands in the way -----------------------------------------------------------------------


def refused(given, count, id, error, **besluit):
    """The approval raises `error` and leaves nothing behind."""
    before, versie = count.everything(), given.versie(id)
    with pytest.raises(error) as caught:
        given.approve(id, **besluit)
    assert count.everything() == before
    assert given.versie(id) == versie
    assert given.case(id).status is not Status.GOEDGEKEURD
    return caught.value


def test_a_schuld_without_a_match_is_named(given, count):
    id = given.matched([given.regel("Een"), given.regel("Twee"), given.regel("Drie")])
    second = given.case(id).schulden[1]
    with given.session(given.actor) as session:
        hulpvrager.change_schuld(session, given.actor, id, second.id, {"afzender": "Anders"})
    assert refused(given, count, id, NietGekoppeld).volgnummers == [2]


def test_without_schulden_there_is_nobody_to_tell(given, count):
    refused(given, count, given.matched([]), GeenOntvangers)


def test_without_toestemming_nobody_is_told(given, count):
    refused(given, count, given.matched(toestemming={"keuze": "nee"}), GeenToestemming)


def test_a_private_person_is_told_only_after_a_second_look(given, count):
    id = given.matched([Schuldregel("Oom Piet", {given.particulier("P. Bakker"): None})])
    assert refused(given, count, id, ParticulierNietBevestigd).namen == ["P. Bakker"]
    given.approve(id, particulier_bevestigd=True)
    assert given.case(id).status is Status.GOEDGEKEURD


def test_a_private_person_can_be_left_out_and_the_trail_says_so(given, count):
    id = given.matched([given.regel("Een"), Schuldregel("Oom Piet", {given.particulier("P. Bakker"): None})])
    given.approve(id, zonder_particulier=True)
    assert [k.schuldeiser.naam for k in kennisgevingen(given, id)] == ["Een"]
    assert count.rows("audit", "gebeurtenis = 'OntvangerLeftOut' AND feiten ->> 'belet' = 'niet_bevestigd'") == 1


def test_who_is_left_out_is_not_counted_in_what_the_person_is_told(given, owner):
    id = given.matched([given.regel("Een"), given.regel("Twee"), given.regel("Drie", mailable=False)])
    owner.execute("UPDATE schuldeiser SET actief = false WHERE naam IN ('Twee', 'Drie')")
    given.approve(id)
    with given.session(Actor.hulpvrager(id)) as session:
        told = dossier.berichten(session, id)[0]
    assert "1 bericht" in told.tekst
    assert "per post" not in told.tekst


def test_what_the_reviewer_did_not_see_is_not_sent(given, count, owner):
    id = given.matched()
    seen = given.besluit(id).gezien
    owner.execute("UPDATE schuldeiser SET email = 'ander@plons.example'")
    refused(given, count, id, VoorbeeldVerouderd, gezien=seen)
    refused(given, count, id, VoorbeeldVerouderd, gezien="")


def test_the_day_after_the_messages_are_others_and_are_looked_at_again(given, count, clock):
    id = given.matched()
    seen = given.besluit(id).gezien
    clock.set(date(2027, 2, 2))
    refused(given, count, id, VoorbeeldVerouderd, gezien=seen)


GEHEIM = {"soort": "adres", "postcode": "3511 AB", "huisnummer": "12", "toevoeging": "bis", "geheim": True}


def test_a_secret_address_must_be_confirmed_and_is_in_no_message(given, count):
    id = given.matched([given.regel("Een"), given.regel("Twee", mailable=False)], adres=GEHEIM)
    refused(given, count, id, GeheimAdresNietBevestigd)
    given.approve(id, geheim_bevestigd=True)
    for message in kennisgevingen(given, id):
        facts = from_json(message.feiten).betrokkene
        assert (facts.postcode, facts.huisnummer) == (None, None)
        for text in (message.onderwerp, message.tekst, message.html, str(message.feiten)):
            assert "3511AB" not in text.replace(" ", "")  # digits alone stand in an id by chance
            assert "12 bis" not in text


def test_who_has_no_fixed_address_has_none_in_the_message(given):
    (message,) = kennisgevingen(given, given.approved(adres={"soort": "geen", "postcode": "3511 AB"}))
    assert from_json(message.feiten).betrokkene.postcode is None


@pytest.mark.parametrize("months", [0, -1, 9, 100])
def test_a_pause_outside_one_to_eight_months_is_refused(given, count, months):
    eiser = given.schuldeiser("Eiser")
    id = given.matched([Schuldregel("Eiser", {eiser: None})])
    refused(given, count, id, DuurOngeldig, maanden={eiser: months})


def test_the_maximum_of_one_schuldeiser_holds_for_that_one(given, count):
    strict, free = given.schuldeiser("Streng", max_maanden=6), given.schuldeiser("Ruim")
    id = given.matched([Schuldregel("Ruim", {free: None}), Schuldregel("Streng", {strict: None})])
    refused(given, count, id, DuurOngeldig, maanden={free: 8, strict: 7})
    given.approve(id, maanden={free: 8, strict: 6})
    assert given.case(id).eind_on == date(2027, 10, 1)


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (31, True), (32, False)])
def test_a_pause_starts_between_today_and_a_month_ahead(given, count, days, fits):
    id, start_on = given.matched(), date(2027, 2, 1) + timedelta(days=days)
    if not fits:
        refused(given, count, id, DuurOngeldig, start_on=start_on)
    else:
        given.approve(id, start_on=start_on)
        assert given.case(id).start_on == start_on


def test_a_case_that_nobody_took_cannot_be_approved(given, count):
    eiser = given.regel("Plons")
    id = given.submitted([eiser])
    given.match(id, 1, eiser.parties)
    refused(given, count, id, MoveNotAllowed)


@pytest.fixture
def full_after_one(owner):
    """The database takes one Kennisgeving and then no more, as a full disk would."""
    owner.execute("""
        CREATE FUNCTION refuse_second() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF EXISTS (SELECT 1 FROM kennisgeving) THEN RAISE disk_full; END IF; RETURN NEW;
        END $$;
        CREATE TRIGGER refuse_second BEFORE INSERT ON kennisgeving FOR EACH ROW EXECUTE FUNCTION refuse_second();
    """)
    yield
    owner.execute("DROP TRIGGER refuse_second ON kennisgeving; DROP FUNCTION refuse_second")


def test_a_fault_halfway_leaves_nothing(given, count, full_after_one):
    id = given.matched([given.regel("Een"), given.regel("Twee"), given.regel("Drie")])
    refused(given, count, id, OperationalError)


# --- at once --------------------------------------------------------------------------------------


def test_fifty_approvals_at_once_are_one_act(given, count):
    id = given.matched([given.regel(f"Eiser {number}") for number in range(5)])
    besluit = given.besluit(id)

    def approve(_):
        with given.session(given.actor) as session:
            review.approve_pauzeverzoek(session, given.actor, id, besluit)

    results, errors = at_once(50, approve)
    assert len(results) == 1
    assert {type(error) for error in errors} == {AlreadyDecided}
    assert count.events(id, "PauzeverzoekApproved") == 1
    assert count.events(id, "KennisgevingIssued") == count.rows("kennisgeving") == 5
    assert count.rows("bericht", "soort = 'goedgekeurd'") == 1
    assert len(count.jobs("send_kennisgeving")) == len(set(count.jobs("send_kennisgeving"))) == 5


def test_approving_and_withdrawing_at_once_never_leaves_somebody_told_of_a_stopped_pause(given, count):
    ids = [given.matched([given.regel(f"Eiser {number}")]) for number in range(6)]
    decided = {id: given.besluit(id) for id in ids}

    def act(number):
        id = ids[number // 2]
        if number % 2:
            given.withdraw(id)
        else:
            with given.session(given.actor) as session:
                review.approve_pauzeverzoek(session, given.actor, id, decided[id])

    _, errors = at_once(12, act)
    assert {type(error) for error in errors} <= {AlreadyDecided, MoveNotAllowed}
    for id in ids:
        assert given.case(id).status is Status.INGETROKKEN
        assert {k.status for k in kennisgevingen(given, id)} <= {Verzendstatus.VERVALLEN}


def test_the_hulpvrager_sees_who_was_told(given):
    id = given.approved([given.regel("Een"), given.regel("Twee")])
    with given.session(Actor.hulpvrager(id)) as session:
        told = session.scalars(select(Kennisgeving).where(Kennisgeving.verzoek_id == id)).all()
        assert len(told) == 2
        assert sorted(k.schuldeiser.naam for k in dossier.kennisgevingen(session, id)) == ["Een", "Twee"]
