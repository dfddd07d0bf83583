"""The kop of each day, and how each chain stood on the days on which it grew. Both append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
SOMEBODY = "coalesce(current_setting('portal.actor', true), '') <> ''"
OF_VISIBLE_CHAIN = """EXISTS (
        SELECT 1 FROM audit a WHERE a.keten = ketenstand.keten AND a.volgnummer = ketenstand.volgnummer)"""

SEEN = {"dagkop": SOMEBODY, "ketenstand": f"{SYSTEEM} OR {OF_VISIBLE_CHAIN}"}
"""Table → who sees a row. The portal itself adds rows; nobody changes one."""


def upgrade() -> None:
    op.create_table(
        "dagkop",
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("bladen", sa.BigInteger(), nullable=False),
        sa.Column("wortel", sa.Text(), nullable=False),
        sa.Column("vorige_kop", sa.Text(), nullable=False),
        sa.Column("kop", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("dag", name=op.f("pk_dagkop")),
    )
    op.create_table(
        "ketenstand",
        sa.Column("keten", sa.Uuid(), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("pad", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["dag"], ["dagkop.dag"], name=op.f("fk_ketenstand_dag")),
        sa.PrimaryKeyConstraint("keten", "dag", name=op.f("pk_ketenstand")),
    )
    op.create_index("ix_ketenstand_dag", "ketenstand", ["dag"])
    op.create_index("ix_audit_at", "audit", ["at"], postgresql_using="brin")
    for table, seen in SEEN.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"GRANT SELECT, INSERT ON {table} TO portal_app")
        op.execute(f"CREATE POLICY {table}_seen ON {table} FOR SELECT TO portal_app USING ({seen})")
        op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT TO portal_app WITH CHECK ({SYSTEEM})")
        op.execute(f"""
            CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """)


def downgrade() -> None:
    op.drop_index("ix_audit_at", table_name="audit")
    op.drop_table("ketenstand")
    op.drop_table("dagkop")
