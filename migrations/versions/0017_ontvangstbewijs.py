"""The receipt of an answer: a message to the schuldeiser, which the hulpvrager does not see."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

HULPVRAGER = "current_setting('portal.actor', true) = 'hulpvrager'"
SCHULDEISER = "current_setting('portal.actor', true) = 'schuldeiser'"
OF_VISIBLE_VERZOEK = "EXISTS (SELECT 1 FROM pauzeverzoek v WHERE v.id = verzoek_id)"
NOT_FOR_ME = f"({HULPVRAGER} AND bevestigt_id IS NOT NULL)"
OF_OWN_KENNISGEVING = """EXISTS (
        SELECT 1 FROM kennisgeving k WHERE k.id = bevestigt_id AND k.verzoek_id = bericht.verzoek_id)"""
RECEIPT = sa.text("bevestigt_id IS NOT NULL")

SOORTEN = (
    "toegangslink", "ontvangen", "aanvulling_gevraagd", "goedgekeurd", "niet_goedgekeurd", "ingetrokken", "beeindigd",
    "afgelopen",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("bericht", sa.Column("bevestigt_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_bericht_bevestigt_id"), "bericht", "kennisgeving", ["bevestigt_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index("ix_bericht_bevestigt_id", "bericht", ["bevestigt_id"], postgresql_where=RECEIPT)
    _allow(*SOORTEN, "antwoord_ontvangen")
    op.create_check_constraint(
        op.f("ck_bericht_bevestigt"), "bericht", "(soort = 'antwoord_ontvangen') = (bevestigt_id IS NOT NULL)"
    )
    _rows(f"{OF_VISIBLE_VERZOEK} AND NOT {NOT_FOR_ME}")
    # Who answers causes the receipt, and sees no pauzeverzoek.
    op.execute(f"""
        CREATE POLICY bericht_by_me ON bericht FOR INSERT TO portal_app
        WITH CHECK ({SCHULDEISER} AND {OF_OWN_KENNISGEVING})
    """)


def _rows(rule: str) -> None:
    for action in ("USING", "WITH CHECK"):
        op.execute(f"ALTER POLICY bericht_rows ON bericht {action} ({rule})")


def _allow(*soorten: str) -> None:
    listed = ", ".join(f"'{soort}'" for soort in soorten)
    op.execute("ALTER TABLE bericht DROP CONSTRAINT ck_bericht_berichtsoort")
    op.execute(f"ALTER TABLE bericht ADD CONSTRAINT ck_bericht_berichtsoort CHECK (soort IN ({listed}))")


def downgrade() -> None:
    """The receipts are lost; that they were sent stays in the trail."""
    op.execute("DROP POLICY bericht_by_me ON bericht")
    _rows(OF_VISIBLE_VERZOEK)
    op.execute("DELETE FROM bericht WHERE bevestigt_id IS NOT NULL")
    op.drop_constraint(op.f("ck_bericht_bevestigt"), "bericht")
    _allow(*SOORTEN)
    op.drop_index("ix_bericht_bevestigt_id", table_name="bericht", postgresql_where=RECEIPT)
    op.drop_column("bericht", "bevestigt_id")
