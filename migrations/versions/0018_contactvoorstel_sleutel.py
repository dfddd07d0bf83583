"""The idempotency key with which a schuldeiser asked for other addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contactvoorstel", sa.Column("sleutel", sa.Text(), nullable=True))
    op.create_unique_constraint(
        op.f("uq_contactvoorstel_schuldeiser_id_sleutel"), "contactvoorstel", ["schuldeiser_id", "sleutel"]
    )


def downgrade() -> None:
    """A repeated request is then a new one."""
    op.drop_constraint(op.f("uq_contactvoorstel_schuldeiser_id_sleutel"), "contactvoorstel", type_="unique")
    op.drop_column("contactvoorstel", "sleutel")
