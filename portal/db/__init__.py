"""PostgreSQL: engine and sessions under row-level security, sealed values, jobs, counters."""
