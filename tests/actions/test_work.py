"""The unit of work and its guards: what makes the rules safe instead of a habit."""

import re
from datetime import date
from uuid import uuid4

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from portal import clock
from portal.actions.consequences import CONSEQUENCES
from portal.actions.work import ChangeWithoutEvent, WriteOutsideUnit, unit_of_work
from portal.db import jobs
from portal.domain import events
from portal.domain.errors import AlreadyDecided, NotFound
from portal.domain.roles import Actor
from portal.domain.status import Status, Verzendstatus
from portal.models import Kennisgeving, Pauzeverzoek
from portal.queries import dossier
from tests.actions.conftest import at_once

SYSTEEM = Actor.systeem()


# --- no write without a unit ----------------------------------------------------------------------


def test_a_changed_row_outside_a_unit_is_refused(given):
    id = given.concept()
    with given.session(SYSTEEM) as session:
        session.get_one(Pauzeverzoek, id).bron = "digid"
        with pytest.raises(WriteOutsideUnit):
            session.flush()


def test_a_new_row_outside_a_unit_is_refused(given):
    with given.session(SYSTEEM) as session:
        session.add(Pauzeverzoek.start(uuid4(), "PK-HHH-HHH-HHH", clock.now()))
        with pytest.raises(WriteOutsideUnit):
            session.commit()


def test_a_deleted_row_outside_a_unit_is_refused(given):
    id = given.concept()
    with given.session(SYSTEEM) as session:
        session.delete(session.get_one(Pauzeverzoek, id))
        with pytest.raises(WriteOutsideUnit):
            session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        update(Pauzeverzoek).values(bron="digid"),
        delete(Pauzeverzoek),
        text("UPDATE pauzeverzoek SET bron = 'digid'"),
        text("INSERT INTO teller VALUES ('x', now(), 1)"),
        text("DELETE FROM procrastinate_jobs"),
    ],
    ids=["update", "delete", "raw update", "raw insert", "jobs"],
)
def test_a_write_in_a_reading_transaction_fails_in_the_database_itself(given, statement):
    given.concept()
    with given.session(SYSTEEM) as session, pytest.raises(DBAPIError) as caught:
        session.execute(statement)
    assert isinstance(caught.value.orig, psycopg.errors.ReadOnlySqlTransaction)


def test_a_job_deferred_outside_a_unit_fails_in_the_database_itself(given):
    with given.session(SYSTEEM) as session, pytest.raises(ConnectorException) as caught:
        jobs.defer(session, jobs.SEND_BERICHT, [uuid4()])
    assert isinstance(caught.value.__cause__, psycopg.errors.ReadOnlySqlTransaction)


def test_a_reading_transaction_cannot_be_made_writing(given):
    with given.session(SYSTEEM) as session:
        session.execute(select(Pauzeverzoek))
        with pytest.raises(DBAPIError, match="read-write mode must be set before any query"):
            session.execute(text("SET TRANSACTION READ WRITE"))


def test_after_a_unit_the_session_reads_only_again(given):
    id = given.concept()
    with given.session(SYSTEEM) as session:
        with unit_of_work(session, SYSTEEM):
            pass
        with pytest.raises(DBAPIError):
            session.execute(update(Pauzeverzoek).where(Pauzeverzoek.id == id).values(bron="digid"))


def test_after_a_failed_unit_the_session_reads_only_again(given):
    with given.session(SYSTEEM) as session:
        with pytest.raises(ZeroDivisionError), unit_of_work(session, SYSTEEM):
            raise ZeroDivisionError
        with pytest.raises(DBAPIError):
            session.execute(delete(Pauzeverzoek))


def test_units_do_not_nest(given):
    with (
        given.session(SYSTEEM) as session,
        unit_of_work(session, SYSTEEM),
        pytest.raises(RuntimeError, match="nest"),
        unit_of_work(session, SYSTEEM),
    ):
        pass


# --- no status without an event -------------------------------------------------------------------


def test_a_status_that_changes_without_an_event_is_refused(given):
    id = given.submitted()
    with given.session(SYSTEEM) as session, pytest.raises(ChangeWithoutEvent), unit_of_work(session, SYSTEEM) as work:
        work.load_for_update(Pauzeverzoek, id).status = Status.INGETROKKEN
    assert given.case(id).status is Status.INGEDIEND


def test_the_status_of_a_message_is_guarded_too(given):
    id = given.approved()
    with given.session(SYSTEEM) as session, pytest.raises(ChangeWithoutEvent), unit_of_work(session, SYSTEEM):  # noqa: PT012
        (message,) = dossier.kennisgevingen(session, id)
        message.move_to(Verzendstatus.AANGEBODEN)
    with given.session(SYSTEEM) as session:
        assert session.scalars(select(Kennisgeving)).one().status is Verzendstatus.KLAAR


def test_an_event_of_another_case_does_not_cover_for_it(given):
    id, other = given.submitted(), given.submitted()
    with given.session(SYSTEEM) as session, pytest.raises(ChangeWithoutEvent), unit_of_work(session, SYSTEEM) as work:  # noqa: PT012
        work.load_for_update(Pauzeverzoek, id).status = Status.INGETROKKEN
        work.record(events.AntwoordSaved(keten=other, stap="naam"))


# --- all or nothing -------------------------------------------------------------------------------


