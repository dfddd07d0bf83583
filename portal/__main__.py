"""`python -m portal` is the same as the command `portal`, and needs no installation of the package itself."""

from portal.cli import main

main()
