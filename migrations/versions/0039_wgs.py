"""The track of the Wgs: the first conversation and the beschikking, each with the last day for it."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

CHECKS = {
    "gesprek": "(eerste_gesprek_on IS NULL) = (beschikking_voor IS NULL)",
    "beschikking": "(beschikking_on IS NULL) = (toegelaten IS NULL)"
    " AND (beschikking_on IS NULL OR beschikking_on >= eerste_gesprek_on)",
}


def upgrade() -> None:
    for name in ("eerste_gesprek_on", "beschikking_voor", "beschikking_on"):
        op.add_column("pauzeverzoek", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("pauzeverzoek", sa.Column("toegelaten", sa.Boolean(), nullable=True))
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_pauzeverzoek_{name}"), "pauzeverzoek", rule)


def downgrade() -> None:
    """The days are lost; that they were written down stays in the trail."""
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_pauzeverzoek_{name}"), "pauzeverzoek")
    for name in ("toegelaten", "beschikking_on", "beschikking_voor", "eerste_gesprek_on"):
        op.drop_column("pauzeverzoek", name)
