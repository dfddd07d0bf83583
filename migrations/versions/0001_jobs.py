"""The job queue of procrastinate 3.10, and the extension for fuzzy search."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    # Through the driver: the schema holds colons and percent signs that SQLAlchemy would read as parameters.
    op.get_bind().connection.driver_connection.execute(SchemaManager.get_schema())
    op.execute("GRANT USAGE ON SCHEMA public TO portal_app")
    op.execute("""
        DO $$ DECLARE queue_table text; BEGIN
            FOR queue_table IN SELECT tablename FROM pg_tables
                WHERE schemaname = current_schema() AND tablename LIKE 'procrastinate\\_%'
            LOOP
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO portal_app', queue_table);
            END LOOP;
        END $$
    """)
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO portal_app")
    # array_to_string is only STABLE, a generated column needs IMMUTABLE. True for text arrays.
    op.execute("""
        CREATE FUNCTION immutable_array_text(words text[]) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN array_to_string(words, ' ')
    """)


def downgrade() -> None:
    op.execute("DROP FUNCTION immutable_array_text(text[])")
    op.execute("""
        DO $$ DECLARE thing record; BEGIN
            FOR thing IN SELECT tablename AS name FROM pg_tables
                WHERE schemaname = current_schema() AND tablename LIKE 'procrastinate\\_%'
            LOOP EXECUTE format('DROP TABLE %I CASCADE', thing.name); END LOOP;
            FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc
                WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'procrastinate\\_%'
            LOOP EXECUTE format('DROP FUNCTION %s CASCADE', thing.name); END LOOP;
            FOR thing IN SELECT typname AS name FROM pg_type
                WHERE typnamespace = current_schema()::regnamespace AND typname LIKE 'procrastinate\\_%'
                AND typtype IN ('e', 'c')
            LOOP EXECUTE format('DROP TYPE IF EXISTS %I CASCADE', thing.name); END LOOP;
        END $$
    """)
    op.execute("DROP EXTENSION pg_trgm")
