"""Where somebody is in the journey, and what a page of it costs."""

from datetime import date

import pytest

from portal import clock as portal_clock
from portal.actions import hulpvrager
from portal.db.migrate import head
from portal.domain.errors import NotFound
from portal.domain.roles import Actor
from portal.domain.stappen import CONTROLE
from portal.queries import gezondheid, reis
from tests.given import HILVERSUM, WIJDEMEREN


def journey(given, id, actor=None):
    with given.session(actor or Actor.hulpvrager(id)) as session:
        return reis.load(session, id, portal_clock.today())


def test_a_new_concept_begins_with_the_first_question(given):
    with given.session(Actor.bezoeker()) as session:
        id = hulpvrager.start_pauzeverzoek(session)
    found = journey(given, id)
    assert (found.is_concept, found.route, found.first_open) == (True, None, "dreiging")
    assert not found.may_open("naam")


def test_a_whole_concept_stands_before_the_check_page(given):
    _ = given.organisatie_id
    found = journey(given, given.concept())
    assert (found.first_open, found.before(CONTROLE)) == (CONTROLE, "toestemming")
    assert found.route.gemeente.naam == "Utrecht"


def test_on_new_year_a_concept_finds_itself_in_the_merged_gemeente(given, clock):
    clock.set(date(2026, 12, 31))
    _ = given.organisatie_id
    id = given.concept(gemeente={"code": WIJDEMEREN})
    assert journey(given, id).route.gemeente.code == WIJDEMEREN
    clock.set(date(2027, 1, 1))
    assert journey(given, id).route.gemeente.code == HILVERSUM


def test_the_journey_of_somebody_else_does_not_exist(given):
    id, other = given.concept(), given.concept()
    with pytest.raises(NotFound):
        journey(given, id, Actor.hulpvrager(other))


def test_a_schuld_is_found_in_the_own_list_only(given):
    one, two = given.submitted([given.regel("Een")]), given.submitted([given.regel("Twee")])
    theirs = given.case(two).schulden[0].id
    with given.session(Actor.hulpvrager(one)) as session:
        assert [schuld.verteld.afzender for schuld in reis.schulden(session, one)] == ["Een"]
        assert reis.schulden(session, two) == []
        with pytest.raises(NotFound):
            reis.schuld(session, one, theirs)
        with pytest.raises(NotFound):
            reis.schuld(session, two, theirs)


def test_a_page_of_the_journey_costs_the_same_with_sixty_schulden(given, statements):
    ids = [given.submitted([given.regel(f"{size}-{n}") for n in range(size)]) for size in (1, 60)]
    sent = []
    for id in ids:
        with given.session(Actor.hulpvrager(id)) as session, statements() as made:
            reis.load(session, id, portal_clock.today())
            reis.schulden(session, id)
        sent.append(len(made))
    assert sent[0] == sent[1] <= 5


# --- readiness ------------------------------------------------------------------------------------


def ready(given):
    with given.session(Actor.bezoeker()) as session:
        return gezondheid.readiness(session, 30)


def test_without_a_live_worker_the_portal_is_not_ready(given, owner):
    assert ready(given) == gezondheid.Gereed(database=True, migratie=True, worker=False)
    owner.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '31 seconds')")
    assert not ready(given).worker
    owner.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    assert ready(given).ok


def test_an_older_schema_is_not_ready(given, owner):
    owner.execute("UPDATE alembic_version SET version_num = '0001'")
    try:
        assert ready(given) == gezondheid.Gereed(database=True, migratie=False, worker=False)
    finally:
        owner.execute("UPDATE alembic_version SET version_num = %s", [head()])


def test_once_filed_a_merger_changes_neither_the_gemeente_nor_who_answers_the_telephone(given, clock):
    clock.set(date(2026, 12, 30))
    given.organisatie("Stadsbank Wijdemeren", WIJDEMEREN)
    given.organisatie("Sociaal Plein Hilversum", HILVERSUM)
    id = given.concept(gemeente={"code": WIJDEMEREN})
    with given.session(Actor.hulpvrager(id)) as session:
        hulpvrager.submit(session, session.actor)
    clock.set(date(2027, 1, 4))
    route = journey(given, id).route
    assert (route.gemeente.code, route.organisatie.naam) == (WIJDEMEREN, "Stadsbank Wijdemeren")
