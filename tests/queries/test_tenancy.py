"""Who sees which row, walked over every table that there is. A new table without a rule fails here.

The world is built once for this page: no test here leaves a change behind.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from portal import clock as portal_clock
from portal.actions import dagkoppen
from portal.actions.work import unit_of_work
from portal.db.engine import APP_ROLE, actor_settings, bypasses_row_security
from portal.db.limits import SIGN_IN_PER_ADDRESS, hit
from portal.domain.roles import Actor, Role
from portal.models import Base, Kwartaalcijfers
from portal.queries import dossier
from tests.actions.conftest import Counted
from tests.conftest import FIRST_DAY, Clock, empty
from tests.filled import fill
from tests.given import Given

TABLES = sorted(Base.metadata.tables)
PUBLIC = {"gemeente", "organisatie", "deelname", "dagkop", "kwartaalcijfers"}
"""Tables that everybody reads; in `schuldeiser` the landelijke entries are."""

PROPOSED = {"schuldeiser", "gemachtigde"}
"""What an organisatie proposes for the landelijke list, the landelijk beheerder sees; private persons never are."""

APPEND_ONLY = {"audit", "dagkop", "ketenstand", "kwartaalcijfers"}
"""Tables that the application may not change at all."""

OF_THE_PORTAL = {
    "teller", "werksessie", "api_client", "api_token", "webhook", "webhookmelding", "dagoverzicht", "overzichtslink",
}  # fmt: skip
"""Tables that only the portal itself reads, on behalf of whoever knocks, or a schuldeiser its own row."""

OF_A_SCHULDEISER = {
    "kennisgeving",
    "brief",
    "beantwoording",
    "stilzwijgen",
    "schuldeiser",
    "akkoordvraag",
    "webhook",
}
"""Tables of which a schuldeiser sees what is its own."""
OF_THE_CASE = {"tekstblok", "notitie", "registercontrole"}
"""Tables in which staff write for each other."""


NOT_OURS = ("procrastinate_", "alembic_version")


@dataclass(frozen=True)
class World:
    """Two organisaties with a case each, and a hulpvrager each; every table has rows of both."""

    here: Actor
    there: Actor
    case_here: UUID
    case_there: UUID


@pytest.fixture(scope="module")
def given(_engine: Any, _owner: Any) -> Iterator[Given]:
    clock = Clock()
    clock.set(FIRST_DAY)
    yield Given(_engine)
    clock.release()
    empty(_owner)


@pytest.fixture(scope="module")
def database(given: Given) -> Any:
    return given.database


@pytest.fixture(scope="module")
def owner(_owner: Any) -> Any:
    return _owner


@pytest.fixture(scope="module")
def world(given: Given) -> World:
    here, there = given.actor, given.other_actor
    case_here, case_there = fill(given, here, "GM0344"), fill(given, there, "GM0307")
    with portal_clock.at(portal_clock.day_end(FIRST_DAY) + dagkoppen.SETTLE):
        assert dagkoppen.close_days(given.database) == 1
    with given.session(Actor.systeem()) as session, unit_of_work(session, Actor.systeem()) as work:
        work.add(Kwartaalcijfers(kwartaal="2026-4", published_at=work.now, inhoud={}))
    hit(given.database, SIGN_IN_PER_ADDRESS, "x")
    return World(here, there, case_here, case_there)


@pytest.fixture(scope="module")
def landelijk(given: Given, world: World) -> Actor:
    return given.medewerker(None, Role.LANDELIJK_BEHEERDER)


def seen(given: Any, actor: Actor, table: str) -> set[tuple[Any, ...]]:
    """The keys of the rows that an actor sees in a table."""
    keys = ", ".join(column.name for column in Base.metadata.tables[table].primary_key)
    with given.session(actor) as session:
        return {tuple(row) for row in session.execute(text(f"SELECT {keys} FROM {table}"))}


# --- how the tables stand -------------------------------------------------------------------------


def test_every_table_is_one_of_the_models(owner):
    found = {name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert {name for name in found if not name.startswith(NOT_OURS)} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_row_level_security_is_on_and_holds_for_the_owner_too(owner, table):
    assert owner.execute(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table]
    ).fetchone() == (True, True)


def test_the_application_owns_nothing_and_cannot_bypass(database, owner):
    assert not bypasses_row_security(database.engine)
    role = owner.execute(
        "SELECT rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s",
        [APP_ROLE],
    ).fetchone()
    assert role == (False,) * 5
    owned = owner.execute("SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", [APP_ROLE]).fetchone()
    assert owned == (0,)


def test_every_connection_has_the_applications_role_and_no_more(database):
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT current_user, session_user")).one() == (APP_ROLE, "portal_web")


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE van_mij (x int)", "ALTER TABLE audit DISABLE TRIGGER ALL", "DROP POLICY schuld_rows ON schuld",
     "ALTER TABLE schuld DISABLE ROW LEVEL SECURITY", "SET ROLE postgres"],
)  # fmt: skip
def test_the_application_cannot_change_the_rules(given, statement):
    systeem = Actor.systeem()
    with given.session(systeem) as session, pytest.raises(ProgrammingError), unit_of_work(session, systeem):
        session.execute(text(statement))


# --- reading --------------------------------------------------------------------------------------


def test_the_world_of_this_test_has_rows_in_every_table(world, owner):
    count = Counted(owner)
    assert [table for table in TABLES if not count.rows(table)] == []


def test_a_query_without_an_actor_sees_nothing(world, database):
    with database.engine.connect() as connection:
        found = {table: connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES}
    assert found == dict.fromkeys(TABLES, 0)


def test_the_settings_of_one_transaction_are_gone_in_the_next(world, database):
    """A pooled connection carries nobody over."""
    with database.engine.connect() as connection:
        connection.execute(
            text("SELECT set_config('portal.actor', :kind, true), set_config('portal.actor_id', :id, true)"),
            actor_settings(Actor.systeem(), writing=False),
        )
        assert connection.scalar(text("SELECT count(*) FROM pauzeverzoek")) == 2
        connection.rollback()
        assert connection.scalar(text("SELECT count(*) FROM pauzeverzoek")) == 0


@pytest.mark.parametrize("table", TABLES)
def test_two_organisaties_have_no_row_in_common(given, world, table):
    here, there = seen(given, world.here, table), seen(given, world.there, table)
    if table in PUBLIC:
        assert here == there != set()
    else:
        assert here & there == set()
        assert here or table in OF_THE_PORTAL | {"toegangslink"}, "and each sees its own"


@pytest.mark.parametrize("table", TABLES)
def test_two_hulpvragers_have_no_row_in_common(given, world, table):
    one, two = (seen(given, Actor.hulpvrager(id), table) for id in (world.case_here, world.case_there))
    if table in PUBLIC:
        assert one == two != set()
    else:
        assert one & two == set()
        of_staff = {"medewerker", "inkomend", "akkoordvraag", "gemachtigde", "uitnodiging", "herstelcode", "passkey"}
        of_staff |= {"afwezigheid", "bekijker", "stilzwijgen", "datalek", "teammail"}
        of_staff |= OF_THE_CASE
        assert one or table in OF_THE_PORTAL | of_staff, "and each sees the own"


@pytest.mark.parametrize("table", TABLES)
def test_a_visitor_sees_gemeenten_and_nothing_of_anybody(given, world, table):
    assert bool(seen(given, Actor.bezoeker(), table)) == (table in PUBLIC)


@pytest.mark.parametrize("table", TABLES)
def test_a_hulpvrager_whose_concept_is_gone_sees_nothing(given, world, table):
    assert bool(seen(given, Actor.hulpvrager(uuid4()), table)) == (table in PUBLIC)


@pytest.mark.parametrize("table", TABLES)
def test_staff_without_an_organisatie_see_no_case(given, landelijk, table):
    found = seen(given, landelijk, table)
    open_to_them = found if table in PUBLIC | PROPOSED else set()
    assert found == ({(landelijk.id,)} if table == "medewerker" else open_to_them)


def test_a_hulpvrager_sees_an_organisaties_own_schuldeiser_once_it_was_told(given, world):
    found = seen(given, Actor.hulpvrager(world.case_here), "schuldeiser")
    assert len(found) == 1
    assert found <= seen(given, world.here, "schuldeiser")


def told(given: Any, case: UUID) -> Actor:
    """The schuldeiser of this case."""
    with given.session(Actor.systeem()) as session:
        (message,) = dossier.kennisgevingen(session, case)
        return Actor.schuldeiser(message.schuldeiser_id)


@pytest.mark.parametrize("table", TABLES)
def test_a_schuldeiser_sees_its_own_messages_and_answers_and_nothing_else(given, world, table):
    here, there = (seen(given, told(given, case), table) for case in (world.case_here, world.case_there))
    if table in PUBLIC:
        assert here == there != set()
    else:
        assert here & there == set()
        assert bool(here) == (table in OF_A_SCHULDEISER)


def test_a_schuldeiser_learns_where_a_chain_ends_and_not_what_is_in_it(given, world):
    actor = told(given, world.case_here)
    with given.session(actor) as session:
        ends = session.execute(text("SELECT volgnummer FROM audit_last(:id)"), {"id": world.case_here}).scalar_one()
        assert ends > 10
        assert session.scalar(text("SELECT current_setting('portal.actor')")) == "schuldeiser"


# --- writing --------------------------------------------------------------------------------------


def copies(owner: Any, table: str) -> list[dict[str, Any]]:
    """The rows of a table as the superuser sees them."""
    with owner.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        return cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()


def insert(session: Any, table: str, row: dict[str, Any]) -> None:
    """Insert a row as it is, but for generated columns."""
    generated = {
        c.name for c in Base.metadata.tables[table].columns if c.computed is not None or c.identity is not None
    }
    names = [name for name in row if name not in generated]
    values = [Jsonb(row[name]) if isinstance(row[name], dict) else row[name] for name in names]
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(sql.Placeholder() * len(names)),
    )
    session.connection().connection.driver_connection.execute(statement, values)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("who", ["the other organisatie", "another hulpvrager", "another schuldeiser", "a visitor"])
def test_nobody_inserts_a_row_that_belongs_to_somebody_else(given, world, owner, table, who):
    """Each row of the first organisatie is offered again by a stranger: row-level security refuses, whatever the
    keys say. It is checked before the unique indexes are."""
    stranger = {
        "the other organisatie": world.there,
        "another hulpvrager": Actor.hulpvrager(world.case_there),
        "another schuldeiser": told(given, world.case_there),
        "a visitor": Actor.bezoeker(),
    }[who]
    theirs = seen(given, stranger, table) if table not in PUBLIC else set()
    keys = [column.name for column in Base.metadata.tables[table].primary_key]
    rows = [row for row in copies(owner, table) if tuple(row[key] for key in keys) not in theirs]
    assert rows
    for row in rows[:3]:
        with (
            given.session(stranger) as session,
            pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"),
            unit_of_work(session, stranger),
        ):
            insert(session, table, row)


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_what_only_grows_is_changed_by_nobody_of_the_application(given, world, table):
    column = next(c.name for c in Base.metadata.tables[table].columns if c.identity is None)
    systeem = Actor.systeem()
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with (
            given.session(systeem) as session,
            pytest.raises(ProgrammingError, match="permission denied"),
            unit_of_work(session, systeem),
        ):
            session.execute(text(statement))


@pytest.mark.parametrize("table", [table for table in TABLES if table not in APPEND_ONLY])
def test_a_stranger_changes_and_removes_nothing(given, world, owner, table):
    """What is not seen cannot be written: the statements find no row."""
    columns = Base.metadata.tables[table].columns
    column = next(c.name for c in columns if c.computed is None and not c.primary_key)
    before = copies(owner, table)
    for stranger in (Actor.bezoeker(), Actor.hulpvrager(uuid4()), Actor.schuldeiser(uuid4())):
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with given.session(stranger) as session, unit_of_work(session, stranger):
                assert session.execute(text(statement)).rowcount == 0
    assert copies(owner, table) == before


class _Undo(Exception):
    """Leaves a unit of work without its changes."""


@pytest.mark.parametrize("table", [table for table in TABLES if table not in APPEND_ONLY])
def test_a_broken_statement_of_somebody_with_rights_reaches_no_more_than_that_actor_sees(
    given, world, landelijk, table
):
    """As if every WHERE of the portal were forgotten: what is another's is not changed and not deleted."""
    columns = Base.metadata.tables[table].columns
    column = next(c.name for c in columns if c.computed is None and not c.primary_key)
    keys = ", ".join(c.name for c in Base.metadata.tables[table].primary_key)
    known = told(given, world.case_there)
    for actor in (world.there, Actor.hulpvrager(world.case_there), known, landelijk):
        theirs = seen(given, actor, table)
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with given.session(actor) as session, suppress(_Undo, IntegrityError), unit_of_work(session, actor):
                touched = {tuple(row) for row in session.execute(text(f"{statement} RETURNING {keys}"))}
                assert touched <= theirs
                raise _Undo


def test_a_case_cannot_be_given_to_another_organisatie_by_its_own_staff(given, world):
    with (
        given.session(world.here) as session,
        pytest.raises(ProgrammingError, match="row-level"),
        unit_of_work(session, world.here),
    ):
        session.execute(text("UPDATE pauzeverzoek SET organisatie_id = :id"), {"id": world.there.organisatie_id})


def test_the_time_zone_is_utc_whatever_the_server_says(database):
    with database.engine.connect() as connection:
        assert connection.scalar(text("SHOW timezone")) == "UTC"
