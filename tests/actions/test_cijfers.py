"""The figures: counted right, of the own organisatie only, and published once without a word about few people."""

from datetime import date, timedelta

import psycopg
import pytest

from portal.actions import cijfers, hulpvrager
from portal.domain.cijfers import Kwartaal
from portal.domain.event import LANDELIJK
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.domain.status import Antwoord
from portal.models import Kennisgeving, Kwartaalcijfers
from portal.queries import cijfers as counts
from tests.actions.conftest import at_once
from tests.given import AMERSFOORT, Schuldregel

Q1 = Kwartaal(2027, 1)


def raw(given, actor=None, today=date(2027, 4, 1)):
    who = actor or given.actor
    with given.session(who) as session:
        return counts.zaken(session, Q1, today)


def set_days(given, id, **days):
    """As if these days had been written down: what they are is another test's."""
    sets = ", ".join(f"{name} = %s" for name in days)
    given.owner.execute(f"UPDATE pauzeverzoek SET {sets} WHERE id = %s", [*days.values(), id])


@pytest.fixture
def given(given, owner):
    given.owner = owner
    return given


# --- counting -------------------------------------------------------------------------------------


def test_each_case_is_counted_once_by_what_became_of_it(given):
    given.approved([given.regel("Plons")])
    given.declined()
    given.withdrawn()
    given.submitted()
    given.concept()
    given.ended([given.regel("Eneco")])
    found = raw(given)
    assert found.afloop == {"ingelicht": 2, "niet_goedgekeurd": 1, "ingetrokken": 1, "open": 1}
    assert found.einde == {"loopt": 1, "beeindigd": 1, "geen": 3}
    assert found.kennisgeving == {"7_dagen": 2, "geen": 3}
    assert found.aantal == 5


def test_the_first_conversation_is_in_time_or_it_is_not(given):
    days = {
        "3_dagen": date(2027, 2, 4), "7_dagen": date(2027, 2, 8), "14_dagen": date(2027, 2, 15),
        "later": date(2027, 3, 1), "te_laat": date(2027, 3, 2), "open": None,
    }  # fmt: skip
    for day in days.values():
        id = given.submitted()
        if day:
            set_days(given, id, eerste_gesprek_on=day, beschikking_voor=day + timedelta(weeks=8))
    assert raw(given, today=date(2027, 3, 1)).gesprek == dict.fromkeys(days, 1)
    assert raw(given, today=date(2027, 3, 2)).gesprek["open_te_laat"] == 1


def test_whoever_stopped_in_time_was_not_let_down_and_whoever_got_no_pause_can_be(given, clock):
    given.withdrawn()
    given.declined()
    late = given.submitted()
    clock.set(date(2027, 3, 2))
    given.withdraw(late)
    assert raw(given, today=date(2027, 3, 2)).gesprek == {"gestopt": 1, "open_te_laat": 2}


def test_the_beschikking_is_in_time_or_it_is_not(given):
    held, voor = date(2027, 2, 4), date(2027, 4, 1)
    for given_on in (date(2027, 4, 1), date(2027, 4, 2), None):
        id = given.submitted()
        set_days(given, id, eerste_gesprek_on=held, beschikking_voor=voor)
        if given_on:
            set_days(given, id, beschikking_on=given_on, toegelaten=True)
    given.submitted()
    assert raw(given, today=voor).beschikking == {"op_tijd": 1, "te_laat": 1, "open": 1, "geen_gesprek": 1}
    assert raw(given, today=voor + timedelta(days=1)).beschikking["open_te_laat"] == 1


def test_a_case_belongs_to_the_quarter_of_its_meldingsdatum(given, clock):
    for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 1)):
        clock.set(day, hour=0, minute=30)
        given.submitted()
    assert raw(given).aantal == 2


def test_an_organisatie_sees_its_own_cases_and_the_portal_all(given):
    given.submitted()
    _ = given.other_actor
    given.submitted(gemeente={"code": AMERSFOORT})
    assert [raw(given, actor).aantal for actor in (given.actor, given.other_actor, Actor.systeem())] == [1, 1, 2]


def test_answers_are_counted_by_schuldeiser_without_private_persons(given, count):
    plons, oom = given.schuldeiser("Plons"), given.particulier("Oom Henk")
    cases = [given.matched([Schuldregel("Plons", {plons: "1"}), Schuldregel("Oom", {oom: None})]) for _ in range(5)]
    for case in cases:
        given.approve(case, particulier_bevestigd=True)
    answers = [Antwoord.BEVESTIGD, Antwoord.GEEN_MEDEWERKING, Antwoord.OVERGEDRAGEN, Antwoord.AL_IN_REGELING]
    for case, antwoord in zip(cases, answers, strict=False):
        count.owner.execute(
            "UPDATE kennisgeving SET antwoord = %s WHERE verzoek_id = %s AND schuldeiser_id = %s",
            [antwoord, case, plons],
        )
    with given.session(given.actor) as session:
        assert counts.antwoorden(session, Q1) == {"Plons": (1, 1, 2, 1)}
        assert counts.antwoorden(session, Q1.volgend) == {}


