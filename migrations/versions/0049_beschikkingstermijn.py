"""The local term of an organisatie for the beschikking (Wgs art. 4a)."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisatie", sa.Column("beschikking_weken", sa.BigInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_organisatie_beschikking_weken"), "organisatie", "beschikking_weken BETWEEN 1 AND 8"
    )


def downgrade() -> None:
    """What was chosen is lost. The days that were counted with it stay."""
    op.drop_constraint(op.f("ck_organisatie_beschikking_weken"), "organisatie")
    op.drop_column("organisatie", "beschikking_weken")
