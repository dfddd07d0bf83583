"""The language in which a hulpvrager is written to; nothing is Dutch."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

TAAL = sa.Enum("nl", "en", "ar", "tr", "pl", "uk", name="taal", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.add_column("pauzeverzoek", sa.Column("taal", TAAL, nullable=True))


def downgrade() -> None:
    """The choices are lost: everybody is written to in Dutch."""
    op.drop_column("pauzeverzoek", "taal")
