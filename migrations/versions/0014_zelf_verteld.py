"""When a hulpverlener told the hulpvrager what a mail that did not arrive would have said."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

UNTOLD = "status = 'niet_bezorgd' AND told_at IS NULL"


def upgrade() -> None:
    op.add_column("bericht", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_bericht_niet_verteld", "bericht", ["verzoek_id"], postgresql_where=sa.text(UNTOLD))


def downgrade() -> None:
    op.drop_index("ix_bericht_niet_verteld", table_name="bericht", postgresql_where=sa.text(UNTOLD))
    op.drop_column("bericht", "told_at")
