"""What a hulpvrager does, and what follows from it."""

from datetime import date

import pytest

from portal.actions import hulpvrager, review
from portal.domain.antwoorden import MAX_SCHULDEN
from portal.domain.bericht import BerichtSoort
from portal.domain.errors import (
    AlreadyDecided,
    MoveNotAllowed,
    NietCompleet,
    NotFound,
    TeVeelSchulden,
)
from portal.domain.roles import Actor, Role
from portal.domain.status import Eindreden, Status, Verzendstatus
from portal.models import BerichtKanaal
from portal.queries import dossier
from portal.texts import toestemming
from tests.actions.conftest import at_once
from tests.given import AMERSFOORT, HILVERSUM, UTRECHT, WIJDEMEREN, antwoorden

GRONINGEN = "GM0014"


def submit(given, id):
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.submit(session, person)


def test_somebody_begins_without_an_account_and_everything_is_kept(given, count):
    id = given.concept()
    case = given.case(id)
    assert case.status is Status.CONCEPT
    assert case.antwoorden == antwoorden()
    assert count.names(id)[:2] == ["PauzeverzoekStarted", "AntwoordSaved"]
    assert count.events(id, "AntwoordSaved") == len(antwoorden())


def test_an_answer_replaces_the_one_before(given):
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.save_answers(session, person, {"hulp": {"soort": "familie"}})
    assert given.case(id).antwoorden["hulp"] == {"soort": "familie"}


def test_what_was_typed_cannot_be_read_in_the_database(given, owner):
    id = given.concept()
    row = b" ".join(bytes(v) for v in owner.execute("SELECT antwoorden_sealed FROM pauzeverzoek").fetchone())
    assert b"Meer" not in row
    assert b"3511" not in row
    assert given.case(id).persoon.achternaam == "Meer"


def test_a_concept_is_one_persons_own(given):
    id, stranger = given.concept(), Actor.hulpvrager(given.concept())
    with given.session(stranger) as session, pytest.raises(NotFound):
        hulpvrager.add_schuld(session, stranger, id, {"afzender": "Iemand"})


def test_nobody_in_particular_has_no_pauzeverzoek(given):
    with given.session(Actor.bezoeker()) as session, pytest.raises(NotFound):
        hulpvrager.submit(session, Actor.bezoeker())


# --- submit ---------------------------------------------------------------------------------------


def test_submitting_starts_the_clock_and_tells_the_person(given, count):
    id = given.submitted()
    case = given.case(id)
    assert case.status is Status.INGEDIEND
    assert (case.meldingsdatum, case.eerste_gesprek_voor) == (date(2027, 2, 1), date(2027, 3, 1))
    assert (case.gemeente_code, case.organisatie_id) == (UTRECHT, given.organisatie_id)
    assert count.events(id, "PauzeverzoekSubmitted") == 1
    with given.session(Actor.hulpvrager(id)) as session:
        (bericht,) = dossier.berichten(session, id)
    assert (bericht.soort, bericht.kanaal, bericht.status) == (
        BerichtSoort.ONTVANGEN, BerichtKanaal.EMAIL, Verzendstatus.KLAAR,
    )  # fmt: skip
    assert "maandag 1 maart 2027" in bericht.tekst
    assert count.jobs("send_bericht") == [str(bericht.id)]


def test_a_threat_shortens_the_term_to_three_working_days(given):
    id = given.submitted(dreiging={"ontruiming": "ja", "ontruiming_on": "2027-02-20"})
    case = given.case(id)
    assert case.dreigend
    assert case.eerste_gesprek_voor == date(2027, 2, 4)


def test_a_request_late_in_the_evening_counts_on_the_dutch_day(given, clock):
    clock.set(date(2027, 7, 1), hour=0, minute=30)  # in UTC it is 30 June
    assert given.case(given.submitted()).meldingsdatum == date(2027, 7, 1)


def test_without_an_e_mail_address_the_message_is_on_the_status_page_only(given, count):
    id = given.submitted(contact={"telefoon": "06 12345678", "email": ""})
    with given.session(Actor.hulpvrager(id)) as session:
        (bericht,) = dossier.berichten(session, id)
    assert (bericht.kanaal, bericht.status, bericht.aan) == (BerichtKanaal.PORTAAL, Verzendstatus.AANGEBODEN, None)
    assert count.jobs("send_bericht") == []


