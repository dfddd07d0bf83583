"""A photo comes with a schuld, with the answer to a question, or with a report: with exactly one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

MORE = ("aanvulling", "melding")


def upgrade() -> None:
    for table in MORE:
        op.add_column("foto", sa.Column(f"{table}_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f(f"fk_foto_{table}_id"), "foto", table, [f"{table}_id"], ["id"], ondelete="CASCADE"
        )  # fmt: skip
        op.create_index(op.f(f"ix_foto_{table}_id"), "foto", [f"{table}_id"])
    op.alter_column("foto", "schuld_id", nullable=True)
    op.create_check_constraint(op.f("ck_foto_bij"), "foto", "num_nonnulls(schuld_id, aanvulling_id, melding_id) = 1")


def downgrade() -> None:
    """The photos of answers and reports are lost; that they were sent stays in the trail."""
    op.drop_constraint(op.f("ck_foto_bij"), "foto")
    op.execute("ALTER TABLE foto NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM foto WHERE schuld_id IS NULL")
    op.execute("ALTER TABLE foto FORCE ROW LEVEL SECURITY")
    op.alter_column("foto", "schuld_id", nullable=False)
    for table in MORE:
        op.drop_column("foto", f"{table}_id")
