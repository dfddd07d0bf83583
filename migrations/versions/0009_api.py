"""The API for large schuldeisers: its clients and their tokens, and a Kennisgeving that is fetched and acknowledged."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
TABLES = ("api_client", "api_token")


def upgrade() -> None:
    _allow_kanaal("email", "brief", "api")
    op.add_column("kennisgeving", sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_kennisgeving_schuldeiser_id", table_name="kennisgeving")
    op.create_index("ix_kennisgeving_schuldeiser_id", "kennisgeving", ["schuldeiser_id", "issued_at", "id"])
    op.create_index(
        "ix_kennisgeving_op_te_halen",
        "kennisgeving",
        ["schuldeiser_id", "issued_at", "id"],
        postgresql_where=sa.text("acknowledged_at IS NULL"),
    )
    _create_api_client()
    _create_api_token()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO portal_app")
        op.execute(f"CREATE POLICY {table}_rows ON {table} TO portal_app USING ({SYSTEEM}) WITH CHECK ({SYSTEEM})")


def _create_api_client() -> None:
    op.create_table(
        "api_client",
        sa.Column("schuldeiser_id", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("geheim_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schuldeiser_id"], ["schuldeiser.id"], name=op.f("fk_api_client_schuldeiser_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_client")),
    )
    op.create_index(op.f("ix_api_client_schuldeiser_id"), "api_client", ["schuldeiser_id"], unique=False)


def _create_api_token() -> None:
    op.create_table(
        "api_token",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name=op.f("fk_api_token_client_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_api_token_token_sha256")),
    )
    op.create_index(op.f("ix_api_token_client_id"), "api_token", ["client_id"], unique=False)
    op.create_index("ix_api_token_expires_at", "api_token", ["expires_at"], unique=False)


def _allow_kanaal(*values: str) -> None:
    listed = ", ".join(f"'{value}'" for value in values)
    for table in ("kennisgeving", "schuldeiser"):
        op.drop_constraint(op.f(f"ck_{table}_kanaal"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_kanaal"), table, f"kanaal IN ({listed})")


def downgrade() -> None:
    """Clients have to be made again. What waited to be fetched waits as a letter: nothing silently vanishes."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_kennisgeving_op_te_halen", table_name="kennisgeving")
    op.drop_index("ix_kennisgeving_schuldeiser_id", table_name="kennisgeving")
    op.create_index("ix_kennisgeving_schuldeiser_id", "kennisgeving", ["schuldeiser_id"])
    op.drop_column("kennisgeving", "acknowledged_at")
    op.execute("UPDATE kennisgeving SET kanaal = 'brief' WHERE kanaal = 'api'")
    _allow_kanaal("email", "brief")
