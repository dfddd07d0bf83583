"""How values look in the API."""

from datetime import UTC, datetime


def moment(at: datetime) -> str:
    """2027-02-01T09:00:00Z."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
