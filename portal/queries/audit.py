"""Walk the audit trail and show that no entry was changed, added between others, or taken out from between them.

Entries missing from the end of a chain leave no trace in it: against that stand the append-only trigger and the rights
of the application's role.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.db.engine import Database
from portal.domain.roles import Actor
from portal.models.audit import GENESIS, AuditEntry

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk found: the number of entries and chains, and the first broken entry, if any."""

    entries: int
    chains: int
    broken: str | None

    @property
    def ok(self) -> bool:
        return self.broken is None


def verify(database: Database) -> Verification:
    """Walk every chain in order; stop at the first entry that does not follow from the one before."""
    entries = chains = 0
    keten: UUID | None = None
    expected, number = GENESIS, 0
    in_order = select(AuditEntry).order_by(AuditEntry.keten, AuditEntry.volgnummer).execution_options(yield_per=BATCH)
    with database.session(Actor.systeem()) as session, session.scalars(in_order) as rows:
        for entry in rows:
            if entry.keten != keten:
                keten, expected, number, chains = entry.keten, GENESIS, 0, chains + 1
            number += 1
            if (fault := _fault(entry, number, expected)) is not None:
                return Verification(entries, chains, f"entry {number} of {entry.keten} ({entry.gebeurtenis}): {fault}")
            entries, expected = entries + 1, entry.hash
    return Verification(entries, chains, None)


def _fault(entry: AuditEntry, number: int, expected: str) -> str | None:
    if entry.volgnummer != number:
        return f"entry {number} is missing"
    if entry.vorige_hash != expected:
        return "it is not chained to the entry before it"
    if entry.hash != entry.computed_hash():
        return "its content was changed"
    return None
