"""What a beheerder sets for the own organisatie: contact data, lines on the letters, bewaartermijnen."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

SYSTEEM = "current_setting('portal.actor', true) = 'systeem'"
OWN = """(current_setting('portal.actor', true) = 'medewerker'
        AND id = nullif(current_setting('portal.organisatie', true), '')::uuid)"""

TERMIJNEN = ("bewaar_ingetrokken_days", "bewaar_niet_goedgekeurd_days", "bewaar_goedgekeurd_days")


def upgrade() -> None:
    for name in ("briefhoofd", "ondertekening"):
        op.add_column("organisatie", sa.Column(name, sa.Text(), nullable=True))
    for name in TERMIJNEN:
        op.add_column("organisatie", sa.Column(name, sa.BigInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_organisatie_bewaartermijnen"), "organisatie", f"least({', '.join(TERMIJNEN)}) > 0"
    )
    _may_change(f"{SYSTEEM} OR {OWN}")


def downgrade() -> None:
    """What was set is lost; that it was set stays in the trail."""
    _may_change(SYSTEEM)
    op.drop_constraint(op.f("ck_organisatie_bewaartermijnen"), "organisatie")
    for name in (*TERMIJNEN, "ondertekening", "briefhoofd"):
        op.drop_column("organisatie", name)


def _may_change(rule: str) -> None:
    op.execute(f"ALTER POLICY organisatie_changed ON organisatie USING ({rule}) WITH CHECK ({rule})")
