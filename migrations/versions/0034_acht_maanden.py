"""Nothing passes eight months from its start, whoever writes it: the database refuses."""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("kennisgeving", "pauzeverzoek"):
        op.create_check_constraint(op.f(f"ck_{table}_acht_maanden"), table, "eind_on <= start_on + interval '8 months'")


def downgrade() -> None:
    for table in ("kennisgeving", "pauzeverzoek"):
        op.drop_constraint(op.f(f"ck_{table}_acht_maanden"), table, type_="check")
