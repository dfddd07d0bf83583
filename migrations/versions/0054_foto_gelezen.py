"""What a computer read on the photo of a letter, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("foto", sa.Column("voorstel_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("foto", sa.Column("gelezen_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """What was read is lost; the photos stay."""
    op.drop_column("foto", "gelezen_at")
    op.drop_column("foto", "voorstel_sealed")
