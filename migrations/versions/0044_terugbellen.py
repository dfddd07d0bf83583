"""'Bel mij': a call that is owed, and an aanmelding of which the questions are still open."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

CHECKS = {
    "onvolledig": "NOT onvolledig OR (status <> 'concept' AND start_on IS NULL)",
    "bellen": "bellen_voor IS NULL OR bellen_sealed IS NOT NULL",
}


def upgrade() -> None:
    op.add_column("pauzeverzoek", sa.Column("onvolledig", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("pauzeverzoek", "onvolledig", server_default=None)
    op.add_column("pauzeverzoek", sa.Column("bellen_voor", sa.Date(), nullable=True))
    op.add_column("pauzeverzoek", sa.Column("bellen_sealed", sa.LargeBinary(), nullable=True))
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_pauzeverzoek_{name}"), "pauzeverzoek", rule)
    op.create_index(
        "ix_pauzeverzoek_bellen",
        "pauzeverzoek",
        ["organisatie_id", "bellen_voor", "id"],
        postgresql_where=sa.text("bellen_voor IS NOT NULL"),
    )


def downgrade() -> None:
    """Who still waits to be called is lost; that it was asked stays in the trail."""
    op.drop_index("ix_pauzeverzoek_bellen", "pauzeverzoek")
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_pauzeverzoek_{name}"), "pauzeverzoek")
    for name in ("bellen_sealed", "bellen_voor", "onvolledig"):
        op.drop_column("pauzeverzoek", name)