def test_who_has_a_mail_reader_over_the_shoulder_gets_a_mail_that_says_nothing(given):
    id = given.submitted(contact={"email": "f@inwoner.example", "meelezen": True})
    with given.session(Actor.hulpvrager(id)) as session:
        (bericht,) = dossier.berichten(session, id)
    for said in (bericht.onderwerp, bericht.tekst, bericht.html):
        assert "schuld" not in said.lower()
        assert "Utrecht" not in said


def test_a_request_without_a_single_schuld_can_be_filed(given):
    assert given.case(given.submitted([])).schulden == []


@pytest.mark.parametrize("stap", antwoorden())
def test_an_open_question_is_named(given, stap):
    _ = given.organisatie_id
    id = given.concept(**{stap: None})
    with pytest.raises(NietCompleet) as caught:
        submit(given, id)
    assert caught.value.stap == stap
    assert given.case(id).status is Status.CONCEPT


def test_a_gemeente_that_takes_no_part_keeps_the_concept(given):
    _ = given.organisatie_id
    id = given.concept(gemeente={"code": GRONINGEN})
    with pytest.raises(NietCompleet, match="nog-niet"):
        submit(given, id)
    assert given.case(id).antwoorden == antwoorden(gemeente={"code": GRONINGEN})


def test_a_gemeente_code_that_does_not_exist_is_refused(given):
    _ = given.organisatie_id
    with pytest.raises(NietCompleet, match="nog-niet"):
        submit(given, given.concept(gemeente={"code": "GM9999"}))


def test_a_second_submit_is_refused_and_nothing_is_done_twice(given, count):
    id = given.submitted()
    before = count.everything()
    with pytest.raises(MoveNotAllowed):
        submit(given, id)
    assert count.everything() == before


def test_fifty_submits_at_once_are_one_act(given, count):
    _ = given.organisatie_id
    id = given.concept()
    results, errors = at_once(50, lambda _: submit(given, id))
    assert len(results) == 1
    assert {type(error) for error in errors} == {MoveNotAllowed}
    assert count.events(id, "PauzeverzoekSubmitted") == 1
    assert count.rows("bericht", "verzoek_id = %s", id) == 1
    assert len(count.jobs("send_bericht")) == 1


@pytest.mark.parametrize("stap", ["naam", "toestemming"])
def test_answers_are_fixed_once_submitted(given, stap):
    id = given.submitted()
    person = Actor.hulpvrager(id)
    with given.session(person) as session, pytest.raises(MoveNotAllowed):
        hulpvrager.save_answers(session, person, {stap: {"keuze": "nee"}})


# --- Wijdemeren and Hilversum ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "begun", "filed", "goes_to"),
    [
        (WIJDEMEREN, (2026, 12, 31), (2026, 12, 31), WIJDEMEREN),
        (WIJDEMEREN, (2026, 12, 31), (2027, 1, 1), HILVERSUM),
        (WIJDEMEREN, (2027, 1, 1), (2027, 1, 1), HILVERSUM),
        (HILVERSUM, (2026, 12, 31), (2026, 12, 31), HILVERSUM),
        (HILVERSUM, (2026, 12, 31), (2027, 1, 1), HILVERSUM),
    ],
)
def test_the_merger_of_2027_sends_a_request_to_the_gemeente_of_the_day_it_is_filed(
    given, clock, chosen, begun, filed, goes_to
):
    clock.set(date(*begun), hour=23, minute=50)
    old = given.organisatie("Uitvoering Gooi", WIJDEMEREN)
    new = given.organisatie("Gemeente Hilversum", HILVERSUM)
    id = given.concept(gemeente={"code": chosen})
    clock.set(date(*filed), hour=23 if filed[0] == 2026 else 0, minute=55)
    submit(given, id)
    case = given.case(id)
    assert case.gemeente_code == goes_to
    assert case.organisatie_id == (old if goes_to == WIJDEMEREN else new)
    assert case.meldingsdatum == date(*filed)


# --- schulden -------------------------------------------------------------------------------------


