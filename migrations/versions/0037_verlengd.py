"""The hulpvrager is told that schuldeisers are asked for a longer pause."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

SOORTEN = (
    "toegangslink", "ontvangen", "aanvulling_gevraagd", "goedgekeurd", "niet_goedgekeurd", "ingetrokken", "beeindigd",
    "bijna_afgelopen", "afgelopen", "antwoord_ontvangen",
)  # fmt: skip


def upgrade() -> None:
    _allow(*SOORTEN, "verlengd")


def downgrade() -> None:
    """Messages of the new kind stay, and only new ones are refused."""
    _allow(*SOORTEN)


def _allow(*soorten: str) -> None:
    listed = ", ".join(f"'{soort}'" for soort in soorten)
    op.execute("ALTER TABLE bericht DROP CONSTRAINT ck_bericht_berichtsoort")
    op.execute(f"ALTER TABLE bericht ADD CONSTRAINT ck_bericht_berichtsoort CHECK (soort IN ({listed})) NOT VALID")
    op.execute("""
        DO $$ BEGIN ALTER TABLE bericht VALIDATE CONSTRAINT ck_bericht_berichtsoort;
        EXCEPTION WHEN check_violation THEN NULL; END $$
    """)
