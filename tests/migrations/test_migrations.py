"""The schema goes up, down and up again, empty and full, and is what the models say."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, text

from portal.actions import hulpvrager
from portal.db.engine import Database
from portal.db.migrate import MIGRATIONS, current, downgrade, head, migrate
from portal.domain.foto import Beeld
from portal.domain.melding import Meldingsoort
from portal.domain.roles import Actor
from portal.domain.schuldenaar import Schuldenaar
from portal.models import Base
from portal.queries import audit
from tests.conftest import ADRESSEN
from tests.given import Given, Schuldregel

HEAD = "0056"
"""Pinned: whoever adds a migration changes it here, so that two branches with one each collide."""

FILLED_SURVIVES_DOWN_TO = "0003"
"""The oldest revision to which a database with cases can go back without losing them."""


@pytest.fixture
def scripts():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def revision(fresh):
    with fresh.connect() as connection:
        return current(connection)


def test_the_head_is_pinned_and_there_is_one(scripts):
    assert scripts.get_heads() == [HEAD] == [head()]


def test_the_revisions_are_numbered_in_one_line(scripts):
    line = [script.revision for script in scripts.walk_revisions()]
    assert line == [f"{number:04}" for number in range(len(line), 0, -1)]


def test_the_models_are_the_schema(fresh):
    migrate(fresh.owner_url, fresh.app_url)

    def ours(name, kind, parent_names):
        return not (kind == "table" and name.startswith("procrastinate_"))

    with fresh.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_a_difference_between_models_and_schema_would_be_found(fresh):
    """The check above can fail."""
    migrate(fresh.owner_url, fresh.app_url)
    with fresh.connect() as connection:
        connection.execute(text("ALTER TABLE schuld ADD COLUMN vergeten text"))
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert any("vergeten" in str(difference) for difference in compare_metadata(context, Base.metadata))


def test_every_check_of_the_models_is_in_the_schema(fresh):
    """Alembic does not compare CHECK constraints, so their names and number are compared here."""
    migrate(fresh.owner_url, fresh.app_url)
    wanted = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    with fresh.owner() as connection:
        found = connection.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
            " AND conrelid::regclass::text NOT LIKE 'procrastinate%'"
        )
        assert {name for (name,) in found} == wanted


def test_every_value_of_an_enum_is_allowed_in_the_schema(fresh):
    migrate(fresh.owner_url, fresh.app_url)
    with fresh.owner() as connection:
        definitions = dict(
            connection.execute(
                "SELECT conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE contype = 'c'"
            ).fetchall()
        )
    for table in Base.metadata.tables.values():
        for column in table.columns:
            for value in getattr(column.type, "enums", ()):
                rule = definitions[f"{table.name}.ck_{table.name}_{column.type.name}"]
                assert f"'{value}'" in rule, (table.name, column.name)


def test_up_to_every_revision_and_down_again_leaves_what_was_there(fresh, shape, scripts):
    line = [script.revision for script in scripts.walk_revisions()][::-1]
    before = {}
    for name in line:
        with fresh.owner() as connection:
            before[name] = shape(connection)
        migrate(fresh.owner_url, fresh.app_url, name)
        assert revision(fresh) == name
    for name in reversed(line):
        downgrade(fresh.owner_url, str(scripts.get_revision(name).down_revision or "base"))
        with fresh.owner() as connection:
            after = shape(connection)
        for kind in after:
            assert after[kind] == before[name][kind], (name, kind)
    assert revision(fresh) is None


def test_an_empty_database_goes_up_down_and_up_to_the_same_schema(fresh, shape):
    migrate(fresh.owner_url, fresh.app_url)
    with fresh.owner() as connection:
        first = shape(connection)
    downgrade(fresh.owner_url, "base")
    with fresh.owner() as connection:
        assert connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        ).fetchall() == [("alembic_version",)]
    migrate(fresh.owner_url, fresh.app_url)
    with fresh.owner() as connection:
        assert shape(connection) == first
        assert connection.execute("SELECT count(*) FROM gemeente").fetchone() == (342,)


def test_a_filled_world_survives_down_and_up(fresh, clock):
    migrate(fresh.owner_url, fresh.app_url)
    database = Database(fresh.app_url, ADRESSEN)
    try:
        given = Given(database)
        ids = [given.approved(), given.declined(), given.waiting(), given.concept(), given.ended([given.regel("Twee")])]
        before = {id: given.case(id).antwoorden for id in ids}
        with fresh.owner() as connection:
            rows = {table: count(connection, table) for table in Base.metadata.tables}
        database.dispose()
        downgrade(fresh.owner_url, FILLED_SURVIVES_DOWN_TO)
        assert revision(fresh) == FILLED_SURVIVES_DOWN_TO
        migrate(fresh.owner_url, fresh.app_url)
        with fresh.owner() as connection:
            assert {table: count(connection, table) for table in Base.metadata.tables} == rows
        assert {id: given.case(id).antwoorden for id in ids} == before
        assert audit.verify(database).ok
        given.withdraw(ids[0])
    finally:
        database.dispose()


def test_messages_about_two_people_survive_down_and_up(fresh, clock):
    """Before there were partners a recipient had one first message of a case: the others stand behind it."""
    migrate(fresh.owner_url, fresh.app_url)
    database = Database(fresh.app_url, ADRESSEN)
    try:
        given = Given(database)
        bank = given.schuldeiser("Bank")
        id = given.matched([Schuldregel("Bank", {bank: None})] * 3)
        given.partner(id)
        given.owed(id, None, *Schuldenaar)
        given.approve(id)
        database.dispose()
        downgrade(fresh.owner_url, "0049")
        with fresh.owner() as connection:
            rows = connection.execute("SELECT nummer FROM kennisgeving ORDER BY nummer").fetchall()
        assert rows == [(1,), (1001,), (2001,)]
        migrate(fresh.owner_url, fresh.app_url)
        assert given.case(id).partner is None
    finally:
        database.dispose()


def test_the_photo_of_a_schuld_survives_down_and_up_where_that_of_a_report_has_no_place(fresh, clock):
    migrate(fresh.owner_url, fresh.app_url)
    database = Database(fresh.app_url, ADRESSEN)
    try:
        given, beeld = Given(database), Beeld(bytes([0, 0, 0, 1, 9]))
        id = given.submitted()
        person = Actor.hulpvrager(id)
        with given.session(person) as session:
            schuld = hulpvrager.add_schuld(session, person, id, {"afzender": ""}, beeld=beeld)
        given.report(id, Meldingsoort.GEGEVENS, {"tekst": "Zie de brief."}, beeld=beeld)
        database.dispose()
        downgrade(fresh.owner_url, "0052")
        migrate(fresh.owner_url, fresh.app_url)
        with fresh.owner() as connection:
            assert connection.execute("SELECT schuld_id FROM foto").fetchall() == [(schuld,)]
    finally:
        database.dispose()


def test_an_organisatie_with_a_logo_goes_down_without_it(fresh):
    migrate(fresh.owner_url, fresh.app_url)
    with fresh.owner() as connection:
        connection.execute(
            "INSERT INTO organisatie (id, naam, telefoon, email, postadres, twee_sleutels, huisstijl,"
            " logo_png, logo_sha256, logo_breedte, logo_hoogte)"
            " VALUES (gen_random_uuid(), 'A', '1', 'a@b.example', 'c', true, 'groen', 'png', 'abc', 240, 40)"
        )
    downgrade(fresh.owner_url, "0054")
    migrate(fresh.owner_url, fresh.app_url)
    with fresh.owner() as connection:
        rows = connection.execute("SELECT naam, huisstijl, logo_png, logo_sha256 FROM organisatie").fetchall()
    assert rows == [("A", "groen", None, None)]


def count(connection, table):
    return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_going_up_when_it_is_up_already_changes_nothing(fresh, shape):
    migrate(fresh.owner_url, fresh.app_url)
    with fresh.owner() as connection:
        before = shape(connection)
    migrate(fresh.owner_url, fresh.app_url)
    with fresh.owner() as connection:
        assert shape(connection) == before


def test_two_migrations_at_once_wait_for_each_other(fresh):
    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(migrate, fresh.owner_url, fresh.app_url) for _ in range(2)]:
            done.result()
    assert revision(fresh) == HEAD
    with fresh.owner() as connection:
        assert connection.execute("SELECT count(*) FROM gemeente").fetchone() == (342,)
        assert connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_revision_before_it_and_frees_the_lock(fresh):
    migrate(fresh.owner_url, fresh.app_url, "0001")
    with fresh.owner() as connection:
        connection.execute("CREATE TABLE gemeente (in_de_weg int)")
    with pytest.raises(Exception, match="gemeente"):
        migrate(fresh.owner_url, fresh.app_url)
    assert revision(fresh) == "0001"
    with fresh.owner() as connection:
        assert connection.execute("SELECT to_regclass('audit')").fetchone() == (None,)
        assert connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone() == (0,)
        connection.execute("DROP TABLE gemeente")
    migrate(fresh.owner_url, fresh.app_url)
    assert revision(fresh) == HEAD


def test_an_owner_that_is_no_superuser_can_migrate(fresh):
    """As on a managed server. It owns its database and may make the application's role; CREATE ROLE is asked once."""
    with fresh.owner() as connection:
        connection.execute("DROP ROLE IF EXISTS eigenaar")
        connection.execute("CREATE ROLE eigenaar LOGIN CREATEROLE NOBYPASSRLS")
        connection.execute("GRANT portal_app TO eigenaar WITH ADMIN OPTION")
        connection.execute(f"ALTER DATABASE {fresh.name} OWNER TO eigenaar")
    owner_url = fresh.owner_url.replace("postgres@", "eigenaar@")
    try:
        migrate(owner_url, fresh.app_url)
        with fresh.owner() as connection:
            assert connection.execute("SELECT count(*) FROM gemeente").fetchone() == (342,)
    finally:
        with fresh.server.owner("postgres") as connection:
            connection.execute(f"DROP DATABASE {fresh.name} WITH (FORCE)")
            connection.execute("DROP ROLE eigenaar")
