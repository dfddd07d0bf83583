"""The logo of an organisatie."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

WHOLE = "num_nonnulls(logo_png, logo_sha256, logo_breedte, logo_hoogte) IN (0, 4) AND octet_length(logo_png) <= 40960"


def upgrade() -> None:
    for name, kind in (
        ("logo_png", sa.LargeBinary()),
        ("logo_sha256", sa.Text()),
        ("logo_breedte", sa.BigInteger()),
        ("logo_hoogte", sa.BigInteger()),
    ):
        op.add_column("organisatie", sa.Column(name, kind, nullable=True))
    op.create_check_constraint(op.f("ck_organisatie_logo"), "organisatie", WHOLE)


def downgrade() -> None:
    """The logos are lost; that they were chosen stays in the trail."""
    op.drop_constraint(op.f("ck_organisatie_logo"), "organisatie")
    for name in ("logo_png", "logo_sha256", "logo_breedte", "logo_hoogte"):
        op.drop_column("organisatie", name)
