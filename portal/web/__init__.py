"""HTTP in, one action or query, HTTP out. A blueprint per audience."""
