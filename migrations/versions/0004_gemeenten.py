"""The 342 gemeenten of 2026 with their CBS codes, and the one announced change of 2027."""

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import insert

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

GEMEENTEN = Path(__file__).resolve().parents[1] / "data" / "gemeenten.csv"

gemeente = sa.table(
    "gemeente",
    sa.column("code", sa.String),
    sa.column("naam", sa.Text),
    sa.column("geldig_vanaf", sa.Date),
    sa.column("geldig_tot", sa.Date),
    sa.column("opvolger", sa.String),
)


def upgrade() -> None:
    with GEMEENTEN.open(encoding="utf8", newline="") as lines:
        rows = [
            {
                "code": row["code"],
                "naam": row["naam"],
                "geldig_vanaf": _day(row["geldig_vanaf"]),
                "geldig_tot": _day(row["geldig_tot"]),
                "opvolger": row["opvolger"] or None,
            }
            for row in csv.DictReader(lines)
        ]
    # A successor must exist before it is named, and FORCE ROW LEVEL SECURITY holds for an owner that is no superuser.
    op.execute("ALTER TABLE gemeente NO FORCE ROW LEVEL SECURITY")
    statement = insert(gemeente).on_conflict_do_nothing(index_elements=["code"])
    op.get_bind().execute(statement, sorted(rows, key=lambda row: row["opvolger"] is not None))
    op.execute("ALTER TABLE gemeente FORCE ROW LEVEL SECURITY")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def downgrade() -> None:
    """Nothing: a gemeente that a request names must stay, and the next upgrade finds what is there."""
