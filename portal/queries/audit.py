"""Show that the audit trail is what it was: entry by entry, under the kop of each day, and in the messages it issued.

Entries missing from the end of a chain leave no trace in the chain; the kop of a later day names them. Who rewrites the
koppen too is found by whoever kept a published one: `published`.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.engine import Database
from portal.domain.keten import GENESIS
from portal.domain.roles import Actor
from portal.models.audit import AuditEntry
from portal.queries import dagkoppen, rijcontrole

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: the number of entries and chains, and the first thing that is broken, if any."""

    entries: int
    chains: int
    broken: str | None

    @property
    def ok(self) -> bool:
        return self.broken is None


def verify(database: Database, published: str | None = None) -> Verification:
    """Walk every chain, every day and every message; stop at the first thing that is not as it was.

    `published` is the text of a list of koppen that somebody kept.
    """
    with database.session(Actor.systeem()) as session:
        # Everything as of one instant: what happens meanwhile must not look like a fault.
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        walked = _walk(session)
        if not walked.ok:
            return walked
        found = dagkoppen.fault(session) or rijcontrole.fault(session)
        if found is None and published is not None:
            found = dagkoppen.unknown(session, published)
        return replace(walked, broken=found)


def _walk(session: Session) -> Verification:
    """Every chain in order, to the first entry that does not follow from the one before."""
    entries = chains = 0
    keten: UUID | None = None
    expected, number = GENESIS, 0
    in_order = select(AuditEntry).order_by(AuditEntry.keten, AuditEntry.volgnummer).execution_options(yield_per=BATCH)
    with session.scalars(in_order) as rows:
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
