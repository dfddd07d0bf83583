"""What a hulpverlener decides: take, match, ask, decline; and who may."""

from datetime import date
from uuid import uuid4

import pytest

from portal.actions import aanvullen, hulpvrager, review
from portal.domain.bericht import BerichtSoort
from portal.domain.errors import AlreadyDecided, AlVerteld, BsnInReferentie, MoveNotAllowed, NotAllowed, NotFound
from portal.domain.roles import Actor, Role
from portal.domain.status import Eindreden, Status
from portal.queries import dossier
from tests.actions.conftest import at_once

NOT_REVIEWERS = [frozenset({role}) for role in (Role.AUDITOR, Role.BEHEERDER, Role.LANDELIJK_BEHEERDER)]


def decisions(given, id, versie):
    """Every act of a reviewer on a case, by name, as a function of session and actor."""
    schuld_id = given.case(id).schulden[0].id
    return {
        "assign": lambda session, actor: review.assign_to_self(session, actor, id, versie),
        "match": lambda session, actor: review.match_schuld(session, actor, id, schuld_id, {uuid4(): None}),
        "ask": lambda session, actor: review.request_supplement(session, actor, id, versie, "Wat?"),
        "note": lambda session, actor: aanvullen.note_supplement(session, actor, id, versie, "Dat is 1."),
        "approve": lambda session, actor: review.approve_pauzeverzoek(
            session, actor, id, given.besluit(id, versie=versie)
        ),
        "decline": lambda session, actor: review.decline_pauzeverzoek(session, actor, id, versie, "Nee."),
        "end": lambda session, actor: review.end_pauze(session, actor, id, versie, Eindreden.OVERIG),
    }


@pytest.mark.parametrize("roles", [*NOT_REVIEWERS, frozenset()], ids=lambda roles: "+".join(sorted(roles)) or "none")
def test_who_is_no_reviewer_decides_nothing(given, count, roles):
    id = given.taken([given.regel("Plons")])
    reader = given.medewerker(given.organisatie_id, *roles)
    before = count.everything()
    for act in decisions(given, id, given.versie(id)).values():
        with given.session(reader) as session, pytest.raises(NotAllowed):
            act(session, reader)
    assert count.everything() == before


def test_a_hulpvrager_decides_nothing_about_the_own_request(given):
    id = given.taken([given.regel("Plons")])
    person = Actor.hulpvrager(id)
    for act in decisions(given, id, given.versie(id)).values():
        with given.session(person) as session, pytest.raises(NotAllowed):
            act(session, person)


def test_to_another_organisatie_the_case_does_not_exist(given, count):
    id, other = given.taken([given.regel("Plons")]), given.other_actor
    before = count.everything()
    for act in decisions(given, id, given.versie(id)).values():
        with given.session(other) as session, pytest.raises(NotFound):
            act(session, other)
    assert count.everything() == before


def test_a_concept_is_no_business_of_the_gemeente_yet(given):
    id = given.concept()
    with given.session(given.actor) as session, pytest.raises(NotFound):
        review.assign_to_self(session, given.actor, id, 1)


def test_a_decision_on_an_older_page_is_refused(given, count):
    id = given.taken([given.regel("Plons")])
    old = given.versie(id)
    with given.session(given.actor) as session:
        hulpvrager.add_schuld(session, given.actor, id, {"afzender": "Kwam er net bij"})
    before = count.everything()
    for name, act in decisions(given, id, old).items():
        if name != "match":
            with given.session(given.actor) as session, pytest.raises(AlreadyDecided):
                act(session, given.actor)
    assert count.everything() == before


# --- take -----------------------------------------------------------------------------------------


def test_taking_a_case_puts_it_in_somebodys_hands(given, count):
    id = given.taken()
    case = given.case(id)
    assert (case.status, case.behandelaar_id) == (Status.IN_BEHANDELING, given.actor.id)
    assert count.names(id)[-1] == "PauzeverzoekAssigned"


