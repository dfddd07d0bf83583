"""The directory of the demonstration world, from data/schuldeisers.csv.

Well-known names stand there as creditors; addresses and durations are demonstration data, because the real contact list
is not public. Convenants are marked only where they are publicly known, or at invented parties.
"""

from datetime import date
from pathlib import Path

from portal.actions.directory_file import read_regels
from portal.actions.work import Work
from portal.clock import dutch_date
from portal.models import Schuldeiser

SCHULDEISERS = Path(__file__).resolve().parents[1] / "data" / "schuldeisers.csv"

HERKOMST = "Demonstratiegegevens"
"""Who vouches for the addresses; also the note at every entry."""


def add_schuldeisers(work: Work) -> None:
    """Every line of the file, as a landelijke entry."""
    for entry in read_schuldeisers(dutch_date(work.now)):
        work.add(entry)


def read_schuldeisers(today: date) -> list[Schuldeiser]:
    """The entries of the file, with their addresses vouched for today."""
    with SCHULDEISERS.open(encoding="utf-8", newline="") as lines:
        entries = [regel.new_entry(by=HERKOMST, on=today) for regel in read_regels(lines)]
    for entry in entries:
        entry.notitie = HERKOMST
    return entries
