"""How a schuldeiser wants its Kennisgevingen by e-mail. Who is there already gets each by itself, as before."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LEVERING = sa.Enum("los", "dagoverzicht", "api", name="levering", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.add_column("schuldeiser", sa.Column("levering", LEVERING, nullable=False, server_default="los"))
    op.alter_column("schuldeiser", "levering", server_default=None)


def downgrade() -> None:
    op.drop_column("schuldeiser", "levering")
