"""The clocks of the Wgs run on after the decision about the pause: one index for both, and warnings of the second."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

FILED = "status <> 'concept'"
UNDECIDED = "decided_at IS NULL"
RUNS = (
    "beschikking_on IS NULL AND status IN "
    "('aanvulling_gevraagd', 'afgelopen', 'goedgekeurd', 'in_behandeling', 'ingediend', 'niet_goedgekeurd')"
)
VOOR = "coalesce(beschikking_voor, eerste_gesprek_voor)"


def upgrade() -> None:
    _allow("eerste_gesprek", "beschikking", "einde_pauze")
    op.drop_index("ix_pauzeverzoek_gesprek", table_name="pauzeverzoek")
    op.drop_index("ix_pauzeverzoek_werkvoorraad", table_name="pauzeverzoek")
    _index("ix_pauzeverzoek_werkvoorraad", ["organisatie_id", "status", "(NOT dreigend)", VOOR, "id"], FILED)
    _index("ix_pauzeverzoek_klok", ["organisatie_id", "(NOT dreigend)", VOOR, "id"], RUNS)
    _index("ix_pauzeverzoek_termijn", [VOOR], RUNS)


def _allow(*klokken: str) -> None:
    """What a warning can be about."""
    listed = ", ".join(f"'{klok}'" for klok in klokken)
    op.execute("ALTER TABLE signaal DROP CONSTRAINT ck_signaal_klok")
    op.execute(f"ALTER TABLE signaal ADD CONSTRAINT ck_signaal_klok CHECK (klok IN ({listed}))")


def _index(name: str, columns: list[str], rows: str) -> None:
    ordered = [sa.text(column) for column in columns]
    op.create_index(name, "pauzeverzoek", ordered, postgresql_where=sa.text(rows))


def downgrade() -> None:
    """The warnings of a beschikking are lost; that they were given stays in the trail."""
    op.drop_index("ix_pauzeverzoek_termijn", table_name="pauzeverzoek")
    op.drop_index("ix_pauzeverzoek_klok", table_name="pauzeverzoek")
    op.drop_index("ix_pauzeverzoek_werkvoorraad", table_name="pauzeverzoek")
    _index(
        "ix_pauzeverzoek_werkvoorraad",
        ["organisatie_id", "status", "(NOT dreigend)", "eerste_gesprek_voor", "id"],
        FILED,
    )
    _index("ix_pauzeverzoek_gesprek", ["eerste_gesprek_voor"], UNDECIDED)
    op.execute("ALTER TABLE signaal NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM signaal WHERE klok = 'beschikking'")
    op.execute("ALTER TABLE signaal FORCE ROW LEVEL SECURITY")
    _allow("eerste_gesprek", "einde_pauze")