def test_the_list_of_schulden_is_kept_changed_and_shortened(given, count):
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        first = hulpvrager.add_schuld(session, person, id, {"afzender": "Een"})
        second = hulpvrager.add_schuld(session, person, id, {"afzender": "Twee"})
        hulpvrager.change_schuld(session, person, id, first, {"afzender": "Een BV", "referentie": "7"})
        hulpvrager.remove_schuld(session, person, id, second)
    (left,) = given.case(id).schulden
    assert (left.volgnummer, left.verteld.afzender, left.verteld.referentie) == (1, "Een BV", "7")
    assert count.names(id)[-4:] == ["SchuldAdded", "SchuldAdded", "SchuldChanged", "SchuldRemoved"]


def test_a_schuld_that_is_gone_cannot_be_removed_again(given):
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        schuld_id = hulpvrager.add_schuld(session, person, id, {"afzender": "Een"})
        hulpvrager.remove_schuld(session, person, id, schuld_id)
        with pytest.raises(NotFound):
            hulpvrager.remove_schuld(session, person, id, schuld_id)


def test_sixty_schulden_fit_and_one_more_does_not(given):
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        for number in range(MAX_SCHULDEN):
            hulpvrager.add_schuld(session, person, id, {"afzender": f"Nummer {number}"})
        with pytest.raises(TeVeelSchulden):
            hulpvrager.add_schuld(session, person, id, {"afzender": "Te veel"})
    assert len(given.case(id).schulden) == MAX_SCHULDEN == 60


def test_what_was_filed_is_the_reviewers_and_the_hulpvrager_can_only_add_to_it(given):
    id = given.submitted([given.regel("Plons")])
    person, schuld = Actor.hulpvrager(id), given.case(id).schulden[0]
    with given.session(person) as session:
        for act in (
            lambda: hulpvrager.change_schuld(session, person, id, schuld.id, {"afzender": "Anders"}),
            lambda: hulpvrager.remove_schuld(session, person, id, schuld.id),
        ):
            with pytest.raises(MoveNotAllowed):
                act()
        hulpvrager.add_schuld(session, person, id, {"afzender": "Nog een"})
    with given.session(given.actor) as session:
        hulpvrager.add_schuld(session, given.actor, id, {"afzender": "Aan de telefoon genoemd"})
    assert [line.verteld.afzender for line in given.case(id).schulden] == [
        "Plons", "Nog een", "Aan de telefoon genoemd",
    ]  # fmt: skip


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BEHEERDER])
def test_who_may_not_decide_may_not_touch_the_list(given, role):
    id = given.submitted([given.regel("Plons")])
    reader = given.medewerker(given.organisatie_id, role)
    with given.session(reader) as session, pytest.raises((MoveNotAllowed, NotFound)):
        hulpvrager.add_schuld(session, reader, id, {"afzender": "Nog een"})


# --- toestemming ----------------------------------------------------------------------------------


def test_toestemming_is_kept_with_its_version_and_the_hash_of_its_text(given):
    given_now = given.case(given.concept()).toestemming
    assert (given_now.versie, given_now.tekst_sha256) == (toestemming.VERSIE, toestemming.SHA256)


def test_a_new_answer_revokes_the_toestemming_before_it_and_keeps_it(given, count):
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.save_answers(session, person, {"toestemming": {"keuze": "nee"}})
        assert given.case(id).toestemming is None
        hulpvrager.save_answers(session, person, {"toestemming": {"keuze": "ja"}})
        hulpvrager.save_answers(session, person, {"toestemming": {"keuze": "ja"}})
    case = given.case(id)
    assert len(case.toestemmingen) == 3
    assert case.toestemming is case.toestemmingen[-1]
    assert count.events(id, "ToestemmingRevoked") == 2


def give_toestemming(given, id):
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.give_toestemming(session, person)


@pytest.mark.parametrize("state", ["submitted", "taken", "waiting"])
def test_who_said_no_can_still_consent_as_long_as_the_case_is_open(given, count, state):
    id = getattr(given, state)(toestemming={"keuze": "nee"})
    assert given.case(id).toestemming is None
    give_toestemming(given, id)
    case = given.case(id)
    assert (case.toestemming.versie, case.toestemming.tekst_sha256) == (toestemming.VERSIE, toestemming.SHA256)
    assert count.names(id)[-1] == "ToestemmingGiven"


def test_a_case_can_be_approved_on_a_toestemming_that_came_later(given):
    id = given.matched(toestemming={"keuze": "nee"})
    give_toestemming(given, id)
    given.approve(id)
    assert given.case(id).status is Status.GOEDGEKEURD


