"""The command that makes the DDAS file."""

import os
from datetime import datetime
from pathlib import Path

import click

from portal.terminal import acting

DAY = click.DateTime(["%Y-%m-%d"])
OWNER_ONLY = 0o600
"""Rights of the file: it holds personal data."""


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--vanaf", type=DAY, required=True, help="First day, as 2027-01-01.")
@click.option("--tot-en-met", type=DAY, required=True, help="Last day.")
@click.option("--leverancier", required=True, help="The code that the receiver gave to who runs the portal.")
@click.option("--organisatie", help="Only this one; otherwise all of them, each as a levering.")
def ddas(file: Path, vanaf: datetime, tot_en_met: datetime, leverancier: str, organisatie: str | None) -> None:
    """Write the aanmeldingen of a period to a new FILE, in the form of DDAS 1.0."""
    from portal.actions.ddas import export_ddas

    if tot_en_met < vanaf:
        raise click.UsageError("The period ends before it begins.")
    if file.exists():
        raise click.UsageError(f"{file} exists already.")
    with acting() as session:
        made = export_ddas(
            session, vanaf=vanaf.date(), tot_en_met=tot_en_met.date(), leverancier=leverancier, naam=organisatie
        )
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as written:
        written.write(made)
    click.echo(f"{file} is there. It holds personal data: send it over a safe way and delete it.")
