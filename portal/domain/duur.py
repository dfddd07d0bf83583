"""How long a pause lasts. Duration belongs to the pair (dossier, schuldeiser)."""

from datetime import date

from dateutil.relativedelta import relativedelta

from portal.domain.errors import DuurOngeldig

DEFAULT_MAANDEN = 4
"""Months, where the directory says nothing. Source: NVVK, four months on average."""

MAX_MAANDEN = 8
"""Months from the start that nothing passes. Source: Landelijke Pauzeknop, never more than eight."""


def eind_on(start_on: date, maanden: int, *, max_maanden: int = MAX_MAANDEN) -> date:
    """The last day of the pause ('tot en met'). A day that the last month lacks becomes that month's last day.

    Raises DuurOngeldig outside 1..min(max_maanden, 8).
    """
    if not 1 <= maanden <= min(max_maanden, MAX_MAANDEN):
        raise DuurOngeldig(f"{maanden} months, at most {min(max_maanden, MAX_MAANDEN)}")
    return start_on + relativedelta(months=maanden)
