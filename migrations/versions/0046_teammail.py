"""The daily mail to the mailbox of a team."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
MEDEWERKER = "current_setting('portal.actor', true) = 'medewerker'"
ORGANISATIE = "nullif(current_setting('portal.organisatie', true), '')::uuid"
OWN = f"{SYSTEEM} OR ({MEDEWERKER} AND organisatie_id = {ORGANISATIE})"

STATUS = sa.Enum(
    "klaar", "aangeboden", "niet_bezorgd", "vervallen",
    name="verzendstatus", native_enum=False, create_constraint=True, length=40,
)  # fmt: skip


def upgrade() -> None:
    op.add_column("organisatie", sa.Column("teammail", sa.Text(), nullable=True))
    op.create_table(
        "teammail",
        sa.Column("organisatie_id", sa.Uuid(), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("zaken", sa.BigInteger(), nullable=False),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("aan_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("onderwerp_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("tekst_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("html_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sjabloon", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("envelope_token", sa.Text(), nullable=False),
        sa.Column("afzender_naam", sa.Text(), nullable=False),
        sa.Column("antwoord_aan", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_teammail_organisatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teammail")),
        sa.UniqueConstraint("envelope_token", name=op.f("uq_teammail_envelope_token")),
        sa.UniqueConstraint("message_id", name=op.f("uq_teammail_message_id")),
        sa.UniqueConstraint("organisatie_id", "dag", name=op.f("uq_teammail_organisatie_id_dag")),
    )
    op.execute("ALTER TABLE teammail ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE teammail FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON teammail TO portal_app")
    op.execute(f"CREATE POLICY teammail_rows ON teammail TO portal_app USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    """The mails are lost, and who got one chooses again; that they left stays in the trail."""
    op.drop_table("teammail")
    op.drop_column("organisatie", "teammail")
