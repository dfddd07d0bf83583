"""An aanmelding by word of mouth: who heard the toestemming, and the end of every way in that was there before."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("toestemming", sa.Column("heard_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_toestemming_heard_by"), "toestemming", "medewerker", ["heard_by"], ["id"])
    # Staff see no session of a hulpvrager. They may end those of an aanmelding of which the questions are open.
    op.execute("""
        CREATE FUNCTION close_ways_in(case_id uuid, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE acting text := current_setting('portal.actor', true);
        BEGIN
            IF acting IS DISTINCT FROM 'medewerker' THEN RAISE EXCEPTION 'only staff close the ways in'; END IF;
            PERFORM 1 FROM pauzeverzoek WHERE id = case_id AND onvolledig;
            IF NOT FOUND THEN RAISE EXCEPTION 'not an open aanmelding of the own organisatie'; END IF;
            PERFORM set_config('portal.actor', 'systeem', true);
            UPDATE toegangslink SET revoked_at = at
            WHERE verzoek_id = case_id AND used_at IS NULL AND revoked_at IS NULL;
            UPDATE sessie SET revoked_at = at WHERE verzoek_id = case_id AND revoked_at IS NULL;
            PERFORM set_config('portal.actor', acting, true);
        END $$
    """)


def downgrade() -> None:
    """Who heard it is lost; the trail has it."""
    op.execute("DROP FUNCTION close_ways_in(uuid, timestamptz)")
    op.drop_constraint(op.f("fk_toestemming_heard_by"), "toestemming")
    op.drop_column("toestemming", "heard_by")