def test_who_is_about_to_decline_for_want_of_toestemming_is_told_that_it_came(given):
    id = given.taken(toestemming={"keuze": "nee"})
    versie = given.versie(id)
    give_toestemming(given, id)
    with given.session(given.actor) as session, pytest.raises(AlreadyDecided):
        review.decline_pauzeverzoek(session, given.actor, id, versie, "U gaf geen toestemming.")


@pytest.mark.parametrize("state", ["concept", "declined", "withdrawn"])
def test_toestemming_is_not_given_apart_before_filing_or_after_the_decision(given, count, state):
    _ = given.organisatie_id
    id = getattr(given, state)(toestemming={"keuze": "nee"})
    before = count.everything()
    with pytest.raises(MoveNotAllowed):
        give_toestemming(given, id)
    assert count.everything() == before


def test_ten_consents_at_once_are_one(given, count):
    id = given.submitted(toestemming={"keuze": "nee"})
    results, errors = at_once(10, lambda _: give_toestemming(given, id))
    assert len(results) == 1
    assert {type(error) for error in errors} == {MoveNotAllowed}
    assert count.events(id, "ToestemmingGiven") == count.rows("toestemming") == 1


# --- identity -------------------------------------------------------------------------------------


def test_a_confirmed_identity_fills_in_and_seals_the_bsn(given, owner):
    id = given.concept()
    person = Actor.hulpvrager(id)
    naam = {"voorletters": "F.A.", "voorvoegsel": "", "achternaam": "Jansen"}
    with given.session(person) as session:
        hulpvrager.confirm_identity(session, person, "digid", "123456782", {"naam": naam})
    case = given.case(id)
    assert (case.bron, case.bsn, case.persoon.achternaam) == ("digid", "123456782", "Jansen")
    (sealed,) = owner.execute("SELECT bsn_sealed FROM pauzeverzoek").fetchone()
    assert b"123456782" not in bytes(sealed)
    assert owner.execute("SELECT count(*) FROM audit WHERE feiten::text LIKE '%123456782%'").fetchone() == (0,)


# --- supplement and withdraw ----------------------------------------------------------------------


def test_an_answer_to_a_question_brings_the_case_back(given, count):
    id = given.waiting()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.supplement(session, person, "Het is 12345.")
    assert given.case(id).status is Status.IN_BEHANDELING
    with given.session(person) as session:
        (asked,) = dossier.aanvullingen(session, id)
        assert (asked.vraag, asked.reactie) == ("Wat is uw klantnummer?", "Het is 12345.")
        berichten = dossier.berichten(session, id)
    assert "Wat is uw klantnummer?" in next(b for b in berichten if b.soort is BerichtSoort.AANVULLING_GEVRAAGD).tekst
    assert count.names(id)[-1] == "PauzeverzoekSupplemented"


def test_nothing_can_be_answered_that_was_not_asked(given):
    id = given.taken()
    person = Actor.hulpvrager(id)
    with given.session(person) as session, pytest.raises(MoveNotAllowed):
        hulpvrager.supplement(session, person, "Ongevraagd")


def test_withdrawing_before_the_decision_tells_only_the_person(given, count):
    id = given.withdrawn()
    case = given.case(id)
    assert (case.status, case.eindreden, case.toestemming) == (Status.INGETROKKEN, Eindreden.INGETROKKEN, None)
    with given.session(Actor.hulpvrager(id)) as session:
        last = dossier.berichten(session, id)[0]
    assert last.soort is BerichtSoort.INGETROKKEN
    assert "Wij vertellen niets aan uw schuldeisers" in last.tekst
    assert count.rows("kennisgeving") == 0


def test_a_concept_is_not_withdrawn_but_left(given):
    id = given.concept()
    with pytest.raises(MoveNotAllowed):
        given.withdraw(id)


def test_withdrawing_twice_is_refused(given):
    id = given.withdrawn()
    with pytest.raises(MoveNotAllowed):
        given.withdraw(id)


def test_a_request_goes_to_the_organisatie_that_works_for_the_gemeente_on_that_day(given, clock):
    clock.set(date(2026, 6, 1))
    first = given.organisatie("Eerst", AMERSFOORT)
    assert given.case(given.submitted(gemeente={"code": AMERSFOORT})).organisatie_id == first
