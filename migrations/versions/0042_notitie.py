"""Notes for colleagues, and the registers that were consulted."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
OF_STAFF = f"({SYSTEEM} OR {MEDEWERKER}) AND EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id)"
"""Whoever of the staff sees the case; the hulpvrager does not."""


def upgrade() -> None:
    _create(
        "notitie",
        "written",
        sa.Column("tekst_sealed", sa.LargeBinary(), nullable=False),
    )
    _create(
        "registercontrole",
        "checked",
        sa.Column("register", _values("register", "vish", "brp"), nullable=False),
        sa.Column("uitkomst", _values("registeruitkomst", "in_orde", "bijzonderheden"), nullable=False),
        sa.Column("toelichting_sealed", sa.LargeBinary(), nullable=True),
    )


def _create(table: str, verb: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("verzoek_id", sa.Uuid(), nullable=False),
        sa.Column(f"{verb}_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(f"{verb}_by", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verzoek_id"], ["pauzeverzoek.id"], name=op.f(f"fk_{table}_verzoek_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint([f"{verb}_by"], ["medewerker.id"], name=op.f(f"fk_{table}_{verb}_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_verzoek_id"), table, ["verzoek_id"])
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO portal_app")
    op.execute(f"CREATE POLICY {table}_rows ON {table} TO portal_app USING ({OF_STAFF}) WITH CHECK ({OF_STAFF})")


def _values(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    """The notes are lost; that they were written stays in the trail."""
    op.drop_table("registercontrole")
    op.drop_table("notitie")