def test_a_job_exists_only_when_its_unit_was_committed(given, count):
    with given.session(SYSTEEM) as session, pytest.raises(ZeroDivisionError), unit_of_work(session, SYSTEEM):  # noqa: PT012
        jobs.defer(session, jobs.SEND_BERICHT, [uuid4()])
        raise ZeroDivisionError
    assert count.rows("procrastinate_jobs") == 0
    wanted = uuid4()
    with given.session(SYSTEEM) as session, unit_of_work(session, SYSTEEM):
        jobs.defer(session, jobs.SEND_BERICHT, [wanted])
        assert count.rows("procrastinate_jobs") == 0  # nobody else sees it yet
    assert count.jobs("send_bericht") == [str(wanted)]


def test_a_job_holds_an_id_and_nothing_else(given, owner):
    given.approved()
    rows = owner.execute("SELECT args, lock, queue_name FROM procrastinate_jobs").fetchall()
    assert len(rows) == 4  # the Bewijs van aanmelding, two messages to the hulpvrager, a Kennisgeving
    for args, lock, queue in rows:
        assert set(args) == {"id"}
        assert lock.endswith(args["id"])
        assert queue == "verzending"


def test_an_event_is_undone_with_its_unit(given, count):
    id = given.concept()
    before = count.rows("audit")
    with given.session(SYSTEEM) as session, pytest.raises(ZeroDivisionError), unit_of_work(session, SYSTEEM) as work:  # noqa: PT012
        work.record(events.AntwoordSaved(keten=id, stap="naam"))
        raise ZeroDivisionError
    assert count.rows("audit") == before


def test_what_is_not_there_for_this_actor_is_not_found(given):
    id = given.submitted()
    other = given.other_actor
    with given.session(other) as session, unit_of_work(session, other) as work, pytest.raises(NotFound):
        work.load_for_update(Pauzeverzoek, id)


def test_a_row_that_changed_behind_the_back_is_a_stale_decision(given, owner):
    """Without the lock of load_for_update the version column is the last defence."""
    id = given.submitted()
    with given.session(SYSTEEM) as session, pytest.raises(AlreadyDecided), unit_of_work(session, SYSTEEM):  # noqa: PT012
        case = session.get_one(Pauzeverzoek, id)
        owner.execute("UPDATE pauzeverzoek SET versie = versie + 1")
        case.bron = "digid"


def test_every_change_of_a_case_counts(given):
    id = given.submitted([given.regel("Plons")])
    seen = [given.versie(id)]
    given.take(id)
    seen.append(given.versie(id))
    given.match(id, 1, {given.schuldeiser("Een"): None})
    seen.append(given.versie(id))
    assert seen == sorted(set(seen))


# --- the audit trail ------------------------------------------------------------------------------


def test_entries_tell_who_when_and_what(given, owner):
    id = given.taken()
    row = owner.execute(
        "SELECT gebeurtenis, actor_kind, actor_id, at, feiten FROM audit WHERE keten = %s ORDER BY volgnummer DESC",
        [id],
    ).fetchone()
    assert row[:3] == ("PauzeverzoekAssigned", "medewerker", given.actor.id)
    assert row[3].date() == date(2027, 2, 1)
    assert row[4].keys() == {"behandelaar_id", "was", "rijen"}
    assert row[4]["behandelaar_id"] == str(given.actor.id)
    assert row[4]["rijen"].keys() == {f"pauzeverzoek:{id}"}


def test_writers_of_one_chain_wait_for_each_other(given, owner):
    id = given.concept()

    def write(number):
        with given.session(SYSTEEM) as session, unit_of_work(session, SYSTEEM) as work:
            work.record(events.AntwoordSaved(keten=id, stap=f"stap-{number}"))

    before = owner.execute("SELECT max(volgnummer) FROM audit").fetchone()[0]
    _, errors = at_once(20, write)
    assert errors == []
    numbers = [n for (n,) in owner.execute("SELECT volgnummer FROM audit ORDER BY volgnummer")]
    assert numbers == list(range(1, before + 21))


@pytest.mark.parametrize("statement", ["UPDATE audit SET gebeurtenis = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
def test_the_application_cannot_rewrite_history(given, statement):
    given.concept()
    with (
        given.session(SYSTEEM) as session,
        pytest.raises(ProgrammingError, match="denied"),
        unit_of_work(session, SYSTEEM),
    ):
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET gebeurtenis = 'x'", "DELETE FROM audit", "TRUNCATE audit", "TRUNCATE audit CASCADE"]
)
def test_the_owner_cannot_rewrite_history_without_taking_the_trigger_away(given, owner, statement):
    given.concept()
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        owner.execute(statement)


def test_a_number_in_a_chain_is_given_once(given):
    id = given.concept()
    with given.session(SYSTEEM) as session, pytest.raises(IntegrityError), unit_of_work(session, SYSTEEM):
        session.execute(
            text("INSERT INTO audit (keten, volgnummer, at, gebeurtenis, actor_kind, feiten, vorige_hash, hash)"
                 " VALUES (:keten, 1, now(), 'x', 'systeem', '{}', '', '')"),
            {"keten": id},
        )  # fmt: skip


RANDOM = re.compile(r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})\b|PK(?:-[0-9A-Z]{3}){3}")
"""Ids, hashes and kenmerken hold any row of digits by chance."""


def test_no_personal_data_reaches_the_audit_trail(given, owner):
    id = given.approved()
    given.hand_over(id)
    given.withdraw(id)
    (everything,) = owner.execute("SELECT string_agg(feiten::text, ' ') FROM audit").fetchone()
    everything = RANDOM.sub("", everything)
    for word in ("Meer", "1987", "3511", "inwoner.example", "12345678", "Waterbedrijf", "KL-1", "Anna"):
        assert word not in everything


def test_every_event_has_its_line_in_consequences():
    assert set(CONSEQUENCES) == set(events.all_events())
    assert list(CONSEQUENCES) == events.all_events(), "in the order of portal/domain/events.py"