def test_a_colleague_takes_over_and_the_history_says_from_whom(given):
    id = given.taken()
    colleague = given.medewerker(given.organisatie_id, Role.TEAMLEIDER)
    given.take(id, colleague)
    assert given.case(id).behandelaar_id == colleague.id
    with given.session(colleague) as session:
        told = dossier.history(session, id)[0].feiten
    assert told.items() >= {"behandelaar_id": str(colleague.id), "was": str(given.actor.id)}.items()


def test_taking_over_a_case_that_waits_keeps_it_waiting(given):
    id = given.waiting()
    given.take(id, given.medewerker(given.organisatie_id, Role.HULPVERLENER))
    assert given.case(id).status is Status.AANVULLING_GEVRAAGD


def test_fifty_hulpverleners_take_a_case_at_once_and_one_gets_it(given, count):
    id = given.submitted()
    versie = given.versie(id)
    staff = [given.medewerker(given.organisatie_id, Role.HULPVERLENER) for _ in range(50)]

    def take(number):
        with given.session(staff[number]) as session:
            review.assign_to_self(session, staff[number], id, versie)
        return staff[number].id

    results, errors = at_once(50, take)
    assert results == [given.case(id).behandelaar_id]
    assert {type(error) for error in errors} == {AlreadyDecided}
    assert count.events(id, "PauzeverzoekAssigned") == 1


# --- match ----------------------------------------------------------------------------------------


def test_a_match_keeps_each_partys_own_reference(given, count):
    bureau, eiser = given.incassobureau("Incasso Noord"), given.schuldeiser("Telefonie West")
    id = given.taken([given.regel("Brief van Incasso Noord")])
    given.match(id, 1, {bureau: "IN-9", eiser: ""})
    (schuld,) = given.case(id).schulden
    assert {p.schuldeiser_id: p.referentie for p in schuld.partijen} == {bureau: "IN-9", eiser: None}
    assert schuld.schuldeiser.id == eiser
    assert count.names(id)[-1] == "SchuldMatched"


def test_a_new_match_replaces_the_one_before(given):
    id = given.matched()
    other = given.schuldeiser("Een ander")
    given.match(id, 1, {other: "2"})
    (schuld,) = given.case(id).schulden
    assert [partij.schuldeiser_id for partij in schuld.partijen] == [other]


def test_changing_a_schuld_undoes_its_match(given):
    id = given.matched()
    (schuld,) = given.case(id).schulden
    with given.session(given.actor) as session:
        hulpvrager.change_schuld(session, given.actor, id, schuld.id, {"afzender": "Toch een ander"})
    (schuld,) = given.case(id).schulden
    assert (schuld.is_matched, schuld.matched_at) == (False, None)


@pytest.mark.parametrize("which", ["nobody", "unknown", "inactive", "theirs"])
def test_a_party_that_this_organisatie_may_not_tell_cannot_be_matched(given, which):
    id = given.taken([given.regel("Plons")])
    elsewhere = given.other_actor.organisatie_id
    parties = {
        "nobody": dict,
        "unknown": lambda: {uuid4(): None},
        "inactive": lambda: {given.schuldeiser("Opgeheven", actief=False): None},
        "theirs": lambda: {given.schuldeiser("Van de buren", organisatie_id=elsewhere): None},
    }[which]()
    with pytest.raises(NotFound):
        given.match(id, 1, parties)


def test_a_schuld_of_another_case_is_not_matched_here(given):
    id, other = given.taken([given.regel("Een")]), given.taken([given.regel("Twee")])
    theirs = given.case(other).schulden[0].id
    with given.session(given.actor) as session, pytest.raises(NotFound):
        review.match_schuld(session, given.actor, id, theirs, {given.schuldeiser("Drie"): None})


@pytest.mark.parametrize("referentie", ["123456782", "BSN 1234.56.782", "123–456–782", "１２３４５６７８２"])
def test_a_bsn_never_becomes_a_reference(given, count, referentie):
    id, bureau, eiser = given.taken([given.regel("Plons")]), given.incassobureau("Noord"), given.schuldeiser("West")
    before = count.everything()
    with pytest.raises(BsnInReferentie) as refused:
        given.match(id, 1, {bureau: referentie, eiser: "KL-1"})
    assert refused.value.schuldeiser_ids == [bureau]
    assert referentie not in str(refused.value)
    assert not given.case(id).schulden[0].is_matched
    assert count.everything() == before


