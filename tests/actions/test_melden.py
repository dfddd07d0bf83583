"""What a hulpvrager reports after filing, and what may be done with it."""

from uuid import uuid4

import pytest

from portal.actions import hulpvrager, melden
from portal.domain.errors import MoveNotAllowed, NotAllowed, NotFound
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor, Role
from portal.models import AuditEntry, Pauzeverzoek
from portal.queries import banen, dossier
from portal.queries.banen import Baan

POST = {"afzender": "Incasso Noord", "wat": "brief", "gedateerd_on": "2027-02-03", "tekst": "Ik moet betalen."}
TEKST = {"tekst": "Mijn huisnummer is 14."}


def meldingen(given, id):
    with given.session(Actor.hulpvrager(id)) as session:
        return dossier.meldingen(session, id)


def handle(given, melding_id, reactie="Wij hebben gebeld.", actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        melden.handle(session, actor, melding_id, reactie)


def waiting(given, actor=None):
    actor = actor or given.actor
    with given.session(actor) as session:
        return banen.counts(session, actor)[Baan.TOCH_POST]


def first_message(given, id):
    with given.session(Actor.systeem()) as session:
        return dossier.kennisgevingen(session, id)[0].id


def test_a_report_is_work_until_somebody_answers_and_the_person_reads_the_answer(given):
    id = given.approved()
    melding = given.report(id, Meldingsoort.POST, POST, first_message(given, id))
    assert (waiting(given), waiting(given, given.other_actor)) == (1, 0)
    handle(given, melding)
    assert waiting(given) == 0
    (seen,) = meldingen(given, id)
    assert (seen.post.afzender, seen.reactie) == ("Incasso Noord", "Wij hebben gebeld.")


@pytest.mark.parametrize(
    ("state", "soort"),
    [
        ("submitted", Meldingsoort.POST),
        ("submitted", Meldingsoort.SCHULD),
        ("concept", Meldingsoort.GEGEVENS),
        ("declined", Meldingsoort.GEGEVENS),
        ("ended", Meldingsoort.POST),
        ("withdrawn", Meldingsoort.GEGEVENS),
    ],
)
def test_a_case_takes_no_report_that_makes_no_sense_now(given, state, soort):
    id = getattr(given, state)()
    with pytest.raises(MoveNotAllowed):
        given.report(id, soort, TEKST)


def test_the_message_of_another_case_is_not_found(given):
    mine, other = given.approved(), given.approved([given.regel("Energie Zuid")])
    with pytest.raises(NotFound):
        given.report(mine, Meldingsoort.POST, POST, first_message(given, other))


def test_sent_twice_it_is_one(given):
    id, melding = given.approved(), uuid4()
    person = Actor.hulpvrager(id)
    for _ in range(2):
        with given.session(person) as session:
            melden.report(session, person, Meldingsoort.GEGEVENS, TEKST, id=melding)
    assert [each.id for each in meldingen(given, id)] == [melding]


def test_nobody_reports_without_end(given):
    id = given.approved()
    for _ in range(melden.MAX_OPEN):
        last = given.report(id, Meldingsoort.GEGEVENS, TEKST)
    with pytest.raises(MoveNotAllowed):
        given.report(id, Meldingsoort.GEGEVENS, TEKST)
    handle(given, last)
    given.report(id, Meldingsoort.GEGEVENS, TEKST)


def test_only_the_own_reviewers_answer_and_only_once(given):
    melding = given.report(given.approved(), Meldingsoort.GEGEVENS, TEKST)
    with pytest.raises(NotAllowed):
        handle(given, melding, actor=given.medewerker(given.organisatie_id, Role.AUDITOR))
    with pytest.raises(NotFound):
        handle(given, melding, actor=given.other_actor)
    handle(given, melding)
    with pytest.raises(MoveNotAllowed):
        handle(given, melding)


# --- a forgotten schuld, and a concept that is thrown away ----------------------------------------


def test_until_the_decision_a_forgotten_schuld_goes_on_the_list_but_the_list_is_not_changed(given):
    id = given.taken([given.regel("Waterbedrijf Plons")])
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        added = hulpvrager.add_schuld(session, person, id, {"afzender": "Energie Zuid"})
        with pytest.raises(MoveNotAllowed):
            hulpvrager.change_schuld(session, person, id, added, {"afzender": "Ander"})
        with pytest.raises(MoveNotAllowed):
            hulpvrager.remove_schuld(session, person, id, added)
    assert [schuld.verteld.afzender for schuld in given.case(id).schulden] == ["Waterbedrijf Plons", "Energie Zuid"]


def test_after_the_decision_it_does_not(given):
    id = given.approved()
    person = Actor.hulpvrager(id)
    with given.session(person) as session, pytest.raises(MoveNotAllowed):
        hulpvrager.add_schuld(session, person, id, {"afzender": "Energie Zuid"})


def test_a_deleted_concept_is_gone_at_once_and_leaves_a_proof(given):
    id, other = given.concept(), given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.add_schuld(session, person, id, {"afzender": "Energie Zuid"})
        hulpvrager.delete_concept(session, person)
    with given.session(Actor.systeem()) as session:
        assert session.get(Pauzeverzoek, id) is None
        assert session.get(Pauzeverzoek, other) is not None
        trail = session.query(AuditEntry).where(AuditEntry.keten == id).order_by(AuditEntry.volgnummer).all()
    assert trail[-1].gebeurtenis == "ConceptDeleted"


def test_what_was_filed_is_not_deleted(given):
    id = given.submitted()
    person = Actor.hulpvrager(id)
    with given.session(person) as session, pytest.raises(MoveNotAllowed):
        hulpvrager.delete_concept(session, person)
    assert given.case(id).kenmerk
