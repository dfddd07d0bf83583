"""The looks that an organisatie chose."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

ALLOWED = "huisstijl IN ('blauw', 'groen', 'turkoois', 'paars', 'grijs')"


def upgrade() -> None:
    op.add_column("organisatie", sa.Column("huisstijl", sa.String(40), nullable=False, server_default="blauw"))
    op.alter_column("organisatie", "huisstijl", server_default=None)
    op.create_check_constraint("huisstijl", "organisatie", ALLOWED)


def downgrade() -> None:
    op.drop_column("organisatie", "huisstijl")