def test_after_the_decision_nobody_who_was_told_is_matched_away(given):
    id = given.approved()
    with pytest.raises(AlVerteld):
        given.match(id, 1, {given.schuldeiser("Te laat"): None})


# --- ask and decline ------------------------------------------------------------------------------


def test_a_question_waits_for_the_hulpvrager(given, count):
    id = given.waiting()
    assert given.case(id).status is Status.AANVULLING_GEVRAAGD
    assert count.events(id, "SupplementRequested") == 1
    assert count.rows("bericht", "soort = 'aanvulling_gevraagd'") == 1


def test_a_second_question_can_be_asked_after_the_answer(given):
    id = given.waiting()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.supplement(session, person, "Dat is 1.")
    with given.session(given.actor) as session:
        review.request_supplement(session, given.actor, id, given.versie(id), "En het andere?")
    with given.session(person) as session:
        hulpvrager.supplement(session, person, "Dat is 2.")
        assert {a.vraag: a.reactie for a in dossier.aanvullingen(session, id)} == {
            "Wat is uw klantnummer?": "Dat is 1.", "En het andere?": "Dat is 2.",
        }  # fmt: skip


def test_an_answer_by_telephone_is_written_down_by_staff(given, count):
    id = given.waiting()
    versie = given.versie(id)
    with given.session(given.actor) as session:
        aanvullen.note_supplement(session, given.actor, id, versie, "Dat is 1.")
    assert given.case(id).status is Status.IN_BEHANDELING
    with given.session(given.actor) as session:
        (asked,) = dossier.aanvullingen(session, id)
        last = dossier.history(session, id)[0]
    assert (asked.reactie, asked.answered_at) == ("Dat is 1.", last.at)
    assert (last.gebeurtenis, last.actor_id) == ("PauzeverzoekSupplemented", given.actor.id)
    with given.session(given.actor) as session, pytest.raises(AlreadyDecided):
        aanvullen.note_supplement(session, given.actor, id, versie, "Of toch 2.")
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        aanvullen.note_supplement(session, given.actor, id, given.versie(id), "Of toch 2.")


def test_the_person_hears_why_there_is_no_pause_and_schuldeisers_hear_nothing(given, count, owner):
    id = given.declined()
    case = given.case(id)
    assert (case.status, case.toelichting) == (Status.NIET_GOEDGEKEURD, "U hebt al een regeling.")
    assert (case.decided_by, case.decided_at is not None) == (given.actor.id, True)
    assert count.rows("kennisgeving") == 0
    with given.session(Actor.hulpvrager(id)) as session:
        last = dossier.berichten(session, id)[0]
    assert last.soort is BerichtSoort.NIET_GOEDGEKEURD
    assert "U hebt al een regeling." in last.tekst
    assert "maandag 1 maart 2027" in last.tekst
    assert owner.execute("SELECT count(*) FROM audit WHERE feiten::text LIKE '%regeling%'").fetchone() == (0,)


def test_a_date_for_the_first_talk_that_has_passed_is_not_promised_again(given, clock):
    id = given.taken()
    clock.set(date(2027, 3, 2))
    with given.session(given.actor) as session:
        review.decline_pauzeverzoek(session, given.actor, id, given.versie(id), "Nee.")
    with given.session(Actor.hulpvrager(id)) as session:
        assert "Uiterlijk" not in dossier.berichten(session, id)[0].tekst


@pytest.mark.parametrize("act", ["assign", "ask", "decline", "end"])
def test_a_declined_case_is_closed(given, act):
    id = given.taken([given.regel("Plons")])
    with given.session(given.actor) as session:
        review.decline_pauzeverzoek(session, given.actor, id, given.versie(id), "Nee.")
    with given.session(given.actor) as session, pytest.raises(MoveNotAllowed):
        decisions(given, id, given.versie(id))[act](session, given.actor)
