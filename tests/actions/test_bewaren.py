"""How long a request is kept, and what is left of it afterwards: the proof of deletion."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal import clock as portal_clock
from portal.actions import bewaren, hulpvrager, toegang, verlopen
from portal.actions.bewaren import Bewaartermijnen
from portal.domain.foto import Beeld
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.queries import audit
from tests.actions.conftest import at_once, busy
from tests.given import Schuldregel

TERMIJNEN = Bewaartermijnen(ingetrokken_days=10, niet_goedgekeurd_days=20, goedgekeurd_days=30)
CLOSED = date(2027, 2, 1)

# --- concepts -------------------------------------------------------------------------------------


def test_a_forgotten_concept_is_deleted_and_the_proof_stays(given, clock, count):
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.add_schuld(session, person, id, {"afzender": "Een"})
    before = count.rows("audit", "keten = %s", id)
    clock.set(date(2027, 3, 4))
    assert bewaren.forget_concepts(given.database, days=30) == 1
    for table in ("pauzeverzoek", "schuld", "toestemming"):
        assert count.rows(table) == 0
    assert count.names(id)[-1] == "ConceptExpired"
    assert count.rows("audit", "keten = %s", id) == before + 1
    assert bewaren.forget_concepts(given.database, days=30) == 0


def test_a_concept_that_was_touched_lately_stays_and_so_does_what_was_submitted(given, clock):
    submitted, concept = given.submitted(), given.concept()
    clock.set(date(2027, 2, 20))
    person = Actor.hulpvrager(concept)
    with given.session(person) as session:
        hulpvrager.save_answers(session, person, {"hulp": {"soort": "familie"}})
    clock.set(date(2027, 3, 10))
    assert bewaren.forget_concepts(given.database, days=30) == 0
    assert given.case(submitted)
    assert given.case(concept)


def test_two_workers_forget_each_concept_once(given, clock, count):
    ids = [given.concept() for _ in range(6)]
    clock.set(date(2027, 4, 1))
    results, errors = at_once(2, lambda _: bewaren.forget_concepts(given.database, days=30))
    assert errors == []
    assert sum(results) == 6
    assert [count.events(id, "ConceptExpired") for id in ids] == [1] * 6


def test_who_is_at_work_in_an_old_concept_keeps_it(given, clock, queue, owner):
    """The round waits for the act, and then sees that it was touched: else each would wait for the other."""
    id = given.concept()
    person = Actor.hulpvrager(id)
    clock.set(date(2027, 4, 1))
    with busy(given, id, person) as work:
        forgotten = queue(lambda: bewaren.forget_concepts(given.database, 30))
        owner.execute("SELECT 1 FROM pauzeverzoek WHERE id = %s FOR UPDATE NOWAIT", [id])
        work.record(hulpvrager.own(work).answer("hulp", {"soort": "familie"}, work.now))
    assert forgotten.result() == 0
    assert given.case(id)


# --- closed requests ------------------------------------------------------------------------------


def withdrawn_after_approval(given):
    id = given.approved()
    given.hand_over(id)
    given.withdraw(id)
    return id


def expired(given):
    """Approved in time to be over on the day of CLOSED."""
    with portal_clock.at(datetime(2026, 9, 15, 12, tzinfo=UTC)):
        id = given.approved([given.regel("Voorbij")])
    verlopen.expire_pauzes(given.database)
    return id


BUILDERS = {
    "withdrawn": (lambda given: given.withdrawn(), 10),
    "declined": (lambda given: given.declined(), 20),
    "ended": (lambda given: given.ended(), 30),
    "expired": (expired, 30),
    "withdrawn after approval": (withdrawn_after_approval, 30),
}


@pytest.mark.parametrize(("build", "days"), BUILDERS.values(), ids=BUILDERS)
def test_a_closed_request_goes_when_its_term_has_passed_and_no_day_sooner(given, clock, count, build, days):
    id = build(given)
    clock.set(CLOSED + timedelta(days=days), hour=9)
    assert bewaren.forget_dossiers(given.database, TERMIJNEN) == 0
    clock.set(CLOSED + timedelta(days=days), hour=11)
    assert bewaren.forget_dossiers(given.database, TERMIJNEN) == 1
    assert count.rows("pauzeverzoek") == 0
    assert count.names(id)[-1] == "DossierExpired"
    assert bewaren.forget_dossiers(given.database, TERMIJNEN) == 0


OF_A_REQUEST = (
    "schuld",
    "schuldpartij",
    "toestemming",
    "aanvulling",
    "bericht",
    "kennisgeving",
    "poging",
    "toegangslink",
    "sessie",
    "inkomend",
)


def test_everything_about_the_person_goes_along_and_the_trail_stays_whole(given, clock, count):
    id = withdrawn_after_approval(given)
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        toegang.request_link(session, person, 3600)
        toegang.open_hulpvrager_session(session, id, 3600, "link")
    given.mail(id)
    before = count.rows("audit", "keten = %s", id)
    filled = {table for table in OF_A_REQUEST if count.rows(table)}
    assert filled == set(OF_A_REQUEST) - {"aanvulling"}
    clock.set(CLOSED + timedelta(days=31))
    bewaren.forget_dossiers(given.database, TERMIJNEN)
    assert [table for table in OF_A_REQUEST if count.rows(table)] == []
    assert count.rows("audit", "keten = %s", id) == before + 1
    assert audit.verify(given.database).ok


def test_the_photos_go_along_whatever_they_came_with(given, clock, count):
    id, beeld = given.waiting(), Beeld(bytes([0, 0, 0, 1, 9]))
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.add_schuld(session, person, id, {"afzender": ""}, beeld=beeld)
        hulpvrager.supplement(session, person, "", beeld)
    given.report(id, Meldingsoort.GEGEVENS, {"tekst": "Zie de brief."}, beeld=beeld)
    given.withdraw(id)
    assert count.rows("foto", "verzoek_id = %s", id) == 3
    clock.set(CLOSED + timedelta(days=11))
    assert bewaren.forget_dossiers(given.database, TERMIJNEN) == 1
    assert count.rows("foto") == 0
    assert count.events(id, "FotoAdded") == 3
    assert audit.verify(given.database).ok


def test_the_photos_of_a_concept_go_with_it(given, count):
    id = given.concept()
    person = Actor.hulpvrager(id)
    with given.session(person) as session:
        hulpvrager.add_schuld(session, person, id, {"afzender": ""}, beeld=Beeld(bytes([0, 0, 0, 1, 9])))
        hulpvrager.delete_concept(session, person)
    assert count.rows("foto") == 0


def test_a_private_schuldeiser_goes_with_the_last_request_that_names_it_and_a_company_stays(given, clock, count):
    oom, firma = given.particulier("Jan Oom"), given.schuldeiser("Waterbedrijf Plons")
    regel = Schuldregel("Jan", {oom: None, firma: None})
    first, second = given.matched([regel]), given.matched([regel])
    given.withdraw(first)
    clock.set(CLOSED + timedelta(days=11))
    given.withdraw(second)
    bewaren.forget_dossiers(given.database, TERMIJNEN)
    assert count.rows("schuldeiser", "naam = %s", "Jan Oom") == 1
    clock.set(CLOSED + timedelta(days=22))
    bewaren.forget_dossiers(given.database, TERMIJNEN)
    assert count.rows("schuldeiser", "naam = %s", "Jan Oom") == 0
    assert count.rows("schuldeiser", "naam = %s", "Waterbedrijf Plons") == 1


def test_what_is_open_or_runs_is_never_too_old(given, clock, count):
    given.submitted()
    given.waiting()
    given.approved()
    clock.set(date(2040, 1, 2))
    assert bewaren.forget_dossiers(given.database, TERMIJNEN) == 0
    assert count.rows("pauzeverzoek") == 3


def test_two_workers_forget_each_request_once(given, clock, count):
    ids = [given.withdrawn() for _ in range(5)]
    clock.set(CLOSED + timedelta(days=11))
    results, errors = at_once(2, lambda _: bewaren.forget_dossiers(given.database, TERMIJNEN))
    assert errors == []
    assert sum(results) == 5
    assert [count.events(id, "DossierExpired") for id in ids] == [1] * 5


# --- sessions -------------------------------------------------------------------------------------


def test_a_session_that_ended_is_forgotten_a_day_later_and_a_live_one_stays(given, clock, count):
    id = given.submitted()
    with given.session(Actor.hulpvrager(id)) as session:
        toegang.open_hulpvrager_session(session, id, 3600, "link")
        toegang.open_hulpvrager_session(session, id, 7 * 24 * 3600, "link")
    clock.set(CLOSED + timedelta(days=1), hour=10)
    assert bewaren.forget_sessions(given.database) == 0
    clock.set(CLOSED + timedelta(days=1), hour=12)
    assert bewaren.forget_sessions(given.database) == 1
    assert count.rows("sessie") == 1
    assert given.case(id)
