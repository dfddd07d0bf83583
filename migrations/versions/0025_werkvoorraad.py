"""The queue is as fast with many requests as with few: an index for each order of each lane. Answers wait in a lane."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

FILED = "status <> 'concept'"
OF_CASES = {
    "ix_pauzeverzoek_werkvoorraad": (
        ["organisatie_id", "status", "(NOT dreigend)", "eerste_gesprek_voor", "id"],
        FILED,
    ),
    "ix_pauzeverzoek_meldingsdatum": (["organisatie_id", "status", "meldingsdatum", "id"], FILED),
    "ix_pauzeverzoek_einde": (["organisatie_id", "eind_on", "id"], "status = 'goedgekeurd'"),
    "ix_pauzeverzoek_gesloten": (
        ["organisatie_id", "changed_at", "id"],
        "status IN ('niet_goedgekeurd', 'ingetrokken', 'beeindigd', 'afgelopen')",
    ),
    "ix_pauzeverzoek_dreigend": (
        ["organisatie_id"],
        "dreigend AND status IN ('ingediend', 'in_behandeling', 'aanvulling_gevraagd')",
    ),
    "ix_pauzeverzoek_aangevuld": (["organisatie_id"], "aangevuld_at IS NOT NULL"),
    "ix_pauzeverzoek_behandelaar": (["behandelaar_id", "status"], None),
    "ix_pauzeverzoek_gemeente": (["gemeente_code", "status"], None),
}
"""Name → what it orders by, and the rows that it holds."""

OF_WORK = {
    "ix_kennisgeving_werk": (["organisatie_id", "kanaal", "status"], "status <> 'aangeboden'"),
    "ix_kennisgeving_antwoord": (["organisatie_id"], "antwoord_unread"),
}
"""The same; with the case and the party as well, which the policies ask for, the rows themselves need not be read."""

READ_TOO = ["verzoek_id", "schuldeiser_id"]


def upgrade() -> None:
    op.add_column("pauzeverzoek", sa.Column("aangevuld_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_pauzeverzoek_werkvoorraad", table_name="pauzeverzoek")
    op.drop_index("ix_pauzeverzoek_behandelaar_id", table_name="pauzeverzoek")
    for name, (columns, rows) in OF_CASES.items():
        _index("pauzeverzoek", name, columns, rows)
    for name, (columns, rows) in OF_WORK.items():
        op.drop_index(name, table_name="kennisgeving")
        _index("kennisgeving", name, columns + READ_TOO, rows)


def downgrade() -> None:
    for name, (columns, rows) in OF_WORK.items():
        op.drop_index(name, table_name="kennisgeving")
        _index("kennisgeving", name, columns, rows)
    for name in OF_CASES:
        op.drop_index(name, table_name="pauzeverzoek")
    before = ["organisatie_id", "status", "dreigend DESC", "eerste_gesprek_voor", "id"]
    _index("pauzeverzoek", "ix_pauzeverzoek_werkvoorraad", before, FILED)
    _index("pauzeverzoek", "ix_pauzeverzoek_behandelaar_id", ["behandelaar_id"], None)
    op.drop_column("pauzeverzoek", "aangevuld_at")


def _index(table: str, name: str, columns: list[str], rows: str | None) -> None:
    ordered = [sa.text(column) for column in columns]
    op.create_index(name, table, ordered, postgresql_where=sa.text(rows) if rows else None)
