"""The landelijk beheerder looks after the API clients of landelijke entries, and sees when each was last used."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
NO_ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '') IS NULL"
LANDELIJK = f"""{MEDEWERKER} AND {NO_ORGANISATIE} AND EXISTS (
    SELECT 1 FROM schuldeiser s WHERE s.id = schuldeiser_id AND s.organisatie_id IS NULL)"""


def upgrade() -> None:
    op.add_column("api_client", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        f"CREATE POLICY api_client_landelijk ON api_client TO portal_app USING ({LANDELIJK}) WITH CHECK ({LANDELIJK})"
    )


def downgrade() -> None:
    op.execute("DROP POLICY api_client_landelijk ON api_client")
    op.drop_column("api_client", "last_used_at")