def test_post_that_came_all_the_same_is_counted_once_a_case(given):
    case = given.approved([given.regel("Plons")])
    with given.session(Actor.systeem()) as session:
        message = session.query(Kennisgeving).one()
    post = {"afzender": "Plons", "wat": "brief", "gedateerd_on": None, "tekst": ""}
    for _ in range(2):
        given.report(case, Meldingsoort.POST, post, message.id)
    with given.session(given.actor) as session:
        assert counts.inbreuken(session, Q1) == {"Plons": 1}


def test_how_far_people_came_is_in_the_trail_after_the_concept_is_gone(given):
    given.submitted()
    given.concept()
    with given.session(Actor.bezoeker()) as session:
        id = hulpvrager.start_pauzeverzoek(session)
        for stap in ("naam", "dreiging", "gemeente"):
            hulpvrager.save_answers(session, Actor.hulpvrager(id), {stap: {}})
        hulpvrager.start_pauzeverzoek(session)
    given.owner.execute("DELETE FROM pauzeverzoek WHERE status = 'concept'")
    with given.session(Actor.systeem()) as session:
        assert counts.stappen(session, Q1) == {"verstuurd": 1, "toestemming": 1, "naam": 1, "niets": 1}


# --- what is told ---------------------------------------------------------------------------------


def fill(given, told, declined):
    for _ in range(told):
        given.approved([given.regel("Plons")])
    for _ in range(declined):
        given.declined()


def tables(given, actor):
    with given.session(actor) as session:
        return {tabel.naam: tabel for tabel in cijfers.tabellen(session, Q1)}


def test_small_groups_are_in_no_table(given):
    fill(given, told=4, declined=3)
    found = tables(given, given.actor)
    assert [(rij.named, rij.totaal) for rij in found["afloop"].rijen if rij.totaal] == [(("overig",), 7)]
    assert "kennisgeving" not in found, "its whole would be 4"
    assert found["antwoorden"].totaal is None


def test_the_part_that_is_told_of_has_its_own_tables(given):
    fill(given, told=6, declined=5)
    found = tables(given, given.actor)
    assert found["kennisgeving"].totaal == found["einde"].totaal == found["antwoorden"].totaal == 6
    assert found["afloop"].totaal == found["gesprek"].totaal == 11
    assert "beschikking" in found
    assert "stappen" not in found


# --- publishing -----------------------------------------------------------------------------------


def published(given, actor=None):
    with given.session(actor or Actor.bezoeker()) as session:
        return [row.kwartaal for row in counts.published(session)]


def test_a_quarter_is_published_once_when_it_is_well_over(given, clock, count):
    given.submitted()
    for day, wanted in ((date(2027, 5, 5), []), (date(2027, 5, 6), ["2027-1"]), (date(2027, 5, 7), ["2027-1"])):
        clock.set(day)
        cijfers.publish(given.database)
        assert published(given) == wanted
    assert count.events(LANDELIJK, "CijfersPublished") == 1
    clock.set(date(2027, 12, 1))
    assert cijfers.publish(given.database) == 2
    assert published(given) == ["2027-3", "2027-2", "2027-1"]


def test_what_was_published_never_changes(given, clock, owner):
    fill(given, told=6, declined=0)
    clock.set(date(2027, 6, 1))
    cijfers.publish(given.database)
    with given.session(Actor.bezoeker()) as session:
        before = session.get_one(Kwartaalcijfers, "2027-1").inhoud
    given.owner.execute("UPDATE kennisgeving SET antwoord = 'bevestigd'")
    cijfers.publish(given.database)
    with given.session(Actor.bezoeker()) as session:
        assert session.get_one(Kwartaalcijfers, "2027-1").inhoud == before
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        owner.execute("UPDATE kwartaalcijfers SET kwartaal = 'x'")


def test_two_workers_publish_a_quarter_once(given, clock, count):
    given.submitted()
    clock.set(date(2027, 6, 1))
    _, errors = at_once(2, lambda _: cijfers.publish(given.database))
    assert errors == []
    assert count.events(LANDELIJK, "CijfersPublished") == 1


def test_nothing_is_published_of_an_empty_portal(given):
    assert cijfers.publish(given.database) == 0
    assert cijfers.quarters_of(None) == [Q1]
