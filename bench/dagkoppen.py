"""What closing a day costs, beside a database that grows: entries of many dossiers, then one peak day, closed.

    .venv/bin/python bench/dagkoppen.py [dossiers before] [dossiers on the peak day]

A PostgreSQL of its own in a temporary folder; it prints the seconds for the peak day with few and with many dossiers
before it. The two should be about the same: the cost of a day must not grow with what there is.
"""

import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from portal import clock
from portal.actions.dagkoppen import close_days
from portal.db.embedded import EmbeddedPostgres
from portal.db.engine import Adressen, Database
from portal.db.migrate import migrate

FIRST = date(2027, 1, 4)
ENTRIES = 12
"""Entries of a dossier, those of one day."""

APART = timedelta(days=3)
"""A day looks at the entries of the day before it as well: what may have come late."""

ADRESSEN = Adressen(base_url="https://pauzeknop.example", mail_from="a@b.example", envelope_domain="b.example")

FILL = text("""
    INSERT INTO audit (keten, volgnummer, at, gebeurtenis, actor_kind, feiten, vorige_hash, hash)
    SELECT keten, number, :at + number * interval '1 second', 'AntwoordSaved', 'systeem', '{"stap": "naam"}',
           repeat('0', 64), encode(sha256(keten::text::bytea || number::text::bytea), 'hex')
    FROM (SELECT gen_random_uuid() AS keten FROM generate_series(1, :dossiers)) chains,
         generate_series(1, :entries) number
""")


def main(before: int, peak: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder) / "data")
        server.start()
        try:
            migrate(server.owner_url, server.app_url)
            measure(server, before, peak)
        finally:
            server.stop()


def measure(server: EmbeddedPostgres, before: int, peak: int) -> None:
    database = Database(server.app_url, ADRESSEN)
    owner = create_engine(server.owner_url)
    day = FIRST
    for label, dossiers in (("few", 1000), ("many", before)):
        fill(owner, day, dossiers)
        took = close(database, day)
        print(f"{dossiers:>9,} dossiers closed in {took:6.2f} s")
        day += APART
        fill(owner, day, peak)
        took = close(database, day)
        each = took / peak * 1e6
        print(f"{peak:>9,} dossiers on a peak day, {label} before it: {took:6.2f} s, {each:5.0f} µs a dossier")
        day += APART
    owner.dispose()
    database.dispose()


def fill(owner: Engine, day: date, dossiers: int) -> None:
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)
    with owner.begin() as connection:
        connection.execute(FILL, {"at": at, "dossiers": dossiers, "entries": ENTRIES})
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE audit"))


def close(database: Database, day: date) -> float:
    begin = time.perf_counter()
    with clock.at(clock.day_end(day) + timedelta(hours=1)):
        closed = close_days(database)
    if not closed:
        raise SystemExit("no day was closed")
    return time.perf_counter() - begin


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["120000", "10000"][len(sys.argv) - 1 :])))
