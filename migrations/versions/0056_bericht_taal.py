"""The language of a message to the hulpvrager, and what it says in Dutch; nothing is Dutch."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

TAAL = sa.Enum("nl", "en", "ar", "tr", "pl", "uk", name="taal", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.add_column("bericht", sa.Column("taal", TAAL, nullable=True))
    op.add_column("bericht", sa.Column("tekst_nl_sealed", sa.LargeBinary(), nullable=True))
    op.create_check_constraint(op.f("ck_bericht_vertaald"), "bericht", "(taal IS NULL) = (tekst_nl_sealed IS NULL)")


def downgrade() -> None:
    """Messages stay as they were sent; what they say in Dutch is lost."""
    op.drop_constraint(op.f("ck_bericht_vertaald"), "bericht")
    op.drop_column("bericht", "tekst_nl_sealed")
    op.drop_column("bericht", "taal")
