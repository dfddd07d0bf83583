"""What changed after an approval is found at once: a schuldeiser may have come that knows nothing yet. So is a threat
that nobody talked about.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

RUNS = (
    "beschikking_on IS NULL AND status IN "
    "('aanvulling_gevraagd', 'afgelopen', 'goedgekeurd', 'in_behandeling', 'ingediend', 'niet_goedgekeurd')"
)
INDEXES = {
    "ix_pauzeverzoek_na_besluit": (
        ["organisatie_id", "eind_on", "id"],
        "status = 'goedgekeurd' AND changed_at > decided_at",
    ),
    "ix_pauzeverzoek_dreigend_gesprek": (
        ["organisatie_id"],
        f"dreigend AND eerste_gesprek_on IS NULL AND {RUNS}",
    ),
}
"""Name → what it orders by, and the rows that it holds."""


def upgrade() -> None:
    for name, (columns, rows) in INDEXES.items():
        op.create_index(name, "pauzeverzoek", columns, postgresql_where=sa.text(rows))


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="pauzeverzoek")
